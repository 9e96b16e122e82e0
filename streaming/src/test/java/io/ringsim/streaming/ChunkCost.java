package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.move;
import static io.ringsim.streaming.StreamRing.table;

import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.NodeId;
import io.ringsim.storage.StorageSettings;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** Prints what a chunk costs from disk to disk, in CPU time of the simulation's thread. Run by hand. */
final class ChunkCost {
    private ChunkCost() {}

    /** Arguments: GiB to stream, peers to stream from, rounds. */
    public static void main(String[] arguments) {
        long gib = arguments.length > 0 ? Long.parseLong(arguments[0]) : 64;
        int peers = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 5;
        for (int round = 0; round < rounds; round++) {
            measure(gib << 30, peers);
        }
    }

    private static void measure(long bytes, int peers) {
        var threads = ManagementFactory.getThreadMXBean();
        try (var ring = new StreamRing(
                42, StreamingSettings.profile21(), StorageSettings.defaults(), NetworkSettings.defaults())) {
            ring.recording = false;
            var joiner = ring.start(peers + 1);
            var moves = new io.ringsim.ring.Transfer[peers];
            for (int i = 0; i < peers; i++) {
                NodeId source = ring.start(i + 1, table(ORDERS, bytes / peers, 8));
                moves[i] = move(source, joiner, 0, 1000);
            }
            long steps = ring.simulation.steps();
            long begin = threads.getCurrentThreadCpuTime();
            var events = ring.stream(joiner, "p", moves);
            ring.runUntilFinished(events, Duration.ofDays(100));
            long nanos = threads.getCurrentThreadCpuTime() - begin;
            double chunks = bytes * 0.981 / (1 << 20);
            System.out.printf(
                    "%d GiB from %d peers: %.0f chunks, %.2f us CPU and %.1f steps each, %.2f s CPU, virtual %s%n",
                    bytes >> 30,
                    peers,
                    chunks,
                    nanos / 1e3 / chunks,
                    (ring.simulation.steps() - steps) / chunks,
                    nanos / 1e9,
                    ring.simulation.now());
        }
    }
}
