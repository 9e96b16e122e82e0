package io.ringsim.report;

import java.util.List;

/**
 * A line chart over a few places, which stand equally far apart whatever they are called.
 *
 * @param across what the places are
 * @param up what is measured, with its unit; the scale begins at 0
 * @param places from left to right, at least one
 */
public record Chart(String title, String across, String up, List<String> places, List<Line> lines) {
    /**
     * One line of the chart.
     *
     * @param values one per place, at least 0, or NaN where there is none
     */
    public record Line(String name, List<Double> values) {
        public Line {
            values = List.copyOf(values);
        }

        double most() {
            return values.stream()
                    .mapToDouble(Double::doubleValue)
                    .filter(value -> !Double.isNaN(value))
                    .max()
                    .orElse(0);
        }
    }

    public Chart {
        places = List.copyOf(places);
        lines = List.copyOf(lines);
        int width = places.size();
        if (width == 0 || lines.stream().anyMatch(line -> line.values().size() != width)) {
            throw new IllegalArgumentException("a line of '" + title + "' has not one value for each of " + places);
        }
    }

    /** The end of the scale: one, two or five times a power of ten that no value exceeds. */
    double scaleEnd() {
        double most = lines.stream().mapToDouble(Line::most).max().orElse(0);
        double power = most > 0 ? Math.pow(10, Math.floor(Math.log10(most))) : 0.1;
        for (double end : new double[] {1, 2, 5}) {
            if (most <= end * power) {
                return end * power;
            }
        }
        return 10 * power;
    }
}
