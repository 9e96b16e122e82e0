package io.ringsim.bench;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.Simulation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;

/** A hundred pairs of actors, each sending one ball to and fro. */
record PingPong(int pairs, int roundTrips) {
    private record Ball(int left, ActorRef<Ball> from) {}

    private interface Done {
        void count();
    }

    private long messages() {
        return 2L * pairs * roundTrips;
    }

    /** In a simulated world. */
    Alternation.Load simulated() {
        return () -> {
            var simulation = Simulation.seeded(42);
            var system = simulation.start("ping-pong", table(() -> {}), Quiet.CONFIG);
            simulation.run();
            return new Alternation.Work() {
                @Override
                public long run() {
                    system.tell("serve");
                    simulation.run();
                    return messages();
                }

                @Override
                public void finish() {
                    simulation.leave();
                }
            };
        };
    }

    /** On Akka's default dispatcher, with real threads. */
    Alternation.Load real() {
        return () -> {
            var done = new CountDownLatch(pairs);
            var system = ActorSystem.create(table(done::countDown), "ping-pong", Quiet.CONFIG);
            return new Alternation.Work() {
                @Override
                public long run() {
                    system.tell("serve");
                    Quiet.await(done);
                    return messages();
                }

                @Override
                public void finish() {
                    system.terminate();
                    system.getWhenTerminated().toCompletableFuture().join();
                }
            };
        };
    }

    private Behavior<String> table(Done done) {
        return Behaviors.setup(context -> {
            var servers = new ArrayList<ActorRef<Ball>>();
            for (int i = 0; i < pairs; i++) {
                var returner = context.spawn(player(done), "returner-" + i);
                servers.add(context.spawn(server(returner, done), "server-" + i));
            }
            return Behaviors.receiveMessage(serve -> {
                servers.forEach(server -> server.tell(new Ball(2 * roundTrips, server)));
                return Behaviors.same();
            });
        });
    }

    private static Behavior<Ball> server(ActorRef<Ball> returner, Done done) {
        return Behaviors.receive((context, ball) -> hit(ball, returner, context.getSelf(), done));
    }

    private static Behavior<Ball> player(Done done) {
        return Behaviors.receive((context, ball) -> hit(ball, ball.from(), context.getSelf(), done));
    }

    private static Behavior<Ball> hit(Ball ball, ActorRef<Ball> to, ActorRef<Ball> self, Done done) {
        if (ball.left() == 0) {
            done.count();
        } else {
            to.tell(new Ball(ball.left() - 1, self));
        }
        return Behaviors.same();
    }

    /** As tasks of a bare priority queue. */
    Alternation.Load bare() {
        return () -> {
            var loop = new BareLoop();
            return () -> {
                for (int i = 0; i < pairs; i++) {
                    loop.after(0, () -> hit(loop, 2 * roundTrips));
                }
                return loop.runUntil(0);
            };
        };
    }

    private static void hit(BareLoop loop, int left) {
        if (left > 0) {
            loop.after(0, () -> hit(loop, left - 1));
        }
    }

    /** As tasks in a first-in first-out queue, without any notion of time. */
    Alternation.Load queue() {
        return () -> {
            var queue = new ArrayDeque<Runnable>();
            return () -> {
                for (int i = 0; i < pairs; i++) {
                    queue.add(() -> hit(queue, 2 * roundTrips));
                }
                long done = 0;
                for (var next = queue.poll(); next != null; next = queue.poll()) {
                    next.run();
                    done++;
                }
                return done;
            };
        };
    }

    private static void hit(ArrayDeque<Runnable> queue, int left) {
        if (left > 0) {
            queue.add(() -> hit(queue, left - 1));
        }
    }
}
