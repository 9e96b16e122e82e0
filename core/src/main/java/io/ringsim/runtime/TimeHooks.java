package io.ringsim.runtime;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/**
 * What the Java agent calls in place of the JDK's clocks: the world's time on a thread that drives a world, where the time
 * zone is UTC, else the real one. Not to be called by anyone else.
 */
@RealWorld("outside of any world the real clock answers")
public final class TimeHooks {
    private static final Clock UTC = new HookedClock(ZoneOffset.UTC);

    private TimeHooks() {}

    public static long nanoTime() {
        var world = World.current();
        return world == null ? System.nanoTime() : world.clock.nanos();
    }

    public static long currentTimeMillis() {
        var world = World.current();
        return world == null
                ? System.currentTimeMillis()
                : world.clock.instant().toEpochMilli();
    }

    public static Instant instant() {
        var world = World.current();
        return world == null ? Instant.now() : world.clock.instant();
    }

    public static Clock clock() {
        return UTC;
    }

    public static Clock clock(ZoneId zone) {
        return new HookedClock(zone);
    }

    public static Clock clockHere() {
        return new HookedClock(here());
    }

    public static LocalDate localDate() {
        return LocalDate.now(clockHere());
    }

    public static LocalDate localDate(ZoneId zone) {
        return LocalDate.now(clock(zone));
    }

    public static LocalTime localTime() {
        return LocalTime.now(clockHere());
    }

    public static LocalTime localTime(ZoneId zone) {
        return LocalTime.now(clock(zone));
    }

    public static LocalDateTime localDateTime() {
        return LocalDateTime.now(clockHere());
    }

    public static LocalDateTime localDateTime(ZoneId zone) {
        return LocalDateTime.now(clock(zone));
    }

    public static ZonedDateTime zonedDateTime() {
        return ZonedDateTime.now(clockHere());
    }

    public static ZonedDateTime zonedDateTime(ZoneId zone) {
        return ZonedDateTime.now(clock(zone));
    }

    public static OffsetDateTime offsetDateTime() {
        return OffsetDateTime.now(clockHere());
    }

    public static OffsetDateTime offsetDateTime(ZoneId zone) {
        return OffsetDateTime.now(clock(zone));
    }

    public static OffsetTime offsetTime() {
        return OffsetTime.now(clockHere());
    }

    public static OffsetTime offsetTime(ZoneId zone) {
        return OffsetTime.now(clock(zone));
    }

    public static Year year() {
        return Year.now(clockHere());
    }

    public static Year year(ZoneId zone) {
        return Year.now(clock(zone));
    }

    public static YearMonth yearMonth() {
        return YearMonth.now(clockHere());
    }

    public static YearMonth yearMonth(ZoneId zone) {
        return YearMonth.now(clock(zone));
    }

    public static MonthDay monthDay() {
        return MonthDay.now(clockHere());
    }

    public static MonthDay monthDay(ZoneId zone) {
        return MonthDay.now(clock(zone));
    }

    /** The driver's sleep lets virtual time pass; an actor must not sleep. */
    public static void sleep(Duration duration) throws InterruptedException {
        var world = World.current();
        if (world == null) {
            long millis = duration.toMillis();
            Thread.sleep(millis, (int) (duration.toNanos() - millis * 1_000_000));
        } else {
            world.await(() -> false, duration.toNanos(), "Thread.sleep");
        }
    }

    public static void sleep(long millis) throws InterruptedException {
        sleep(Duration.ofMillis(millis));
    }

    public static void sleep(long millis, int nanos) throws InterruptedException {
        sleep(Duration.ofMillis(millis).plusNanos(nanos));
    }

    private static ZoneId here() {
        return World.current() == null ? ZoneId.systemDefault() : ZoneOffset.UTC;
    }

    /** Looks for its world every time it is read, because applications keep clocks in static fields. */
    private static final class HookedClock extends Clock {
        private final ZoneId zone;

        private HookedClock(ZoneId zone) {
            this.zone = zone;
        }

        @Override
        public ZoneId getZone() {
            return zone;
        }

        @Override
        public Clock withZone(ZoneId other) {
            return new HookedClock(other);
        }

        @Override
        public Instant instant() {
            return TimeHooks.instant();
        }
    }
}
