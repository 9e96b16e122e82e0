package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.Traffic.Amount;
import io.ringsim.network.Traffic.Entry;
import io.ringsim.ring.NodeId;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TrafficTest {
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");

    private final Traffic traffic = new Traffic();

    @BeforeEach
    void threeNodes() {
        List.of(N1, N2, N3).forEach(traffic::enter);
    }

    @Test
    void whatIsCountedInLittleMemoryIsCountedLikeAllElse() {
        traffic.count(0, 1, "Syn", 2, 300);
        traffic.countSmall(0, 1, "Echo", 28);
        traffic.countSmall(0, 2, "Echo", 28);
        traffic.countSmall(0, 2, "Echo", 30);
        traffic.countSmall(2, 1, "Echo", 28);

        assertThat(traffic.entries())
                .containsExactly(
                        new Entry(N1, N2, "Echo", new Amount(1, 28)),
                        new Entry(N1, N2, "Syn", new Amount(2, 300)),
                        new Entry(N1, N3, "Echo", new Amount(2, 58)),
                        new Entry(N3, N2, "Echo", new Amount(1, 28)));
        assertThat(traffic.sentBy(N1)).containsEntry("Echo", new Amount(3, 86));
        assertThat(traffic.sentTo(N2)).containsEntry("Echo", new Amount(2, 56));
        assertThat(traffic.total()).containsEntry("Echo", new Amount(4, 114));
    }

    @Test
    void nothingIsLostWhenASmallCounterIsFull() {
        int many = 2 * SmallCounters.FULL + 7;
        for (int i = 0; i < many; i++) {
            traffic.countSmall(0, 1, "Echo", 28);
        }

        assertThat(traffic.entries()).containsExactly(new Entry(N1, N2, "Echo", new Amount(many, 28L * many)));
    }

    @Test
    void whoEntersLaterIsCountedToo() {
        traffic.countSmall(0, 1, "Echo", 28);
        traffic.enter(new NodeId("n4"));
        traffic.countSmall(0, 3, "Echo", 28);

        assertThat(traffic.total()).containsEntry("Echo", new Amount(2, 56));
    }
}
