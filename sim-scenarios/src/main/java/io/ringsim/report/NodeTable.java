package io.ringsim.report;

import static io.ringsim.report.HtmlParts.cell;
import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.List;
import java.util.function.Function;

/** Each node at the end of the run, and what it was at the start where that differs. */
final class NodeTable {
    private NodeTable() {}

    static Element of(List<NodesCsv.Row> nodes, Palette palette) {
        return HtmlParts.table(
                Units.count(nodes.size(), "node"),
                List.of("Node", "Datacenter, rack", "State", "#Tokens", "#Load", "#Received", "#Sent", "#Owns"),
                nodes.stream().map(node -> row(node, palette)).toList());
    }

    private static Element row(NodesCsv.Row node, Palette palette) {
        var latest = node.latest();
        return HtmlParts.row(
                element("th")
                        .with("scope", "row")
                        .add(element("span", "swatch")
                                .with("style", "background:" + palette.of(node.node()))
                                .with("aria-hidden", "true"))
                        .text(latest.node()),
                cell(latest.location().datacenter() + ", " + latest.location().rack()),
                cell(state(node)),
                number(change(node, there -> Units.count(there.tokens().size()))),
                number(change(node, there -> Units.bytes(there.load()))),
                number(Units.bytes(latest.bytesIn())),
                number(Units.bytes(latest.bytesOut())),
                number(change(node, there -> Units.share(there.owns()))));
    }

    private static String state(NodesCsv.Row node) {
        return node.after()
                .map(there -> there.state() + (there.up() ? ", up" : ", down"))
                .orElse("gone");
    }

    /** The figure, or two when it changed. */
    private static String change(NodesCsv.Row node, Function<NodeRun, String> figure) {
        String before = node.before().map(figure).orElse("");
        String after = node.after().map(figure).orElse("");
        return before.equals(after) ? after : HtmlParts.change(before, after);
    }
}
