package io.ringsim.gossip;

import io.ringsim.runtime.RealWorld;
import java.lang.management.ManagementFactory;

/** What gossip of a large ring costs; run by hand, with the number of nodes. */
@RealWorld("measures CPU time")
public final class GossipBenchmark {
    private GossipBenchmark() {}

    public static void main(String[] args) {
        int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        try (var world = new GossipWorld(1, GossipSettings.defaults(GossipWorld.ids("n1", "n2", "n3")))) {
            timed("start of a ring at rest of " + nodes, 1, () -> world.ringAtRest(nodes));
            for (int i = 0; i < 6; i++) {
                timed("10 s idle", 10, () -> world.run(10));
            }
            var memory = Runtime.getRuntime();
            System.gc();
            System.out.println("heap MiB: " + ((memory.totalMemory() - memory.freeMemory()) >> 20));
        }
    }

    private static void timed(String what, int seconds, Runnable work) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        System.out.println(what + ": " + spent / 1_000_000 / seconds + " ms CPU per simulated second");
    }
}
