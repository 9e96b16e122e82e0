package io.ringsim.bench;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.RealWorld;
import io.ringsim.runtime.Simulation;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What an idle actor weighs on the heap, name, path and place in the tree included. */
record IdleNode(int actors) {
    private static final int PARENTS_HOLD = 1_000;

    /** In a simulated world. */
    Figures simulated(int rounds) {
        List<Double> figures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            var simulation = Simulation.seeded(42);
            var system = simulation.start("idle", crowd(() -> {}), Quiet.CONFIG);
            simulation.run();
            long before = used();
            system.tell("spawn");
            simulation.run();
            figures.add((used() - before) / (double) actors);
            simulation.leave();
        }
        return Figures.of(figures);
    }

    /** In a real system. */
    @RealWorld("is the reference")
    Figures real(int rounds) {
        List<Double> figures = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            var started = new CountDownLatch(actors);
            var system = ActorSystem.create(crowd(started::countDown), "idle", Quiet.CONFIG);
            long before = used();
            system.tell("spawn");
            Quiet.await(started);
            figures.add((used() - before) / (double) actors);
            system.terminate();
            system.getWhenTerminated().toCompletableFuture().join();
        }
        return Figures.of(figures);
    }

    private Behavior<String> crowd(Runnable started) {
        return Behaviors.receive((context, spawn) -> {
            for (int i = 0; i < actors; i += PARENTS_HOLD) {
                context.spawn(parent(started), "parent-" + i);
            }
            return Behaviors.same();
        });
    }

    private static Behavior<Void> parent(Runnable started) {
        return Behaviors.setup(context -> {
            for (int i = 0; i < PARENTS_HOLD; i++) {
                context.spawn(node(started), "node-" + i);
            }
            return Behaviors.empty();
        });
    }

    private static Behavior<String> node(Runnable started) {
        return Behaviors.setup(context -> {
            started.run();
            return Behaviors.receiveMessage(message -> Behaviors.same());
        });
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
