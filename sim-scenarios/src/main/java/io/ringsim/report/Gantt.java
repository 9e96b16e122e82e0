package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.Expectation;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.OperationRun;
import io.ringsim.scenario.RunResult.SessionRun;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Operations and their stream sessions over virtual time, with what befell the ring as bands behind them. */
final class Gantt {
    private static final int WIDTH = 1_040;
    private static final int LEFT = 200;
    private static final int LANE = 17;
    private static final int OPERATION = 24;
    private static final int SESSION = 17;
    private static final int PAUSE = 8;
    private static final int OPERATIONS_SHOWN = 60;
    private static final int LANES = 6;
    private static final double LETTER = 6.3;

    private final RunResult run;
    private final Palette palette;
    private final TimeAxis axis;
    private final int sessionsShown;
    private final List<Element> bars = new ArrayList<>();
    private final int top;
    private int y;

    private Gantt(RunResult run, Palette palette) {
        this.run = run;
        this.palette = palette;
        this.axis = new TimeAxis(end(run), LEFT, WIDTH - 12);
        this.sessionsShown =
                run.operations().size() <= 3 ? 16 : run.operations().size() <= 8 ? 10 : 5;
        this.top = 24
                + LANE
                        * lanes(run.faults(), axis).stream()
                                .mapToInt(lane -> lane + 1)
                                .max()
                                .orElse(0);
        this.y = top;
    }

    static Element of(RunResult run, Palette palette) {
        var gantt = new Gantt(run, palette);
        run.operations().stream().limit(OPERATIONS_SHOWN).forEach(gantt::operation);
        return gantt.picture();
    }

    /** What the picture leaves out, in a sentence; empty when it shows all. */
    static String omissions(RunResult run) {
        int hidden = run.operations().size() - OPERATIONS_SHOWN;
        return hidden > 0
                ? "The first " + OPERATIONS_SHOWN + " operations; " + hidden + " more are in the tables."
                : "";
    }

    private Element picture() {
        int height = y + 8;
        return element("svg", "gantt")
                .with("viewBox", "0 0 " + WIDTH + " " + height)
                .with("role", "img")
                .with(
                        "aria-label",
                        "Operations and stream sessions over virtual time; the tables have the same figures")
                .add(element("defs").add(hatch("fault-hatch", "fault-line")).add(hatch("failed-hatch", "failed-line")))
                .add(grid(height))
                .add(faults(height))
                .add(bars);
    }

    private List<Element> grid(int height) {
        var grid = new ArrayList<Element>();
        for (Duration tick : axis.ticks()) {
            double x = axis.x(tick);
            grid.add(line(x, 18, height - 6).with("class", "grid"));
            grid.add(element("text", "tick")
                    .with("x", x)
                    .with("y", 12)
                    .with("text-anchor", x > WIDTH - 30 ? "end" : "middle")
                    .text(Units.duration(tick)));
        }
        return grid;
    }

    private List<Element> faults(int height) {
        var bands = new ArrayList<Element>();
        var lanes = lanes(run.faults(), axis);
        for (int i = 0; i < run.faults().size(); i++) {
            var fault = run.faults().get(i);
            double from = axis.x(fault.started());
            double width = Math.max(1.5, axis.x(fault.ended()) - from);
            int laneY = 22 + lanes.get(i) * LANE;
            String words = words(fault);
            bands.add(element("g")
                    .add(element("title").text(words + ", at " + Units.moment(fault.started())))
                    .add(rectangle(from, laneY, width, height - laneY - 6).with("class", "fault"))
                    .add(label(words, from, width, laneY + 12, "fault-label outside", "fault-label outside")));
        }
        return bands;
    }

    private void operation(OperationRun operation) {
        boolean good = operation.outcome() == Expectation.Outcome.COMPLETED;
        String name = operation.operation() + " " + operation.node();
        String words = RunJson.word(operation.outcome()) + " in "
                + Units.duration(operation.ended().minus(operation.started()));
        row(
                name,
                "operation",
                OPERATION,
                bar(operation.started(), operation.ended(), y + 4, OPERATION - 8)
                        .with("class", good ? "operation" : "operation failed"),
                (good ? "" : "\u2718 ") + words,
                operation.started(),
                operation.ended());
        var shown = sessionsToShow(operation);
        shown.forEach(session -> session(operation, session));
        var others = new ArrayList<>(operation.sessions());
        others.removeAll(shown);
        if (!others.isEmpty()) {
            others(others);
        }
        y += PAUSE;
    }

    private void others(List<SessionRun> sessions) {
        Duration from = sessions.stream()
                .map(SessionRun::started)
                .min(Comparator.naturalOrder())
                .orElseThrow();
        Duration to = sessions.stream()
                .map(SessionRun::ended)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        long bytes = sessions.stream()
                .mapToLong(session -> session.bytesReceived() + session.bytesSent())
                .sum();
        row(
                Units.count(sessions.size()) + " more",
                "more",
                SESSION,
                bar(from, to, y + 2, SESSION - 4).with("class", "others"),
                Units.bytes(bytes) + " in all",
                from,
                to);
    }

    /** The ones that failed and the largest, in the order they began. */
    private List<SessionRun> sessionsToShow(OperationRun operation) {
        return operation.sessions().stream()
                .sorted(Comparator.comparing(
                                (SessionRun session) -> session.failure().isEmpty())
                        .thenComparing(session -> -session.bytesReceived() - session.bytesSent()))
                .limit(sessionsShown)
                .sorted(Comparator.comparing(SessionRun::started))
                .toList();
    }

    private void session(OperationRun operation, SessionRun session) {
        boolean good = session.failure().isEmpty();
        var bar = bar(session.started(), session.ended(), y + 2, SESSION - 4).with("fill", palette.of(session.peer()));
        var failed = bar(session.started(), session.ended(), y + 2, SESSION - 4).with("class", "failed-session");
        row(
                Streams.direction(operation, session),
                "session",
                SESSION,
                good ? bar : element("g").add(bar, failed),
                good ? Streams.amount(session) : "\u2718 " + session.failure(),
                session.started(),
                session.ended());
    }

    private void row(String name, String kind, int height, Element bar, String words, Duration from, Duration to) {
        double left = axis.x(from);
        double baseline = y + height / 2.0 + 4;
        bars.add(element("g", kind)
                .add(element("title")
                        .text(name + ": " + words + ", from " + Units.moment(from) + " to " + Units.moment(to)))
                .add(element("text", "name")
                        .with("x", LEFT - 10)
                        .with("y", baseline)
                        .with("text-anchor", "end")
                        .text(HtmlParts.shortened(name, 27)))
                .add(bar)
                .add(label(words, left, axis.x(to) - left, baseline, "inside", "outside")));
        y += height;
    }

    private Element bar(Duration from, Duration to, double top, int height) {
        return rectangle(axis.x(from), top, Math.max(2, axis.x(to) - axis.x(from)), height);
    }

    /** Words in a bar when they fit, else to its right, else to its left. */
    private static Element label(
            String words, double left, double width, double baseline, String inside, String outside) {
        String shown = HtmlParts.shortened(words, 70);
        double needed = shown.length() * LETTER + 8;
        var label = element("text", needed <= width ? inside : outside)
                .with("y", baseline)
                .text(shown);
        if (needed <= width) {
            return label.with("x", left + 5);
        }
        return left + width + needed <= WIDTH
                ? label.with("x", left + width + 5)
                : label.with("x", Math.max(left - 5, needed)).with("text-anchor", "end");
    }

    /** Which lane each fault's label stands in, so that no two overlap while there are lanes left. */
    private static List<Integer> lanes(List<RunResult.FaultRun> faults, TimeAxis axis) {
        var freeFrom = new double[LANES];
        var lanes = new ArrayList<Integer>();
        for (var fault : faults) {
            double from = axis.x(fault.started());
            double to = Math.max(axis.x(fault.ended()), from + words(fault).length() * LETTER + 12);
            double start = to > WIDTH ? from - (to - from) : from;
            int lane = 0;
            while (lane < LANES - 1 && freeFrom[lane] > start) {
                lane++;
            }
            freeFrom[lane] = Math.max(freeFrom[lane], to);
            lanes.add(lane);
        }
        return lanes;
    }

    private static String words(RunResult.FaultRun fault) {
        Duration length = fault.ended().minus(fault.started());
        return (fault.fault() + " " + fault.detail()).strip() + (length.isZero() ? "" : ", " + Units.duration(length));
    }

    /** The last moment anything began or an operation ended, and a little more. */
    private static Duration end(RunResult run) {
        var moments = new ArrayList<Duration>();
        run.operations().forEach(operation -> moments.add(operation.ended()));
        run.faults().forEach(fault -> moments.add(fault.started()));
        Duration last = moments.stream().max(Comparator.naturalOrder()).orElse(run.virtualTime());
        Duration end = last.plus(last.dividedBy(20));
        return end.compareTo(run.virtualTime()) < 0 ? end : run.virtualTime();
    }

    private static Element rectangle(double x, double y, double width, double height) {
        return element("rect").with("x", x).with("y", y).with("width", width).with("height", height);
    }

    private static Element line(double x, double from, double to) {
        return element("line").with("x1", x).with("x2", x).with("y1", from).with("y2", to);
    }

    private static Element hatch(String id, String lineClass) {
        return element("pattern")
                .with("id", id)
                .with("width", 6)
                .with("height", 6)
                .with("patternUnits", "userSpaceOnUse")
                .with("patternTransform", "rotate(45)")
                .add(line(0, 0, 6).with("class", lineClass));
    }
}
