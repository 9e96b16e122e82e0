package io.ringsim.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Virtual time laid out from left to right, with ticks at round moments. */
record TimeAxis(Duration end, double left, double right) {
    private static final int TICKS = 10;
    private static final long[] STEPS_MILLIS = {
        1,
        2,
        5,
        10,
        20,
        50,
        100,
        200,
        500,
        1_000,
        2_000,
        5_000,
        10_000,
        15_000,
        30_000,
        60_000,
        120_000,
        300_000,
        600_000,
        900_000,
        1_800_000,
        3_600_000,
        7_200_000,
        10_800_000,
        21_600_000,
        43_200_000,
        86_400_000,
        172_800_000,
        432_000_000,
        864_000_000,
        2_592_000_000L,
        8_640_000_000L,
        31_536_000_000L
    };

    double x(Duration moment) {
        double share = end.isZero() ? 0 : Math.min(1, seconds(moment) / seconds(end));
        return left + share * (right - left);
    }

    List<Duration> ticks() {
        long endMillis = end.toMillis();
        long step = STEPS_MILLIS[STEPS_MILLIS.length - 1];
        for (int i = STEPS_MILLIS.length - 1; i >= 0; i--) {
            if (endMillis / STEPS_MILLIS[i] <= TICKS) {
                step = STEPS_MILLIS[i];
            }
        }
        var ticks = new ArrayList<Duration>();
        for (long tick = 0; tick <= endMillis && ticks.size() <= 10 * TICKS; tick += step) {
            ticks.add(Duration.ofMillis(tick));
        }
        return ticks;
    }

    private static double seconds(Duration duration) {
        return duration.toSeconds() + duration.toNanosPart() / 1e9;
    }
}
