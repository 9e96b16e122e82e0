package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a {@link Chart}. Each line has its own dashes beside its colour; the values of the first and the last line stand at
 * their points, below and above.
 */
final class LineChart {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 300;
    private static final int LEFT = 60;
    private static final int RIGHT = 480;
    private static final int TOP = 34;
    private static final int BOTTOM = 250;
    private static final int TICKS = 5;
    private static final int STYLES = 4;

    private final Chart chart;

    private LineChart(Chart chart) {
        this.chart = chart;
    }

    static Element of(Chart chart) {
        return new LineChart(chart).figure();
    }

    private Element figure() {
        var svg = element("svg", "chart")
                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                .with("role", "img")
                .with(
                        "aria-label",
                        chart.title() + ": " + chart.up() + " by " + chart.across() + "; the table has the figures")
                .add(
                        text(LEFT - 50, TOP - 20, "start", chart.up()),
                        text((LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle", chart.across()))
                .add(scale())
                .add(places());
        for (int i = 0; i < chart.lines().size(); i++) {
            svg = svg.add(line(i));
        }
        return element("figure").add(element("h3").text(chart.title()), svg);
    }

    private List<Element> scale() {
        var ticks = new ArrayList<Element>();
        for (int i = 0; i <= TICKS; i++) {
            double value = chart.scaleEnd() * i / TICKS;
            ticks.add(element("line", "grid")
                    .with("x1", LEFT)
                    .with("x2", RIGHT)
                    .with("y1", y(value))
                    .with("y2", y(value)));
            ticks.add(text(LEFT - 8, y(value) + 4, "end", figure(value)));
        }
        return ticks;
    }

    private List<Element> places() {
        var names = new ArrayList<Element>();
        for (int i = 0; i < chart.places().size(); i++) {
            names.add(text(x(i), BOTTOM + 20, "middle", chart.places().get(i)));
        }
        return names;
    }

    private Element line(int number) {
        var line = chart.lines().get(number);
        int last = chart.lines().size() - 1;
        var path = new StringBuilder();
        var points = new ArrayList<Element>();
        for (int i = 0; i < line.values().size(); i++) {
            double value = line.values().get(i);
            if (!isThere(value)) {
                continue;
            }
            path.append(path.length() == 0 ? "M" : "L")
                    .append(Units.decimal(x(i), 1))
                    .append(' ')
                    .append(Units.decimal(y(value), 1));
            points.add(element("circle").with("cx", x(i)).with("cy", y(value)).with("r", 3));
            if (number == last) {
                points.add(text(x(i), y(value) - 8, "middle", figure(value)));
            } else if (number == 0) {
                points.add(text(x(i), y(value) + 17, "middle", figure(value)));
            }
        }
        if (path.length() == 0) {
            return element("g");
        }
        return element("g", "line-" + number % STYLES)
                .add(element("path").with("d", path))
                .add(points)
                .add(last == 0 ? List.of() : List.of(name(line)));
    }

    private static boolean isThere(double value) {
        return !Double.isNaN(value);
    }

    private Element name(Chart.Line line) {
        var values = line.values().stream().filter(LineChart::isThere).toList();
        return text(RIGHT - 14, y(values.get(values.size() - 1)) + 4, "start", line.name());
    }

    private double x(int place) {
        double step = (double) (RIGHT - LEFT) / chart.places().size();
        return LEFT + step * (place + 0.5);
    }

    private double y(double value) {
        return BOTTOM - value / chart.scaleEnd() * (BOTTOM - TOP);
    }

    private static String figure(double value) {
        return value >= 1_000 ? Units.count(Math.round(value)) : Units.decimal(value, value < 1 ? 2 : 1);
    }

    private static Element text(double x, double y, String anchor, String text) {
        return element("text")
                .with("x", x)
                .with("y", y)
                .with("text-anchor", anchor)
                .text(text);
    }
}
