package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.LoggerFactory;

/**
 * How long, in real time and in one JVM, until all members of a cluster see all when they start together, and until all
 * others see that one was killed: our cluster layer, ScaleCube cluster and plain Akka Cluster by turns, with the failure
 * detector each has by default, and ScaleCube also with one as fast as Akka's. Each is given a minute for either.
 */
@RealWorld("measures real time")
public final class MembershipBench implements Bench {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration REST = Duration.ofSeconds(3);

    /** So many contenders are different code; the fourth is ScaleCube again. */
    private static final int KINDS = 3;

    private static final String AKKAS_DETECTOR = "heartbeats of 1 s and a pause of 3 s";

    /** Who takes part, and what was measured of it, in seconds. */
    private record Contender(
            String name, String detector, Crowd.Starter starter, List<Double> allSeeAll, List<Double> seenDead) {
        Contender(String name, String detector, Crowd.Starter starter) {
            this(name, detector, starter, new ArrayList<>(), new ArrayList<>());
        }

        String inWords() {
            return name + " with " + detector;
        }
    }

    private final int members;
    private final int rounds;
    /** How long a cluster is left alone before a member is killed; failure detectors learn meanwhile. */
    private final Duration rest;

    /** Of 30 members, in three rounds. */
    public MembershipBench() {
        this(30, 3, REST);
    }

    MembershipBench(int members, int rounds, Duration rest) {
        this.members = members;
        this.rounds = rounds;
        this.rest = rest;
    }

    @Override
    public String name() {
        return "membership";
    }

    @Override
    public String description() {
        return members
                + " members in one JVM: all see all, a killed one is seen dead; against ScaleCube and Akka Cluster";
    }

    @Override
    public List<BenchResult> run(Consumer<String> progress) {
        // Before many threads ask for it at once, which it would tell.
        LoggerFactory.getILoggerFactory();
        var ours = new Contender("our cluster layer", AKKAS_DETECTOR, AkkaCrowd::ring);
        var akka = new Contender("Akka Cluster", AKKAS_DETECTOR, AkkaCrowd::plain);
        if (!ScaleCubeCrowd.isThere()) {
            progress.accept(
                    "no comparison with ScaleCube, for io.scalecube:scalecube-cluster is not on the class path: start"
                            + " this with ./ringsim, which gets it with Maven, or add its jars to the class path");
            measure(progress, List.of(ours, akka));
            return compared("/akka", ours, akka);
        }
        var scaleCube = scaleCube(ScaleCubeCrowd.Pace.DEFAULT);
        var quick = scaleCube(ScaleCubeCrowd.Pace.AS_AKKA);
        measure(progress, List.of(ours, scaleCube, akka, quick));
        var results = new ArrayList<BenchResult>();
        results.addAll(compared("/scalecube", ours, scaleCube));
        results.addAll(compared("/akka", ours, akka));
        results.addAll(compared("seen-dead-equal-bounds", "/scalecube", ours, quick, Contender::seenDead));
        return results;
    }

    private Contender scaleCube(ScaleCubeCrowd.Pace pace) {
        var detector = String.format(
                Locale.ROOT,
                "pings of %.1f s and a suspicion of %.0f s",
                pace.pingInterval() / 1e3,
                pace.suspicionMillis(members) / 1e3);
        return new Contender("ScaleCube", detector, ScaleCubeCrowd.at(pace));
    }

    private void measure(Consumer<String> progress, List<Contender> contenders) {
        for (var contender : contenders.subList(0, Math.min(KINDS, contenders.size()))) {
            progress.accept("warming up: " + contender.name());
            var sightings = new Sightings();
            var crowd = contender.starter().start(members, sightings);
            sightings.awaitAllSeeAll(members, PATIENCE);
            crowd.close();
        }
        for (int round = 1; round <= rounds; round++) {
            for (var contender : contenders) {
                progress.accept("round " + round + " of " + rounds + ": " + contender.inWords());
                measure(contender, progress);
            }
        }
    }

    private void measure(Contender contender, Consumer<String> progress) {
        var sightings = new Sightings();
        long began = System.nanoTime();
        try (var crowd = contender.starter().start(members, sightings)) {
            boolean isWhole = sightings.awaitAllSeeAll(members, PATIENCE);
            contender.allSeeAll().add(secondsSince(began));
            if (!isWhole) {
                progress.accept("it is not whole after " + PATIENCE.toSeconds() + " s: nobody is killed");
                return;
            }
            leaveAlone();
            began = System.nanoTime();
            sightings.awaitNobodySees(crowd.kill(), PATIENCE);
            contender.seenDead().add(secondsSince(began));
        }
    }

    private static double secondsSince(long nanos) {
        return (System.nanoTime() - nanos) / 1e9;
    }

    private void leaveAlone() {
        try {
            TimeUnit.NANOSECONDS.sleep(rest.toNanos());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static List<BenchResult> compared(String reference, Contender ours, Contender other) {
        var results = new ArrayList<BenchResult>();
        results.addAll(compared("all-see-all", reference, ours, other, Contender::allSeeAll));
        results.addAll(compared("seen-dead", reference, ours, other, Contender::seenDead));
        return results;
    }

    /** The middle round, and the worst. */
    private static List<BenchResult> compared(
            String what, String reference, Contender ours, Contender other, Function<Contender, List<Double>> times) {
        var mine = figures(times.apply(ours));
        var theirs = figures(times.apply(other));
        return List.of(
                new BenchResult(what + reference, "s", mine, theirs, other.inWords(), false),
                new BenchResult(
                        what + "-max" + reference,
                        "s",
                        Figures.exactly(mine.max()),
                        Figures.exactly(theirs.max()),
                        other.inWords(),
                        false));
    }

    private static Figures figures(List<Double> seconds) {
        return seconds.isEmpty() ? Figures.NONE : Figures.of(seconds);
    }
}
