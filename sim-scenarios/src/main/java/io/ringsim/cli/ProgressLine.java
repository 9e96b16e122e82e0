package io.ringsim.cli;

import io.ringsim.report.Units;
import io.ringsim.runtime.RealWorld;
import io.ringsim.scenario.Operation;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.Scenario;
import java.time.Duration;
import java.util.Locale;

/**
 * Says on standard error how far a run is: its share of the operations, the rate, the wall time to go, and the virtual
 * time to go of what is under way. Stops the run when it is interrupted.
 */
@RealWorld("people wait for a run in real time; nothing in the run sees it")
final class ProgressLine implements RunListener, AutoCloseable {
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final long REDRAW_NANOS = NANOS_PER_SECOND / 10;
    /** Logs are spared the progress of runs that take no longer than this. */
    private static final long QUIET_NANOS = 2 * NANOS_PER_SECOND;

    private static final int STEP_PERCENT = 5;
    private static final int BAR_WIDTH = 24;

    private final Shell shell;
    private final ProgressStyle style;
    private final Interrupt interrupt;
    private final String name;
    private final long operations;
    private final long began = System.nanoTime();
    private long lastDrawn;
    private long ended;
    private int lastPercent;
    private int drawnWidth;

    ProgressLine(Shell shell, ProgressStyle style, Scenario scenario, Interrupt interrupt) {
        this.shell = shell;
        this.style = style;
        this.interrupt = interrupt;
        name = scenario.name();
        operations = scenario.timeline().stream()
                .filter(step -> step.action() instanceof Operation)
                .count();
    }

    @Override
    public void onEvent(Event event) {
        if (event.kind().equals("operation-ended")) {
            ended++;
        }
    }

    @Override
    public boolean onProgress(Progress progress) {
        long now = System.nanoTime();
        if (style == ProgressStyle.BAR && now - lastDrawn >= REDRAW_NANOS) {
            lastDrawn = now;
            draw("\r" + bar(share(progress)) + " " + text(progress, now));
        } else if (style == ProgressStyle.PLAIN && now - began >= QUIET_NANOS) {
            int percent = (int) (share(progress) * 100);
            if (percent >= lastPercent + STEP_PERCENT) {
                lastPercent = percent - percent % STEP_PERCENT;
                shell.say(name + ": " + text(progress, now));
            }
        }
        return !interrupt.isRequested();
    }

    private double share(Progress progress) {
        double done = ended;
        for (Underway underway : progress.operations()) {
            done += underway.total() > 0 ? (double) underway.bytes() / underway.total() : 0;
        }
        return operations == 0 ? 0 : Math.min(1, done / operations);
    }

    private static String bar(double share) {
        int full = (int) (share * BAR_WIDTH);
        return "[" + "#".repeat(full) + ".".repeat(BAR_WIDTH - full) + "]";
    }

    private String text(Progress progress, long now) {
        double share = share(progress);
        double seconds = Math.max(1e-3, (now - began) / 1e9);
        var text = new StringBuilder(String.format(Locale.ROOT, "%3d%%", (int) (share * 100)));
        text.append("  ")
                .append(Units.count(Math.round(progress.events() / seconds)))
                .append(" events/s");
        if (share > 0.01) {
            text.append(", ")
                    .append(Units.duration(Duration.ofMillis(Math.round(seconds * (1 - share) / share * 1e3))))
                    .append(" to go");
        }
        text.append("; virtual ").append(Units.duration(progress.virtualTime()));
        if (!progress.operations().isEmpty()) {
            Underway first = progress.operations().get(0);
            text.append(": ")
                    .append(first.operation())
                    .append(' ')
                    .append(first.node())
                    .append(", ")
                    .append(first.phase());
            if (first.total() > 0) {
                text.append(' ')
                        .append(Units.bytes(first.bytes()))
                        .append(" of ")
                        .append(Units.bytes(first.total()));
            }
            if (!first.remaining().isZero()) {
                text.append(", ").append(Units.duration(first.remaining())).append(" virtual to go");
            }
        }
        return text.toString();
    }

    private void draw(String line) {
        int width = shell.terminal().columns();
        String cut = line.length() > width ? line.substring(0, width) : line;
        shell.err().print(cut + " ".repeat(Math.max(0, drawnWidth - cut.length())));
        shell.err().flush();
        drawnWidth = cut.length();
    }

    @Override
    public void close() {
        clear();
    }

    /** Takes the bar away. */
    void clear() {
        if (drawnWidth > 0) {
            shell.err().print("\r" + " ".repeat(drawnWidth) + "\r");
            shell.err().flush();
            drawnWidth = 0;
        }
    }
}
