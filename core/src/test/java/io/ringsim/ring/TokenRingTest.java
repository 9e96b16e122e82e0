package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TokenRingTest {
    private static final Location HERE = new Location("dc1", "r1");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");

    private static Token token(long value) {
        return new Token.LongToken(value);
    }

    private static TokenRing two() {
        return TokenRing.empty(Partitioner.MURMUR3)
                .with(N1, HERE, List.of(token(10), token(-10)))
                .with(N2, HERE, List.of(token(0)));
    }

    @Test
    void givesATokenToTheFirstOwnerAtOrAfterIt() {
        assertThat(two().owner(token(-10))).isEqualTo(N1);
        assertThat(two().owner(token(-9))).isEqualTo(N2);
        assertThat(two().owner(token(0))).isEqualTo(N2);
        assertThat(two().owner(token(1))).isEqualTo(N1);
        assertThat(two().owner(token(11))).isEqualTo(N1);
        assertThat(two().owner(token(Long.MIN_VALUE))).isEqualTo(N1);
        assertThat(two().primaryRange(token(11))).isEqualTo(new TokenRange(token(10), token(-10)));
    }

    @Test
    void isTheSameHoweverItIsMade() {
        for (long seed = 0; seed < 300; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var again = TokenRing.empty(ring.partitioner());
            for (var node : Rings.shuffled(ring.nodes(), random)) {
                again = again.with(node, ring.location(node), ring.tokensOf(node));
            }
            assertThat(again).as("seed %s", seed).isEqualTo(ring).hasSameHashCodeAs(ring);
            assertThat(TokenRing.of(ring.partitioner(), ring.members())).isEqualTo(ring);
            assertThat(ring.tokens()).isSorted().doesNotHaveDuplicates();
            assertThat(ring.members().stream().flatMap(member -> member.tokens().stream()))
                    .containsExactlyInAnyOrderElementsOf(ring.tokens());
        }
    }

    @Test
    void isWhatItWasAfterANodeCameAndWent() {
        for (long seed = 0; seed < 300; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            var newcomer = new NodeId("n" + random.nextInt(100, 999));
            var tokens = Rings.tokens(ring.partitioner(), 3, random);
            var larger = ring.with(newcomer, HERE, tokens);

            assertThat(larger.tokensOf(newcomer)).isEqualTo(tokens);
            assertThat(larger.location(newcomer)).isEqualTo(HERE);
            assertThat(larger.without(newcomer)).isEqualTo(ring);
            assertThat(larger.with(newcomer, HERE, tokens)).isSameAs(larger);
            assertThat(ring.without(newcomer)).isSameAs(ring);
            assertThat(larger.without(larger.nodes()).nodes()).isEmpty();
        }
    }

    @Test
    void replacesTheTokensOfANodeThatComesAgain() {
        var ring = two().with(N1, HERE, List.of(token(5)));

        assertThat(ring.tokens()).containsExactly(token(0), token(5));
        assertThat(ring.tokensOf(N1)).containsExactly(token(5));
    }

    @Test
    void refusesATokenThatBelongsToAnotherNamingBoth() {
        assertThatThrownBy(() -> two().with(new NodeId("n3"), HERE, List.of(token(1), token(0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("token 0 is claimed by both n2 and n3");
        var members = List.of(
                new TokenRing.Member(N2, HERE, List.of(token(3), token(7))),
                new TokenRing.Member(N1, HERE, List.of(token(7))));
        assertThatThrownBy(() -> TokenRing.of(Partitioner.MURMUR3, members))
                .hasMessage("token 7 is claimed by both n1 and n2");
        var twice = List.of(new TokenRing.Member(N1, HERE, List.of(token(7), token(7))));
        assertThatThrownBy(() -> TokenRing.of(Partitioner.MURMUR3, twice)).hasMessage("n1 claims token 7 twice");
    }

    @Test
    void refusesNodesWithoutTokensAndTokensOfAnotherKind() {
        assertThatThrownBy(() -> two().with(new NodeId("n3"), HERE, List.of())).hasMessage("n3 has no tokens");
        assertThatThrownBy(() -> two().with(new NodeId("n3"), HERE, List.of(Partitioner.RANDOM.parse("5"))))
                .hasMessage("token 5 of n3 is not one of Murmur3Partitioner");
        assertThatThrownBy(() -> two().location(new NodeId("n3"))).hasMessage("n3 is not in the ring");
        assertThatThrownBy(() -> TokenRing.empty(Partitioner.MURMUR3).owner(token(1)))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void givesTheWholeRingToOneToken() {
        var ring = TokenRing.empty(Partitioner.MURMUR3).with(N1, HERE, List.of(token(5)));

        assertThat(ring.ranges()).containsExactly(new TokenRange(token(5), token(5)));
        assertThat(ring.ownership()).containsEntry(N1, 1.0);
    }

    @Test
    void sharesTheRingOutWholly() {
        for (long seed = 0; seed < 200; seed++) {
            var random = Rings.random(seed);
            var ring = Rings.any(random);
            double sum = ring.ownership().values().stream()
                    .mapToDouble(share -> share)
                    .sum();
            assertThat(sum).as("seed %s", seed).isCloseTo(1, within(1e-9));
            int factor = 1 + random.nextInt(4);
            double replicated = ring.ownership(new SimpleStrategy(factor)).values().stream()
                    .mapToDouble(share -> share)
                    .sum();
            assertThat(replicated).isCloseTo(Math.min(factor, ring.nodes().size()), within(1e-9));
        }
    }

    @Test
    void knowsItsDatacenters() {
        var ring = two().with(N1, new Location("dc2", "r1"), List.of(token(4)));

        assertThat(ring.datacenters()).containsExactly("dc1", "dc2");
    }
}
