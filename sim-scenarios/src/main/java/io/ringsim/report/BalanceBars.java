package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much of the data each node owns: a thick bar for the end, a thin grey one below it for the start. */
final class BalanceBars {
    private static final int WIDTH = 1_040;
    private static final int GAP = 28;
    private static final int ROW = 22;
    private static final int NAME = 100;
    private static final int FIGURES = 118;

    private BalanceBars() {}

    static Element of(List<NodesCsv.Row> nodes, Palette palette) {
        int columns = nodes.size() <= 24 ? 1 : nodes.size() <= 60 ? 2 : 3;
        int perColumn = Math.max(1, (nodes.size() + columns - 1) / columns);
        double columnWidth = (double) (WIDTH - GAP * (columns - 1)) / columns;
        double most = nodes.stream()
                .mapToDouble(node -> Math.max(owns(node.before()), owns(node.after())))
                .max()
                .orElse(0);
        var rows = new ArrayList<Element>();
        for (int i = 0; i < nodes.size(); i++) {
            int column = i / perColumn;
            double x = column * (columnWidth + GAP);
            double scale = most == 0 ? 0 : (columnWidth - NAME - FIGURES) / most;
            rows.add(row(nodes.get(i), x, i % perColumn * ROW, scale, palette)
                    .add(figures(nodes.get(i), x + columnWidth, i % perColumn * ROW)));
        }
        return element("svg", "bars")
                .with("viewBox", "0 0 " + WIDTH + " " + (perColumn * ROW + 4))
                .with("role", "img")
                .with("aria-label", "Share of the data each node owns; the table of nodes has the same figures")
                .add(rows);
    }

    private static Element row(NodesCsv.Row node, double x, double y, double scale, Palette palette) {
        var name = element("text")
                .with("x", x + NAME - 8)
                .with("y", y + 14)
                .with("text-anchor", "end")
                .text(HtmlParts.shortened(node.node().value(), 13));
        var after = bar(x + NAME, y + 3, owns(node.after()) * scale, 11).with("fill", palette.of(node.node()));
        var before = bar(x + NAME, y + 15, owns(node.before()) * scale, 3).with("class", "was");
        return element("g")
                .add(element("title").text(node.node() + ": " + change(node)))
                .add(name, after, before);
    }

    private static Element bar(double x, double y, double width, int height) {
        return element("rect").with("x", x).with("y", y).with("width", width).with("height", height);
    }

    private static Element figures(NodesCsv.Row node, double right, double y) {
        return element("text", "figures")
                .with("x", right)
                .with("y", y + 14)
                .with("text-anchor", "end")
                .text(change(node));
    }

    private static String change(NodesCsv.Row node) {
        return HtmlParts.change(share(node.before()), share(node.after()));
    }

    private static String share(Optional<NodeRun> node) {
        return node.filter(BalanceBars::holds)
                .map(there -> Units.share(there.owns()))
                .orElse("");
    }

    private static boolean holds(NodeRun node) {
        return TokenCircle.isOwner(node) || node.owns() > 0;
    }

    private static double owns(Optional<NodeRun> node) {
        return node.map(NodeRun::owns).orElse(0.0);
    }
}
