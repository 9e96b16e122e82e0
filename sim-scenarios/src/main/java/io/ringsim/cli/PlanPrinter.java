package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.plan.Balance;
import io.ringsim.plan.Change;
import io.ringsim.plan.Estimate;
import io.ringsim.plan.Plan;
import io.ringsim.plan.PlanResult;
import io.ringsim.plan.Refused;
import io.ringsim.report.JsonText;
import io.ringsim.report.Units;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** Prints plans. */
final class PlanPrinter {
    private static final String SCHEMA = "ringsim/plan/1";

    private final Shell shell;
    private final Format format;
    private final LoadedRing ring;
    private final List<String> notes;

    PlanPrinter(Shell shell, Format format, LoadedRing ring, List<String> notes) {
        this.shell = shell;
        this.format = format;
        this.ring = ring;
        this.notes = notes;
    }

    void print(PlanResult result, Change change) {
        if (result instanceof Refused refused) {
            refused(refused, change);
            return;
        }
        var plan = (Plan) result;
        notes.addAll(plan.notes());
        switch (format) {
            case TEXT -> shell.out().print(text(plan));
            case JSON -> shell.out().print(JsonText.pretty(json -> write(plan, json, true)));
            case NDJSON -> {
                shell.out().print(JsonText.compact(json -> write(plan, json, false)) + "\n");
                ranges(plan).forEach(range -> shell.out().print(JsonText.compact(range::write) + "\n"));
            }
            case CSV -> {
                shell.out().print(CsvText.line("keyspace", "left", "right", "from", "to", "bytes"));
                ranges(plan).forEach(range -> shell.out().print(range.csv()));
            }
        }
    }

    private void refused(Refused refused, Change change) {
        if (format == Format.TEXT || format == Format.CSV) {
            shell.say("Refused: " + change.operation() + " " + change.node() + ": " + refused.reason());
            return;
        }
        JsonText.Body body = json -> {
            json.writeStartObject();
            json.writeStringField("schema", SCHEMA);
            json.writeStringField("refused", refused.reason());
            json.writeEndObject();
        };
        shell.out().print(format == Format.JSON ? JsonText.pretty(body) : JsonText.compact(body) + "\n");
    }

    private record RangeOf(String keyspace, Plan.RangePlan range) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("keyspace", keyspace);
            writeRange(range, json);
            json.writeEndObject();
        }

        String csv() {
            return CsvText.line(
                    keyspace,
                    range.range().left().toString(),
                    range.range().right().toString(),
                    range.from().value(),
                    range.to().value(),
                    Long.toString(range.bytes()));
        }
    }

    private static List<RangeOf> ranges(Plan plan) {
        var ranges = new ArrayList<RangeOf>();
        plan.keyspaces()
                .forEach(keyspace ->
                        keyspace.fetch().forEach(range -> ranges.add(new RangeOf(keyspace.name(), range))));
        return ranges;
    }

    private void write(Plan plan, JsonGenerator json, boolean withRanges) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("operation", plan.change().operation());
        json.writeStringField("node", plan.change().node().value());
        writeTexts("tokens", plan.tokens().stream().map(Token::toString).toList(), json);
        if (withRanges) {
            json.writeArrayFieldStart("keyspaces");
            for (Plan.KeyspacePlan keyspace : plan.keyspaces()) {
                json.writeStartObject();
                json.writeStringField("name", keyspace.name());
                json.writeArrayFieldStart("fetch");
                for (Plan.RangePlan range : keyspace.fetch()) {
                    json.writeStartObject();
                    writeRange(range, json);
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        json.writeArrayFieldStart("peers");
        for (Plan.PeerPlan peer : plan.peers()) {
            json.writeStartObject();
            json.writeStringField("from", peer.from().value());
            json.writeStringField("to", peer.to().value());
            json.writeNumberField("ranges", peer.ranges());
            json.writeNumberField("bytes", peer.bytes());
            json.writeNumberField("files", peer.files());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeNumberField("totalBytes", plan.totalBytes());
        json.writeObjectFieldStart("duration");
        json.writeStringField("low", plan.estimate().low().toString());
        json.writeStringField("likely", plan.estimate().likely().toString());
        json.writeStringField("high", plan.estimate().high().toString());
        json.writeEndObject();
        json.writeStringField("limitedBy", plan.estimate().limitedBy());
        writeShares("ownershipBefore", plan.ownershipBefore(), json);
        writeShares("ownershipAfter", plan.ownershipAfter(), json);
        writeBalances("balanceBefore", plan.balanceBefore(), json);
        writeBalances("balanceAfter", plan.balanceAfter(), json);
        json.writeObjectFieldStart("cleanup");
        for (var node : plan.cleanup().entrySet()) {
            json.writeNumberField(node.getKey().value(), node.getValue());
        }
        json.writeEndObject();
        writeTexts("warnings", plan.warnings(), json);
        writeTexts("notes", notes, json);
        json.writeEndObject();
    }

    private static void writeRange(Plan.RangePlan range, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("range");
        json.writeString(range.range().left().toString());
        json.writeString(range.range().right().toString());
        json.writeEndArray();
        json.writeStringField("from", range.from().value());
        json.writeStringField("to", range.to().value());
        json.writeNumberField("bytes", range.bytes());
    }

    private static void writeTexts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    private static void writeShares(String name, SortedMap<NodeId, Double> shares, JsonGenerator json)
            throws IOException {
        json.writeObjectFieldStart(name);
        for (var share : shares.entrySet()) {
            json.writeNumberField(share.getKey().value(), share.getValue());
        }
        json.writeEndObject();
    }

    private static void writeBalances(String name, List<Balance> balances, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (Balance balance : balances) {
            balance.write(json);
        }
        json.writeEndArray();
    }

    private String text(Plan plan) {
        var text = new StringBuilder(headline(plan)).append("\n\n");
        var table = new TextTable("Streams from", "To", ">Ranges", ">Bytes", ">Files");
        List<Plan.PeerPlan> largest = plan.peers().stream()
                .sorted(Comparator.comparing((Plan.PeerPlan peer) -> -peer.bytes()))
                .toList();
        int shown = largest.size() > 24 ? 20 : largest.size();
        for (Plan.PeerPlan peer : largest.subList(0, shown)) {
            table.row(
                    peer.from().value(),
                    peer.to().value(),
                    Units.count(peer.ranges()),
                    Units.bytes(peer.bytes()),
                    Units.count(peer.files()));
        }
        if (shown < largest.size()) {
            table.row("... and " + (largest.size() - shown) + " more", "", "", "", "");
        }
        int ranges = plan.peers().stream().mapToInt(Plan.PeerPlan::ranges).sum();
        table.row("total", "", Units.count(ranges), Units.bytes(plan.totalBytes()), Units.count(plan.totalFiles()));
        text.append(table).append('\n');
        Estimate estimate = plan.estimate();
        line(
                text,
                "Duration",
                Units.duration(estimate.low()) + " / " + Units.duration(estimate.likely()) + " / "
                        + Units.duration(estimate.high()) + " (low / likely / high), of which "
                        + Units.duration(estimate.waits()) + " waiting; limited by " + estimate.limitedBy());
        for (int i = 0; i < plan.balanceAfter().size(); i++) {
            line(
                    text,
                    i == 0 ? "Balance" : "",
                    balance(plan, plan.balanceAfter().get(i)));
        }
        each(
                text,
                "Risks",
                plan.warnings().stream().map(warning -> "! " + warning).toList());
        each(text, "Notes", notes);
        return text.toString();
    }

    private String headline(Plan plan) {
        Change change = plan.change();
        String where = change instanceof Change.Bootstrap joining
                ? " (" + joining.location().datacenter() + "/"
                        + joining.location().rack() + ")"
                : "";
        int before = ring.view().ring().nodes().size();
        int after = change.after(ring.view().ring()).nodes().size();
        return "Plan: " + change.operation() + " " + change.node() + where + "     ring: " + before + " -> " + after
                + " nodes, " + plan.tokens().size() + " token" + (plan.tokens().size() == 1 ? "" : "s") + ", "
                + ring.keyspaces().stream().map(PlanPrinter::named).collect(Collectors.joining(", "));
    }

    private static String named(Keyspace keyspace) {
        return keyspace.name() + " " + keyspace.replication().name() + " RF "
                + keyspace.replication().replicationFactor();
    }

    private static String balance(Plan plan, Balance after) {
        String now = plan.balanceBefore().stream()
                .filter(before -> before.keyspace().equals(after.keyspace())
                        && before.datacenter().equals(after.datacenter()))
                .map(PlanPrinter::shares)
                .findFirst()
                .orElse("nothing");
        return after.keyspace() + " in " + after.datacenter() + ": effective owns min/max now " + now + "  ->  after "
                + shares(after);
    }

    private static String shares(Balance balance) {
        return Units.share(balance.min()) + "/" + Units.share(balance.max()) + " (max/mean "
                + String.format(Locale.ROOT, "%.2f", balance.skew()) + ")";
    }

    private static void each(StringBuilder text, String title, List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            line(text, i == 0 ? title : "", lines.get(i));
        }
    }

    private static void line(StringBuilder text, String title, String value) {
        text.append(String.format(Locale.ROOT, "%-11s %s\n", title, value));
    }
}
