package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** Measures ours and the reference by turns, so that what else the machine does meets both. */
@RealWorld("measures real time")
final class Alternation {
    /** What is measured by: the thread's own processor time, which a busy machine does not falsify, or wall time. */
    @RealWorld("measures real time")
    enum Timer {
        THREAD_CPU,
        WALL;

        private long nanos() {
            return switch (this) {
                case THREAD_CPU -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                case WALL -> System.nanoTime();
            };
        }
    }

    /** Something that does a known amount of work. */
    interface Load {
        /** Sets up what is not measured. */
        Work prepare();
    }

    /** What is measured. */
    interface Work {
        /** Does it and returns how much it was. */
        long run();

        /** Tidies up; not measured. */
        default void finish() {}
    }

    private final List<Double> ours = new ArrayList<>();
    private final List<Double> reference = new ArrayList<>();

    private Alternation() {}

    /** Does each so many times, so that what is measured later is compiled by then. */
    static void warm(int rounds, Load... loads) {
        for (int round = 0; round < rounds; round++) {
            for (var load : loads) {
                perSecond(Timer.WALL, load);
            }
        }
    }

    /** So many measured rounds of each, after as many warming ones. */
    static Alternation of(int warming, int rounds, Timer timer, Load ours, Load reference) {
        var alternation = new Alternation();
        for (int round = -warming; round < rounds; round++) {
            // Two rounds the one first, two rounds the other: what one leaves behind, in memory or on a disk, meets
            // both alike.
            boolean oursFirst = (round & 2) == 0;
            double first = perSecond(timer, oursFirst ? ours : reference);
            double second = perSecond(timer, oursFirst ? reference : ours);
            if (round >= 0) {
                alternation.ours.add(oursFirst ? first : second);
                alternation.reference.add(oursFirst ? second : first);
            }
        }
        return alternation;
    }

    private static double perSecond(Timer timer, Load load) {
        var work = load.prepare();
        long before = timer.nanos();
        long done = work.run();
        long taken = timer.nanos() - before;
        work.finish();
        return done * 1e9 / taken;
    }

    Figures ours() {
        return Figures.of(ours);
    }

    Figures reference() {
        return Figures.of(reference);
    }
}
