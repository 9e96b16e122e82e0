package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Pending ranges by what they cover; how they are cut is left open. */
class PendingRangesTest {
    private static final int SEEDS = 200;
    private static final NodeId NEW = new NodeId("new");

    private static Endpoint endpoint(NodeId node, Location location, Status status, List<Token> tokens) {
        return new Endpoint(node, location, 1, 1, status, tokens, List.of(), "schema", 0);
    }

    private static Endpoint leaving(TokenRing ring, NodeId node) {
        return endpoint(node, ring.location(node), Status.LEAVING, ring.tokensOf(node));
    }

    private static Endpoint replacement(TokenRing ring, NodeId dead, Location location) {
        return endpoint(NEW, location, Status.BOOT, List.of()).replacing(1, dead, ring.tokensOf(dead));
    }

    private static List<NodeId> gaining(ReplicationStrategy strategy, TokenRing before, TokenRing after, Token token) {
        var gaining = new TreeSet<>(NaiveReplicas.of(strategy, after, token));
        gaining.removeAll(NaiveReplicas.of(strategy, before, token));
        return List.copyOf(gaining);
    }

    /** Tokens of every stretch the two rings cut the circle into. */
    private static List<Token> samples(TokenRing one, TokenRing other) {
        var cuts = new TreeSet<>(one.tokens());
        cuts.addAll(other.tokens());
        var samples = new ArrayList<>(cuts);
        var last = cuts.last();
        for (var cut : cuts) {
            samples.add(one.partitioner().midpoint(last, cut));
            last = cut;
        }
        return samples;
    }

    private static void assertGains(
            String what, RingView view, ReplicationStrategy strategy, TokenRing before, TokenRing after) {
        for (var token : samples(before, after)) {
            assertThat(view.pendingRanges(strategy).pending(token))
                    .as("%s, %s, token %s", what, strategy, token)
                    .isEqualTo(gaining(strategy, before, after, token));
        }
    }

    @Test
    void giveAJoiningNodeWhatWillBeItsOwn() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var joiner = new NodeId("joiner");
            var location = Rings.location(3, 4, random);
            var tokens = Rings.tokens(ring.partitioner(), 1 + random.nextInt(4), random);
            var view = RingView.of(ring).with(endpoint(joiner, location, Status.BOOT, tokens));
            var after = ring.with(joiner, location, tokens);
            for (var strategy : Rings.strategies(random)) {
                assertThat(view.pendingRanges(strategy).rangesOf(joiner))
                        .containsExactlyInAnyOrderElementsOf(strategy.rangesOf(after, joiner));
                for (var token : samples(ring, after)) {
                    var expected = NaiveReplicas.of(strategy, after, token).contains(joiner)
                            ? List.of(joiner)
                            : List.<NodeId>of();
                    assertThat(view.pendingRanges(strategy).pending(token))
                            .as("seed %s, %s, token %s", seed, strategy, token)
                            .isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void giveTheOthersWhatLeavingNodesWillNoLongerHold() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var view = RingView.of(ring);
            var after = ring;
            for (var node : Rings.shuffled(ring.nodes(), random)
                    .subList(0, (ring.nodes().size() + 2) / 3)) {
                view = view.with(leaving(ring, node));
                after = after.without(node);
            }
            if (after.nodes().isEmpty()) {
                continue;
            }
            for (var strategy : List.of(Rings.simple(random), Rings.topology(random))) {
                assertGains("seed " + seed, view, strategy, ring, after);
            }
        }
    }

    @Test
    void giveTheMoverAndTheOthersWhatAMoveBringsThem() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.ring(Rings.partitioner(random), 3 + random.nextInt(8), 1, 2, 3, random);
            var node = Rings.oneOf(ring.nodes(), random);
            var token = Rings.tokens(ring.partitioner(), 1, random);
            var location = ring.location(node);
            var view = RingView.of(ring)
                    .with(new Endpoint(node, location, 1, 1, Status.MOVING, ring.tokensOf(node), token, "schema", 0));
            for (var strategy : List.of(Rings.simple(random), Rings.topology(random))) {
                assertGains("seed " + seed, view, strategy, ring, ring.with(node, location, token));
            }
        }
    }

    @Test
    void lookAtEachJoiningNodeAsIfItWereTheOnlyOne() {
        for (long seed = 0; seed < 50; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var strategy = Rings.simple(random);
            var location = Rings.location(3, 4, random);
            var first = Rings.tokens(ring.partitioner(), 2, random);
            var second = Rings.tokens(ring.partitioner(), 2, random);
            var one = RingView.of(ring).with(endpoint(new NodeId("j1"), location, Status.BOOT, first));
            var both = one.with(endpoint(new NodeId("j2"), location, Status.BOOT, second));

            assertThat(both.pendingRanges(strategy).rangesOf(new NodeId("j1")))
                    .isEqualTo(one.pendingRanges(strategy).rangesOf(new NodeId("j1")));
        }
    }

    @Test
    void giveAReplacementAllThatTheReplacedHolds() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var dead = Rings.oneOf(ring.nodes(), random);
            var place = replacement(ring, dead, ring.location(dead));
            var view = RingView.of(ring).with(place);
            var done = view.with(place.with(2, Status.NORMAL, place.tokens(), List.of()));

            assertThat(view.ring()).isEqualTo(ring);
            assertThat(view.replacing()).containsEntry(NEW, dead);
            assertThat(done.ring().isMember(dead)).isFalse();
            assertThat(done.joining()).isEmpty();
            assertThat(done.replacing()).isEmpty();
            for (var strategy : Rings.strategies(random)) {
                var held = strategy.rangesOf(ring, dead);
                assertThat(view.pendingRanges(strategy).rangesOf(NEW))
                        .as("seed %s, %s", seed, strategy)
                        .containsExactlyInAnyOrderElementsOf(held);
                assertThat(strategy.rangesOf(done.ring(), NEW)).isEqualTo(held);
                assertThat(done.pendingRanges(strategy).asMap()).isEmpty();
                for (var token : samples(ring, ring)) {
                    var natural = NaiveReplicas.of(strategy, ring, token);
                    var renamed = natural.stream()
                            .map(node -> node.equals(dead) ? NEW : node)
                            .toList();
                    var pending = natural.contains(dead) ? List.of(NEW) : List.<NodeId>of();
                    assertThat(strategy.replicas(view.ring(), token)).isEqualTo(natural);
                    assertThat(view.pendingRanges(strategy).pending(token)).isEqualTo(pending);
                    assertThat(strategy.replicas(done.ring(), token)).containsExactlyInAnyOrderElementsOf(renamed);
                }
            }
        }
    }

    /** In another rack it may gain more, or less; never anybody else. */
    @Test
    void giveAReplacementElsewhereWhatWillBeItsOwn() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var dead = Rings.oneOf(ring.nodes(), random);
            var place = replacement(ring, dead, Rings.location(3, 4, random));
            var view = RingView.of(ring).with(place);
            var after = ring.without(dead).with(NEW, place.location(), place.tokens());
            for (var strategy : Rings.strategies(random)) {
                var pending = view.pendingRanges(strategy);
                assertThat(pending.rangesOf(NEW))
                        .as("seed %s, %s", seed, strategy)
                        .containsExactlyInAnyOrderElementsOf(strategy.rangesOf(after, NEW));
                assertThat(pending.asMap().values()).allMatch(List.of(NEW)::equals);
            }
        }
    }

    @Test
    void addUpWhileOneIsReplacedAnotherLeavesAndOthersJoin() {
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.ring(Rings.partitioner(random), 5 + random.nextInt(6), 3, 1, 3, random);
            var nodes = Rings.shuffled(ring.nodes(), random);
            var leaver = nodes.get(0);
            var place = replacement(ring, nodes.get(1), ring.location(nodes.get(1)));
            var changes = new ArrayList<>(List.of(leaving(ring, leaver), place));
            for (var joiner : List.of(new NodeId("j1"), new NodeId("j2"))) {
                var tokens = Rings.tokens(ring.partitioner(), 2, random);
                changes.add(endpoint(joiner, Rings.location(1, 3, random), Status.BOOT, tokens));
            }
            var view = RingView.of(ring).withAll(changes);
            var remaining = ring.without(leaver);
            for (var strategy : List.of(Rings.simple(random), Rings.topology(random))) {
                for (var token : ring.tokens()) {
                    var expected = new TreeSet<>(gaining(strategy, ring, remaining, token));
                    for (var joiner : changes.subList(1, changes.size())) {
                        var after = joiner.node().equals(NEW) ? remaining.without(nodes.get(1)) : remaining;
                        after = after.with(joiner.node(), joiner.location(), joiner.tokens());
                        if (NaiveReplicas.of(strategy, after, token).contains(joiner.node())) {
                            expected.add(joiner.node());
                        }
                    }
                    assertThat(view.pendingRanges(strategy).pending(token))
                            .as("seed %s, %s, token %s", seed, strategy, token)
                            .containsExactlyElementsOf(expected);
                }
            }
        }
    }

    /** The other one came later, or was heard of later; until one of them gives way both are written to. */
    @Test
    void surviveAMemberAtAJoinersToken() {
        var random = Rings.random(7);
        var ring = Rings.ring(Partitioner.MURMUR3, 4, 1, 1, 1, random);
        var token = Rings.tokens(Partitioner.MURMUR3, 1, random);
        var location = ring.location(ring.nodes().get(0));
        var view = RingView.of(ring)
                .with(endpoint(NEW, location, Status.BOOT, token))
                .with(endpoint(new NodeId("other"), location, Status.NORMAL, token));

        assertThat(view.writeTargets(new SimpleStrategy(1), token.get(0))).containsExactly(new NodeId("other"), NEW);
    }

    @Test
    void areNoneWhileNothingChanges() {
        var random = Rings.random(1);
        var pending = RingView.of(Rings.any(random)).pendingRanges(Rings.simple(random));

        assertThat(pending.asMap()).isEmpty();
        assertThat(pending.pending(new Token.LongToken(5))).isEmpty();
    }

    @Test
    void areFoundOncePerView() {
        var random = Rings.random(1);
        var view = RingView.of(Rings.any(random));

        assertThat(view.pendingRanges(new SimpleStrategy(2))).isSameAs(view.pendingRanges(new SimpleStrategy(2)));
    }
}
