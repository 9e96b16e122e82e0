package io.ringsim.gossip;

import io.ringsim.network.NetworkSettings;
import io.ringsim.ring.Status;
import io.ringsim.runtime.RealWorld;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/** What the cluster layer of a large ring costs; run by hand, with the number of nodes. */
@RealWorld("measures CPU time")
public final class ClusterBenchmark {
    private ClusterBenchmark() {}

    public static void main(String[] args) {
        int nodes = args.length > 0 ? Integer.parseInt(args[0]) : 1_000;
        var world = new ClusterWorld(1, NetworkSettings.defaults(), "n1", "n2", "n3");
        timed("start of a ring at rest of " + nodes, () -> {
            world.ringAtRest(nodes);
            world.run(10);
        });
        timed("one hour idle", () -> world.simulation.runFor(Duration.ofHours(1)));
        timed("one node announces, 60 s", () -> {
            world.announce("n7", Status.LEAVING, 7);
            world.run(60);
        });
        timed("one node crashes, 60 s", () -> {
            world.crash("n9");
            world.run(60);
        });
        System.out.println("agree: " + world.agrees() + ", violations: " + world.violations());
        world.close();
    }

    private static void timed(String what, Runnable work) {
        long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        work.run();
        long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu;
        System.out.println(what + ": " + spent / 1_000_000 + " ms CPU");
    }
}
