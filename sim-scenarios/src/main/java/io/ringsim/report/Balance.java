package io.ringsim.report;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How evenly each datacenter's data lies on its nodes, before and after. */
final class Balance {
    private Balance() {}

    static Element table(List<NodeRun> before, List<NodeRun> after) {
        var then = shares(before);
        var now = shares(after);
        var datacenters = new TreeMap<>(then);
        now.forEach(datacenters::putIfAbsent);
        return HtmlParts.table(
                "Share of the data per node; skew is the largest share over the mean",
                List.of("Datacenter", "When", "#Nodes", "#Smallest", "#Mean", "#Largest", "#Skew"),
                datacenters.keySet().stream()
                        .flatMap(name -> List.of(row(name, "before", then), row(name, "after", now)).stream())
                        .toList());
    }

    private static Element row(String datacenter, String when, SortedMap<String, DoubleSummaryStatistics> shares) {
        var share = shares.getOrDefault(datacenter, new DoubleSummaryStatistics());
        boolean any = share.getCount() > 0;
        return HtmlParts.row(
                HtmlParts.rowHead(datacenter),
                HtmlParts.cell(when),
                HtmlParts.number(Units.count(share.getCount())),
                HtmlParts.number(any ? Units.share(share.getMin()) : "\u2013"),
                HtmlParts.number(any ? Units.share(share.getAverage()) : "\u2013"),
                HtmlParts.number(any ? Units.share(share.getMax()) : "\u2013"),
                HtmlParts.number(
                        any && share.getAverage() > 0
                                ? String.format(Locale.ROOT, "%.2f", share.getMax() / share.getAverage())
                                : "\u2013"));
    }

    private static SortedMap<String, DoubleSummaryStatistics> shares(List<NodeRun> nodes) {
        return nodes.stream()
                .filter(TokenCircle::isOwner)
                .collect(Collectors.groupingBy(
                        node -> node.location().datacenter(),
                        TreeMap::new,
                        Collectors.summarizingDouble(NodeRun::owns)));
    }
}
