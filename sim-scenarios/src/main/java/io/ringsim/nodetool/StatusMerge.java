package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Adds what {@code nodetool status} knows to a ring, and names every contradiction with both of its places. */
final class StatusMerge {
    private final Source ring;
    private final Listing status;
    private final Problems problems;
    private final Map<String, Row> rows = new LinkedHashMap<>();

    StatusMerge(Source ring, Listing status, Problems problems) {
        this.ring = ring;
        this.status = status;
        this.problems = problems;
        for (Row row : status.rows()) {
            Row before = rows.putIfAbsent(row.address(), row);
            if (before != null && !status.isRing()) {
                error(
                        row,
                        row.address() + " is listed twice, first in line " + before.line(),
                        "each node has one line");
            }
        }
    }

    List<ImportedNode> merge(List<ImportedNode> nodes) {
        var merged = new ArrayList<ImportedNode>();
        for (ImportedNode node : nodes) {
            Row row = rows.remove(node.node().value());
            if (row == null) {
                problems.error(
                        status.source(),
                        node.node() + " of " + ring.name() + " is not listed here",
                        "take both at the same moment, both with or both without -r");
            } else {
                merged.add(merge(node, row));
            }
        }
        for (Row extra : rows.values()) {
            error(
                    extra,
                    extra.address() + " is not in " + ring.name(),
                    "take both at the same moment, both with or both without -r");
        }
        return merged;
    }

    private ImportedNode merge(ImportedNode node, Row row) {
        NodeId id = node.node();
        String datacenter = node.location().datacenter();
        if (!row.datacenter().equals(datacenter)) {
            error(
                    row,
                    id + " is in datacenter " + row.datacenter() + " here but in " + datacenter + " in " + ring.name(),
                    SAME);
        } else if (!row.rack().equals(node.location().rack())) {
            error(
                    row,
                    id + " is in rack " + row.rack() + " here but in "
                            + node.location().rack() + " in " + ring.name(),
                    SAME);
        }
        if (!status.isRing() && row.tokens() != node.tokenCount()) {
            error(
                    row,
                    id + " has " + row.tokens() + " tokens here but " + node.tokenCount() + " in " + ring.name(),
                    SAME + ", and give all of the output");
        }
        if (row.state() != node.state()) {
            problems.warning(
                    status.source(),
                    row.line(),
                    1,
                    2,
                    id + " is " + row.state().word() + " here but "
                            + node.state().word() + " in " + ring.name(),
                    "the latter is used");
        }
        Liveness liveness = row.liveness() == Liveness.UNKNOWN ? node.liveness() : row.liveness();
        return node.withStatus(node.state(), liveness, row.load(), row.hostId());
    }

    private static final String SAME = "take both at the same moment";

    private void error(Row row, String what, String remedy) {
        problems.error(status.source(), row.line(), 1, Math.max(1, row.address().length()), what, remedy);
    }
}
