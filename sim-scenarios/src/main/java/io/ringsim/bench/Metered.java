package io.ringsim.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** A load of which is also known what processor time it takes, once it is set up. */
final class Metered implements Alternation.Load {
    private static final double SECOND = 1e9;
    private static final double GIB = 1 << 30;

    private final Alternation.Load load;
    private final LongSupplier cpuNanos;
    private final List<Double> secondsPerGib = new ArrayList<>();

    /**
     * Meters a load.
     *
     * @param load does work in bytes
     * @param cpuNanos processor time so far of all processes that take part
     */
    Metered(Alternation.Load load, LongSupplier cpuNanos) {
        this.load = load;
        this.cpuNanos = cpuNanos;
    }

    @Override
    public Alternation.Work prepare() {
        var work = load.prepare();
        long before = cpuNanos.getAsLong();
        return new Alternation.Work() {
            private long bytes;

            @Override
            public long run() {
                bytes = work.run();
                return bytes;
            }

            @Override
            public void finish() {
                secondsPerGib.add((cpuNanos.getAsLong() - before) / SECOND / (bytes / GIB));
                work.finish();
            }
        };
    }

    /** Processor seconds per GiB, but for the first rounds. */
    Figures cpu(int warming) {
        return Figures.of(secondsPerGib.subList(warming, secondsPerGib.size()));
    }
}
