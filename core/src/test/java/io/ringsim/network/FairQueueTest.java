package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Location;
import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.VirtualClock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FairQueueTest {
    private static final Flow ANY = anyFlow();

    private final FairQueue queue = new FairQueue();

    @Test
    void equalMessagesTakeTurns() {
        var lanes = lanes(5);
        for (int i = 0; i < 20; i++) {
            lanes.forEach(lane -> queue.add(lane, packet(1_000)));
        }

        var served = new int[5];
        for (int round = 1; round <= 20; round++) {
            for (int i = 0; i < 5; i++) {
                served[laneServed(lanes)]++;
            }
            assertThat(served).containsOnly(round);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void lanesThatStayBusyAreNeverFurtherApartThanTheirLongestMessages(long seed) {
        var random = Randomness.of(seed);
        var lanes = lanes(2 + random.nextInt(20));
        var longest = new long[lanes.size()];
        for (int i = 0; i < lanes.size(); i++) {
            long most = 1L + random.nextInt(1 << (1 + random.nextInt(20)));
            for (int k = 0; k < 500; k++) {
                long bytes = 1 + random.nextLong(most);
                longest[i] = Math.max(longest[i], bytes);
                queue.add(lanes.get(i), packet(bytes));
            }
        }

        var given = new long[lanes.size()];
        while (lanes.stream().noneMatch(Lane::isEmpty)) {
            var before = lanes.stream().mapToLong(Lane::headBytes).toArray();
            int lane = laneServed(lanes);
            given[lane] += before[lane];
            for (int i = 0; i < given.length; i++) {
                assertThat(Math.abs(given[lane] - given[i])).isLessThanOrEqualTo(longest[lane] + longest[i]);
            }
        }
    }

    @Test
    void aSmallMessageOfAFreshLaneIsNext() {
        var lanes = lanes(50);
        for (int k = 0; k < 10; k++) {
            lanes.forEach(lane -> queue.add(lane, packet(1 << 20)));
        }
        for (int i = 0; i < 123; i++) {
            queue.poll();
        }

        var small = packet(100);
        queue.add(new Lane(), small);

        assertThat(queue.poll()).isSameAs(small);
    }

    @Test
    void aBlockedLaneKeepsItsMessagesAndItsOrder() {
        var lane = new Lane();
        var other = new Lane();
        var first = packet(10);
        var second = packet(10);
        var third = packet(10);
        queue.add(lane, first);
        queue.block(lane);
        queue.add(lane, second);
        queue.add(other, third);

        assertThat(queue.poll()).isSameAs(third);
        assertThat(queue.poll()).isNull();
        queue.unblock(lane);
        assertThat(queue.poll()).isSameAs(first);
        assertThat(queue.poll()).isSameAs(second);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void losesNothingAndKeepsEachLanesOrderWhateverIsBlockedAndCleared(long seed) {
        var random = Randomness.of(seed);
        var lanes = lanes(8);
        var waiting = new ArrayList<List<Packet>>();
        lanes.forEach(lane -> waiting.add(new ArrayList<>()));

        for (int step = 0; step < 20_000; step++) {
            int i = random.nextInt(lanes.size());
            var lane = lanes.get(i);
            switch (random.nextInt(12)) {
                case 0 -> queue.block(lane);
                case 1 -> queue.unblock(lane);
                case 2 -> {
                    assertThat(queue.clear(lane)).isEqualTo(waiting.get(i).size());
                    waiting.get(i).clear();
                }
                case 3, 4, 5, 6 -> {
                    var packet = packet(1 + random.nextInt(5_000));
                    queue.add(lane, packet);
                    waiting.get(i).add(packet);
                }
                default -> {
                    var packet = queue.poll();
                    if (packet == null) {
                        assertThat(lanes.stream().filter(l -> !l.blocked).allMatch(Lane::isEmpty))
                                .isTrue();
                    } else {
                        assertThat(waiting.stream()
                                        .filter(list -> list.remove(packet))
                                        .count())
                                .isEqualTo(1);
                    }
                }
            }
        }
    }

    /** Polls once and tells which lane got its turn. */
    private int laneServed(List<Lane> lanes) {
        var before = lanes.stream().mapToLong(lane -> lane.finish).toArray();
        queue.poll();
        var after = lanes.stream().mapToLong(lane -> lane.finish).toArray();
        return Arrays.mismatch(before, after);
    }

    private static Flow anyFlow() {
        var clock = new VirtualClock();
        var wire = new Wire(clock, new EventQueue(clock), NetworkSettings.defaults(), new Traffic());
        var unlimited = new Bandwidth(0);
        var place = new Location("dc", "rack");
        var host = new Host(0, NetworkWorld.N1, 1, place, new Egress(wire, unlimited), new Ingress(wire, unlimited));
        return new Flow(wire, host, host, new OpenChannel(Letter.RADIO, 0));
    }

    private static List<Lane> lanes(int count) {
        var lanes = new ArrayList<Lane>();
        for (int i = 0; i < count; i++) {
            lanes.add(new Lane());
        }
        return lanes;
    }

    private static Packet packet(long bytes) {
        return new Packet(ANY, new Letter("x", bytes));
    }
}
