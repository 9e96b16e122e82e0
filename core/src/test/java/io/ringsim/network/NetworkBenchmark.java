package io.ringsim.network;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.RealWorld;
import io.ringsim.runtime.VirtualClock;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How many messages the network moves per second of this thread's CPU time; run by hand. */
@RealWorld("measures CPU time")
public final class NetworkBenchmark {
    private static final int NODES = 1_000;
    private static final int WINDOW = 4;

    private final VirtualClock clock = new VirtualClock();
    private final EventQueue events = new EventQueue(clock);
    private final SimulatedNetwork network =
            new SimulatedNetwork(clock, events, Randomness.of(1), NetworkSettings.defaults());
    private final List<NodeId> nodes = new ArrayList<>();
    private final long[] left = new long[NODES];
    private long received;
    private long ran;

    public static void main(String[] args) {
        for (int round = 0; round < 4; round++) {
            new NetworkBenchmark().manyToOne(1_000_000);
            new NetworkBenchmark().oneToOne(1_000_000);
            new NetworkBenchmark().datagrams(1_000_000);
        }
    }

    private NetworkBenchmark() {
        for (int i = 0; i < NODES; i++) {
            nodes.add(new NodeId("n" + i));
        }
    }

    /** All nodes stream chunks of 1 MiB to one, each with a window of its own that the receiver's answers open. */
    private void manyToOne(int chunks) {
        for (int i = 0; i < NODES; i++) {
            int sender = i;
            left[i] = chunks / NODES;
            network.attach(nodes.get(i), Letter.POST, counting((from, letter) -> {
                if (letter.wireBytes() > 1_000) {
                    network.send(nodes.get(sender), from, Letter.POST, new Letter("ack", 30));
                } else {
                    sendChunk(sender, nodes.get(0));
                }
            }));
        }
        measure("many to one, 1 MiB chunks, each answered", () -> {
            for (int i = 1; i < NODES; i++) {
                for (int k = 0; k < WINDOW; k++) {
                    sendChunk(i, nodes.get(0));
                }
            }
        });
    }

    private void oneToOne(int chunks) {
        for (int i = 0; i < NODES; i++) {
            network.attach(nodes.get(i), Letter.POST, counting((from, letter) -> {}));
        }
        measure("every node to its neighbour, 1 MiB chunks, all queued at once", () -> {
            for (int k = 0; k < chunks / NODES; k++) {
                for (int i = 0; i < NODES; i++) {
                    network.send(nodes.get(i), nodes.get((i + 1) % NODES), Letter.POST, new Letter("chunk", 1 << 20));
                }
            }
        });
    }

    private void datagrams(int count) {
        var random = Randomness.of(3);
        for (int i = 0; i < NODES; i++) {
            network.attach(nodes.get(i), Letter.RADIO, counting((from, letter) -> {}));
        }
        measure("datagrams of 100 bytes between random nodes", () -> {
            int[] sent = {0};
            var timer = new EventQueue.Event[1];
            timer[0] = events.scheduleEvery(0, 1_000_000, () -> {
                for (int i = 0; i < NODES; i++) {
                    network.send(random.pick(nodes), random.pick(nodes), Letter.RADIO, new Letter("d", 100));
                }
                sent[0] += NODES;
                if (sent[0] >= count) {
                    timer[0].cancel();
                }
            });
        });
    }

    private void sendChunk(int sender, NodeId to) {
        if (left[sender]-- > 0) {
            network.send(nodes.get(sender), to, Letter.POST, new Letter("chunk", 1 << 20));
        }
    }

    private void measure(String what, Runnable start) {
        long began = cpuNanos();
        start.run();
        while (events.runNext()) {
            ran++;
        }
        double seconds = (cpuNanos() - began) / 1e9;
        System.out.printf(
                "%-62s %,9d messages, %,9d events, %.2f s CPU, %.2f M messages/s, %.0f s virtual%n",
                what, received, ran, seconds, received / seconds / 1e6, clock.nanos() / 1e9);
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private Inbox<Letter> counting(java.util.function.BiConsumer<NodeId, Letter> then) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, Letter message) {
                received++;
                then.accept(from, message);
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                throw new IllegalStateException(reason);
            }
        };
    }
}
