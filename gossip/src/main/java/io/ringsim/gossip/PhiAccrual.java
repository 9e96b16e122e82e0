package io.ringsim.gossip;

/**
 * What one node makes of another's heartbeats: Akka's phi accrual failure detector. Phi 8 means that silence as long as
 * this happens by chance once in 10^8 times.
 */
final class PhiAccrual {
    private final ClusterSettings.FailureDetection settings;
    private final Intervals intervals;
    private final double minDeviation;
    private final long pause;
    private long last = -1;

    PhiAccrual(ClusterSettings.FailureDetection settings) {
        this.settings = settings;
        this.intervals = new Intervals(settings.samples());
        this.minDeviation = micros(settings.minDeviation().toNanos());
        this.pause = settings.acceptablePause().toNanos();
    }

    /** Whether there was a first heartbeat; before it the peer counts as available. */
    boolean isMonitoring() {
        return last >= 0;
    }

    void heartbeat(long now) {
        if (now <= last) {
            return;
        }
        if (!isMonitoring()) {
            guess();
        } else if (isAvailable(now)) {
            intervals.add(micros(now - last));
        }
        last = now;
    }

    boolean isAvailable(long now) {
        return !isMonitoring() || now - last <= pause || phi(now) < settings.threshold();
    }

    double phi(long now) {
        if (!isMonitoring()) {
            return 0;
        }
        double mean = intervals.mean() + micros(pause);
        double silence = micros(now - last);
        double y = (silence - mean) / Math.max(intervals.deviation(), minDeviation);
        double e = StrictMath.exp(-y * (1.5976 + 0.070566 * y * y));
        return silence > mean ? -StrictMath.log10(e / (1 + e)) : -StrictMath.log10(1 - 1 / (1 + e));
    }

    /** Nothing is known yet: two intervals around the usual one, a quarter of it to either side. */
    private void guess() {
        long estimate = micros(settings.interval().toNanos());
        intervals.add(estimate - estimate / 4);
        intervals.add(estimate + estimate / 4);
    }

    private static long micros(long nanos) {
        return nanos / 1_000;
    }

    /** The last so many intervals, in microseconds; runs of equal ones take no room. */
    private static final class Intervals {
        private final int capacity;
        private long[] values = new long[4]; // a power of two long, as a ring

        private int[] repeats = new int[4];
        private int head;
        private int runs;
        private int count;
        private long sum;
        private long squares;

        Intervals(int capacity) {
            this.capacity = capacity;
        }

        void add(long value) {
            if (count == capacity) {
                forgetOldest();
            }
            int newest = (head + runs - 1) & (values.length - 1);
            if (runs > 0 && values[newest] == value) {
                repeats[newest]++;
            } else {
                begin(value);
            }
            account(value, 1);
        }

        double mean() {
            return (double) sum / count;
        }

        double deviation() {
            double mean = mean();
            return StrictMath.sqrt(Math.max(0, (double) squares / count - mean * mean));
        }

        private void begin(long value) {
            if (runs == values.length) {
                grow();
            }
            int slot = (head + runs++) & (values.length - 1);
            values[slot] = value;
            repeats[slot] = 1;
        }

        private void forgetOldest() {
            account(values[head], -1);
            if (--repeats[head] == 0) {
                head = (head + 1) & (values.length - 1);
                runs--;
            }
        }

        private void account(long value, int sign) {
            count += sign;
            sum += sign * value;
            squares += sign * value * value;
        }

        private void grow() {
            var largerValues = new long[2 * values.length];
            var largerRepeats = new int[2 * values.length];
            for (int i = 0; i < runs; i++) {
                largerValues[i] = values[(head + i) & (values.length - 1)];
                largerRepeats[i] = repeats[(head + i) & (values.length - 1)];
            }
            values = largerValues;
            repeats = largerRepeats;
            head = 0;
        }
    }
}
