package io.ringsim.report;

import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One row per node that was in the ring at the start or at the end, by name; what it was not has no value. */
final class NodesCsv {
    private NodesCsv() {}

    /** A node at both moments; at least one is known. */
    record Row(NodeId node, Optional<NodeRun> before, Optional<NodeRun> after) {
        NodeRun latest() {
            return after.or(() -> before).orElseThrow();
        }
    }

    static List<Row> rows(List<NodeRun> before, List<NodeRun> after) {
        Map<NodeId, Row> rows = new LinkedHashMap<>();
        before.forEach(node -> rows.put(node.node(), new Row(node.node(), Optional.of(node), Optional.empty())));
        after.forEach(node -> rows.merge(
                node.node(),
                new Row(node.node(), Optional.empty(), Optional.of(node)),
                (old, now) -> new Row(old.node(), old.before(), now.after())));
        return rows.values().stream()
                .sorted(Comparator.comparing(row -> row.node().value(), NaturalOrder.INSTANCE))
                .toList();
    }

    static String of(StoredRun run) {
        var csv = new Csv(
                "node",
                "datacenter",
                "rack",
                "state",
                "up",
                "tokens",
                "load_bytes",
                "bytes_received",
                "bytes_sent",
                "owns",
                "load_bytes_before",
                "owns_before");
        for (var row : rows(run.before(), run.result().nodes())) {
            var latest = row.latest();
            csv.row(
                    row.node(),
                    latest.location().datacenter(),
                    latest.location().rack(),
                    row.after().map(NodeRun::state).orElse(""),
                    row.after().map(node -> Boolean.toString(node.up())).orElse(""),
                    row.after()
                            .map(node -> Integer.toString(node.tokens().size()))
                            .orElse(""),
                    row.after().map(node -> Long.toString(node.load())).orElse(""),
                    row.after().map(node -> Long.toString(node.bytesIn())).orElse(""),
                    row.after().map(node -> Long.toString(node.bytesOut())).orElse(""),
                    row.after().map(node -> Units.decimal(node.owns(), 6)).orElse(""),
                    row.before().map(node -> Long.toString(node.load())).orElse(""),
                    row.before().map(node -> Units.decimal(node.owns(), 6)).orElse(""));
        }
        return csv.toString();
    }
}
