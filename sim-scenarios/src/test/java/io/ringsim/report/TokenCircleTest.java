package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.report.TokenCircle.Arc;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.scenario.RunResult.NodeRun;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class TokenCircleTest {
    @Test
    void arcsCoverTheCircleOnce() {
        for (long seed = 0; seed < 100; seed++) {
            var arcs = TokenCircle.owned(Samples.drawn(seed).before());

            assertThat(total(arcs)).isCloseTo(1, within(1e-9));
            assertThat(arcs).allSatisfy(arc -> assertThat(arc.size()).isNotNegative());
        }
    }

    @Test
    void slotsCoverTheCircleOnceAndKeepTheLargestOwners() {
        for (long seed = 0; seed < 20; seed++) {
            var arcs = TokenCircle.owned(Samples.drawn(seed).before());
            var slots = TokenCircle.inSlots(arcs);

            assertThat(total(slots)).isCloseTo(1, within(1e-9));
            arcs.stream()
                    .filter(arc -> arc.size() > 0.01)
                    .forEach(arc -> assertThat(slots)
                            .filteredOn(slot -> slot.node().equals(arc.node()))
                            .isNotEmpty());
        }
    }

    @Test
    void onlyTokenOwnsTheWholeCircle() {
        for (Token token : List.<Token>of(
                new Token.LongToken(Long.MIN_VALUE + 1),
                new Token.LongToken(Long.MAX_VALUE),
                new Token.BigIntegerToken(BigInteger.TWO.pow(127)),
                new Token.StringToken("m"),
                new Token.BytesToken("ff"))) {
            assertThat(total(TokenCircle.owned(List.of(node("n1", "NORMAL", token)))))
                    .isCloseTo(1, within(1e-9));
        }
    }

    @Test
    void joiningNodesOwnNothingYetButAreDrawn() {
        var ring = List.of(
                node("n1", "NORMAL", new Token.LongToken(0)), node("n2", "JOINING", new Token.LongToken(1L << 62)));

        assertThat(TokenCircle.owned(ring)).extracting(Arc::node).containsOnly(new NodeId("n1"));
        assertThat(total(TokenCircle.joining(ring))).isCloseTo(0.25, within(1e-9));
    }

    private static double total(List<Arc> arcs) {
        return arcs.stream().mapToDouble(Arc::size).sum();
    }

    private static NodeRun node(String name, String state, Token token) {
        return new NodeRun(new NodeId(name), new Location("dc1", "r1"), List.of(token), state, true, 0, 0, 0, 1);
    }
}
