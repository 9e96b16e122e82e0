package io.ringsim.scenario;

import java.time.Duration;

/** Where a run ends without a verdict. */
public record Limits(Duration virtual, long events) {
    public static final Limits DEFAULTS = new Limits(Duration.ofDays(30), 500_000_000);
}
