package io.ringsim.bench;

import io.ringsim.bench.Alternation.Timer;
import java.util.List;
import java.util.function.Consumer;

/** Messages and timers per second of the runtime, and what an actor weighs. */
public final class RuntimeBench implements Bench {
    private static final int ROUNDS = 5;
    private static final int WARMING = 2;
    private static final String BARE = "a bare priority-queue event loop doing the same sends";
    private static final String PER_CPU_SECOND = "messages/cpu-s";

    @Override
    public String name() {
        return "runtime";
    }

    @Override
    public String description() {
        return "messages and timers per second, against a bare event loop and Akka's own dispatcher";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        var pingPong = new PingPong(100, 20_000);
        progress.accept("100 pairs of actors play ping-pong");
        var bare = messages("ping-pong-100/bare", pingPong.simulated(), BARE, pingPong.bare());
        var queue = messages(
                "ping-pong-100/queue",
                pingPong.simulated(),
                "a bare first-in first-out queue of tasks, which knows no time",
                pingPong.queue());
        progress.accept("the same, against Akka's default dispatcher");
        var akka = akka(pingPong);
        progress.accept("1,000 actors gossip by timer");
        var thousand = gossip("gossip-1k/bare", new GossipLoad(1_000, 200));
        progress.accept("10,000 actors gossip by timer");
        var tenThousand = gossip("gossip-10k/bare", new GossipLoad(10_000, 20));
        progress.accept("100,000 actors gossip by timer");
        var hundredThousand = gossip("gossip-100k/bare", new GossipLoad(100_000, 4));
        progress.accept("50,000 actors do nothing");
        return List.of(bare, queue, akka, thousand, tenThousand, hundredThousand, idleNode());
    }

    private static BenchResult akka(PingPong pingPong) {
        var measured = Alternation.of(WARMING, ROUNDS, Timer.WALL, pingPong.simulated(), pingPong.real());
        return new BenchResult(
                "ping-pong-100/akka",
                "messages/s",
                measured.ours(),
                measured.reference(),
                "Akka's default dispatcher on all cores",
                true);
    }

    private static BenchResult gossip(String name, GossipLoad load) {
        return messages(name, load.simulated(), BARE, load.bare());
    }

    private static BenchResult messages(
            String name, Alternation.Load ours, String referenceName, Alternation.Load reference) {
        var measured = Alternation.of(WARMING, ROUNDS, Timer.THREAD_CPU, ours, reference);
        return new BenchResult(name, PER_CPU_SECOND, measured.ours(), measured.reference(), referenceName, true);
    }

    private static BenchResult idleNode() {
        var load = new IdleNode(50_000);
        return new BenchResult(
                "idle-node-bytes",
                "bytes",
                load.simulated(ROUNDS),
                load.real(ROUNDS),
                "the same actor in a real Akka system",
                false);
    }
}
