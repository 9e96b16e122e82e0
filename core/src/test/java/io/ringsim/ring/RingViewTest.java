package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class RingViewTest {
    private static final Location HERE = new Location("dc1", "r1");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private static List<Token> tokens(long... values) {
        return Arrays.stream(values)
                .mapToObj(Token.LongToken::new)
                .map(Token.class::cast)
                .toList();
    }

    private static Endpoint endpoint(NodeId node, int generation, Status status, long... tokens) {
        return new Endpoint(node, HERE, generation, 1, status, tokens(tokens), List.of(), "schema", 0);
    }

    private static Endpoint moving(NodeId node, int generation, long from, long to) {
        return new Endpoint(node, HERE, generation, 1, Status.MOVING, tokens(from), tokens(to), "schema", 0);
    }

    private static Endpoint replacing(NodeId node, int generation, NodeId replaced, long... tokens) {
        return endpoint(node, generation, Status.BOOT).replacing(1, replaced, tokens(tokens));
    }

    private static RingView view(Endpoint... endpoints) {
        var view = RingView.empty(Partitioner.MURMUR3);
        for (var endpoint : endpoints) {
            view = view.with(endpoint);
        }
        return view;
    }

    @Test
    void followsANodeThroughItsLife() {
        var joining = view(endpoint(N1, 1, Status.NORMAL, 10), endpoint(N2, 1, Status.BOOT, 20));
        assertThat(joining.joining()).containsEntry(N2, tokens(20));
        assertThat(joining.ring().nodes()).containsExactly(N1);
        assertThat(joining.knows(N2)).isTrue();
        assertThat(joining.location(N2)).isEqualTo(HERE);

        var normal = joining.with(endpoint(N2, 1, Status.NORMAL, 20));
        assertThat(normal.joining()).isEmpty();
        assertThat(normal.ring().nodes()).containsExactly(N1, N2);

        var moving = normal.with(moving(N2, 1, 20, 30));
        assertThat(moving.moving()).containsEntry(N2, tokens(30).get(0));
        assertThat(moving.ring().tokensOf(N2)).isEqualTo(tokens(20));

        var moved = moving.with(endpoint(N2, 1, Status.NORMAL, 30));
        assertThat(moved.moving()).isEmpty();
        assertThat(moved.ring().tokensOf(N2)).isEqualTo(tokens(30));

        var leaving = moved.with(endpoint(N2, 1, Status.LEAVING, 30));
        assertThat(leaving.leaving()).containsExactly(N2);
        assertThat(leaving.ring().isMember(N2)).isTrue();

        var left = leaving.with(endpoint(N2, 1, Status.LEFT, 30));
        assertThat(left).isEqualTo(view(endpoint(N1, 1, Status.NORMAL, 10)));
        assertThat(left.knows(N2)).isFalse();
    }

    @Test
    void acceptsStatesThatWereSkipped() {
        var one = view(endpoint(N1, 1, Status.NORMAL, 10));

        assertThat(one.with(endpoint(N2, 1, Status.LEAVING, 20)).leaving()).containsExactly(N2);
        assertThat(one.with(endpoint(N2, 1, Status.LEAVING, 20)).ring().isMember(N2))
                .isTrue();
        assertThat(one.with(moving(N2, 1, 20, 30)).ring().tokensOf(N2)).isEqualTo(tokens(20));
        assertThat(one.with(endpoint(N2, 1, Status.LEFT, 20))).isSameAs(one);
        assertThat(one.with(endpoint(N2, 1, Status.SHUTDOWN, 20)).ring().isMember(N2))
                .isTrue();
        var again = one.with(endpoint(N1, 2, Status.BOOT, 40));
        assertThat(again.ring().nodes()).isEmpty();
        assertThat(again.joining()).containsEntry(N1, tokens(40));
        var back = view(endpoint(N1, 1, Status.LEAVING, 10)).with(endpoint(N1, 1, Status.NORMAL, 10));
        assertThat(back.leaving()).isEmpty();
        var other = view(endpoint(N1, 1, Status.NORMAL, 10), endpoint(N1, 1, Status.LEAVING, 15));
        assertThat(other.ring().tokensOf(N1)).isEqualTo(tokens(15));
    }

    @Test
    void givesATokenThatTwoClaimToTheLaterGeneration() {
        var older = view(endpoint(N1, 1, Status.NORMAL, 10, 20));

        var shared = older.with(endpoint(N2, 2, Status.NORMAL, 20, 30));
        assertThat(shared.ring().tokensOf(N1)).isEqualTo(tokens(10));
        assertThat(shared.ring().tokensOf(N2)).isEqualTo(tokens(20, 30));
        assertThat(older.with(endpoint(N2, 1, Status.NORMAL, 20, 30)).ring().tokensOf(N2))
                .isEqualTo(tokens(30));
        assertThat(older.with(endpoint(N2, 2, Status.NORMAL, 10, 20)).ring().nodes())
                .containsExactly(N2);
        assertThat(older.with(endpoint(N2, 1, Status.NORMAL, 10, 20)).ring().nodes())
                .containsExactly(N1);
    }

    @Test
    void doesNotNoticeANodeThatWouldJoinAtATokenInUse() {
        var one = view(endpoint(N1, 1, Status.NORMAL, 10));

        assertThat(one.with(endpoint(N2, 5, Status.BOOT, 10, 20)).joining()).isEmpty();
        var joining = one.with(endpoint(N2, 5, Status.BOOT, 20));
        assertThat(joining.with(endpoint(new NodeId("n3"), 6, Status.BOOT, 20)).joining())
                .containsOnlyKeys(N2);
    }

    @Test
    void knowsTheReplacedAndItsReplacementUntilThatIsDone() {
        var n3 = new NodeId("n3");
        var before = view(endpoint(N1, 9, Status.NORMAL, 10, 20), endpoint(N2, 1, Status.NORMAL, 30));
        var replacing = before.with(replacing(n3, 1, N1, 10, 20));

        assertThat(replacing.ring()).isEqualTo(before.ring());
        assertThat(replacing.joining()).containsEntry(n3, tokens(10, 20));
        assertThat(replacing.replacing()).containsEntry(n3, N1);
        assertThat(replacing.with(endpoint(N1, 9, Status.SHUTDOWN, 10, 20))).isEqualTo(replacing);
        assertThat(replacing.without(n3)).isEqualTo(before);

        var done = replacing.with(endpoint(n3, 1, Status.NORMAL, 10, 20));
        assertThat(done).isEqualTo(view(endpoint(N2, 1, Status.NORMAL, 30), endpoint(n3, 1, Status.NORMAL, 10, 20)));
    }

    @Test
    void doesNotNoticeAReplacementThatDoesNotFit() {
        var n3 = new NodeId("n3");
        var view = view(endpoint(N1, 1, Status.NORMAL, 10, 20), endpoint(N2, 1, Status.NORMAL, 30));

        assertThat(view.with(replacing(n3, 5, N1, 10)).joining()).isEmpty();
        assertThat(view.with(replacing(n3, 5, N1, 10, 20, 30)).joining()).isEmpty();
        var first = view.with(replacing(n3, 5, N1, 10, 20));
        assertThat(first.with(replacing(new NodeId("n4"), 6, N1, 10, 20)).joining())
                .containsOnlyKeys(n3);
        assertThatThrownBy(() -> replacing(N1, 5, N1, 10, 20)).hasMessageContaining("cannot replace itself");
    }

    @Test
    void hearsOfAReplacementBeforeTheReplaced() {
        var n3 = new NodeId("n3");
        var one = view(replacing(n3, 1, N1, 10), endpoint(N1, 1, Status.NORMAL, 10));

        assertThat(one).isEqualTo(view(endpoint(N1, 1, Status.NORMAL, 10), replacing(n3, 1, N1, 10)));
        assertThat(view(replacing(n3, 1, N1, 10))
                        .pendingRanges(new SimpleStrategy(1))
                        .pending(tokens(5).get(0)))
                .containsExactly(n3);
    }

    @Test
    void ignoresNewsOfAnEarlierGeneration() {
        var view = view(endpoint(N1, 5, Status.NORMAL, 10));

        assertThat(view.with(endpoint(N1, 4, Status.LEFT, 10))).isSameAs(view);
    }

    @Test
    void givesTheSameObjectForTheSameChangeAndForNone() {
        var view = view(endpoint(N1, 1, Status.NORMAL, 10));
        var later = new Endpoint(N2, HERE, 1, 9, Status.BOOT, tokens(20), List.of(), "other", 12_345);

        assertThat(view.with(endpoint(N2, 1, Status.BOOT, 20))).isSameAs(view.with(later));
        assertThat(view.with(endpoint(N1, 1, Status.NORMAL, 10))).isSameAs(view);
        assertThat(view.without(N2)).isSameAs(view);
    }

    @Test
    void takesManyNewsAsItTakesOneAfterTheOther() {
        for (long seed = 0; seed < 300; seed++) {
            var random = Rings.random(seed);
            var news = new ArrayList<Endpoint>();
            for (int i = 0; i < 12; i++) {
                var node = new NodeId("n" + random.nextInt(6));
                var status = Rings.oneOf(List.of(Status.values()), random);
                int generation = 1 + random.nextInt(3);
                long token = random.nextInt(8);
                news.add(
                        status == Status.MOVING
                                ? moving(node, generation, token, 100 + token)
                                : status == Status.BOOT_REPLACE
                                        ? replacing(node, generation, new NodeId("other"), token)
                                        : status.isByOthers()
                                                ? endpoint(node, 0, Status.NORMAL, token)
                                                        .spokenFor(generation, status, N1)
                                                : endpoint(node, generation, status, token, token + random.nextInt(2)));
            }
            var start = view(endpoint(N1, 1, Status.NORMAL, 3));
            var oneByOne = start;
            for (var one : news) {
                oneByOne = oneByOne.with(one);
            }
            assertThat(start.withAll(news)).as("seed %s", seed).isEqualTo(oneByOne);
        }
    }

    @Test
    void aNodeThatIsRemovedLeavesUntilItIsRemoved() {
        var members = view(endpoint(N1, 1, Status.NORMAL, 10), endpoint(N2, 4, Status.NORMAL, 20));
        var dead = endpoint(N2, 4, Status.NORMAL, 20);

        var removing = members.with(dead.spokenFor(5, Status.REMOVING, N1));
        assertThat(removing.ring()).isEqualTo(members.ring());
        assertThat(removing.leaving()).containsExactly(N2);
        assertThat(removing.generation(N2)).isEqualTo(5);
        assertThat(removing.with(dead)).as("what it said itself is old").isEqualTo(removing);

        var removed = removing.with(dead.spokenFor(6, Status.REMOVED, N1));
        assertThat(removed).isEqualTo(view(endpoint(N1, 1, Status.NORMAL, 10)));
    }

    @Test
    void forgetsANodeAsIfItHadNeverBeenHeardOf() {
        var view = view(endpoint(N1, 1, Status.NORMAL, 10));

        assertThat(view.with(endpoint(N2, 1, Status.BOOT, 20)).without(N2)).isEqualTo(view);
        assertThat(view.with(endpoint(N2, 1, Status.LEAVING, 20)).without(N2)).isEqualTo(view);
    }

    @Test
    void believesTheSameWhateverTheOrderOfNewsOfDifferentNodes() {
        for (long seed = 0; seed < 200; seed++) {
            var random = Rings.random(seed);
            var news = new ArrayList<Endpoint>();
            for (int i = 1; i <= 8; i++) {
                var node = new NodeId("n" + i);
                var status = Rings.oneOf(
                        List.of(Status.BOOT, Status.NORMAL, Status.LEAVING, Status.MOVING, Status.SHUTDOWN), random);
                news.add(
                        status == Status.MOVING
                                ? moving(node, 1, 10L * i, 10L * i + 5)
                                : endpoint(node, 1, status, 10L * i));
            }
            var view = view(news.toArray(new Endpoint[0]));
            news.sort(
                    Comparator.comparing((Endpoint endpoint) -> endpoint.node().value())
                            .reversed());
            assertThat(view(news.toArray(new Endpoint[0])))
                    .as("seed %s", seed)
                    .isEqualTo(view)
                    .hasSameHashCodeAs(view);
        }
    }

    @Test
    void writesToTheReplicasAndToThoseAboutToBe() {
        var view = view(
                endpoint(N1, 1, Status.NORMAL, 10),
                endpoint(N2, 1, Status.NORMAL, 20),
                endpoint(new NodeId("n3"), 1, Status.BOOT, 15));
        var one = new SimpleStrategy(1);

        assertThat(view.writeTargets(one, tokens(12).get(0))).containsExactly(N2, new NodeId("n3"));
        assertThat(view.writeTargets(one, tokens(18).get(0))).containsExactly(N2);
    }
}
