package io.ringsim.storage.disk;

/**
 * Which way to a device makes a writer wait less: past the page cache or through it. There is no telling before. Memory for
 * the cache may be at hand, or have to be got from the host of a virtual machine, at ten times the price; a device may take
 * all that is asked of it at once, or do one thing after another and nothing while it is being flushed. So what is written is
 * measured, the cheaper way is taken, and the other one tried again now and then. Safe for use by several threads.
 */
final class WriteCosts {
    private static final long MIB = 1 << 20;

    /** A way of writing. */
    enum Way {
        /** Costs little until the buffers are full, so that a short stretch tells nothing. Devices hardly change. */
        DIRECT(64 * MIB, 12 * MIB, 16 << 10),
        /** Whether there is memory at hand changes from one moment to the next, and when there is none, it costs much. */
        CACHED(4 * MIB, 2 * MIB, 256);

        /** So many bytes at most are written before the next choice. */
        final long stretch;

        /** Of fewer bytes nothing can be told. */
        final long telling;

        /** It is tried after so many bytes at the latest. */
        private final long rarest;

        Way(long stretch, long telling, int rarestMiB) {
            this.stretch = stretch;
            this.telling = telling;
            this.rarest = rarestMiB * MIB;
        }
    }

    /** A way is first tried after so many bytes; after twice as many, each time that it was not cheaper. */
    private static final long FIRST_TRY = 64 * MIB;

    /** Of the latest measure; the ones before have the rest. One that something else disturbed does not decide. */
    private static final double WEIGHT = 0.25;

    private static final class Known {
        private final Way way;

        /** Nanoseconds per byte; 0 of one that was not tried. */
        private double cost;

        private long triedAfter = FIRST_TRY;

        /** So many bytes were written the other way since. */
        private long since;

        private Known(Way way) {
            this.way = way;
        }

        private void measured(double latest) {
            cost = cost == 0 ? latest : cost + WEIGHT * (latest - cost);
        }

        /** One that was cheaper once is tried again at once. */
        private void tried(boolean cheaper) {
            triedAfter = cheaper ? FIRST_TRY : Math.min(way.rarest, 2 * triedAfter);
            since = cheaper ? triedAfter : 0;
        }
    }

    private final Known direct = new Known(Way.DIRECT);
    private final Known cached = new Known(Way.CACHED);

    /** Which way to write next; each at first, and direct where nothing is known. */
    synchronized Way next() {
        var cheaper = cheaper();
        var other = other(cheaper);
        return other.since >= other.triedAfter ? other.way : cheaper.way;
    }

    /** How long a writer of so many bytes waited until they were taken from it. */
    synchronized void took(Way way, long nanos, long bytes) {
        var measured = way == Way.DIRECT ? direct : cached;
        var other = other(measured);
        other.since += bytes;
        measured.since = 0;
        if (bytes < way.telling) {
            return;
        }
        boolean tried = measured != cheaper();
        double latest = (double) nanos / bytes;
        measured.measured(latest);
        if (tried) {
            measured.tried(latest < other.cost);
        }
    }

    private Known cheaper() {
        return direct.cost <= cached.cost ? direct : cached;
    }

    private Known other(Known known) {
        return known == direct ? cached : direct;
    }
}
