package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.nodetool.ImportedNode;
import io.ringsim.nodetool.Liveness;
import io.ringsim.nodetool.State;
import io.ringsim.plan.Balance;
import io.ringsim.report.JsonText;
import io.ringsim.report.NaturalOrder;
import io.ringsim.report.Units;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows who owns how much of a ring. */
@Command(
        name = "ring",
        description = "Shows ownership and balance of a ring.",
        footer = {
            "",
            "FILE is the output of nodetool ring or nodetool describering, or a scenario. With --keyspace and",
            "--replication the ownership is the effective one: the share of that keyspace's data.",
            "",
            "Examples:",
            "  ringsim ring ring.txt --status status.txt --keyspace shop --replication SimpleStrategy:3",
            "  nodetool ring | ringsim ring - --format json",
            "  ringsim ring --live 127.0.0.1:7180"
        })
final class RingCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The ring; - is standard input.")
    private String file = "";

    @Option(names = "--live", paramLabel = "HOST:PORT", description = "A host that runs, in place of a file.")
    private String live = "";

    @Mixin
    private RingOptions ring = new RingOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    RingCommand(Shell shell) {
        this.shell = shell;
    }

    private record Row(
            NodeId node,
            Location location,
            Liveness liveness,
            State state,
            OptionalLong load,
            int tokens,
            OptionalDouble owns,
            String hostId) {
        String status() {
            char up = liveness == Liveness.UP ? 'U' : liveness == Liveness.DOWN ? 'D' : '?';
            return "" + up + state.letter();
        }
    }

    @Override
    public Integer call() {
        if (!live.isEmpty()) {
            return new LiveHost(live).show("ring", output.format(), shell);
        }
        if (file.isEmpty()) {
            throw BadInput.in("FILE", "there is none", "name a file, - for standard input, or --live HOST:PORT");
        }
        LoadedRing loaded = ring.read(file, shell);
        List<Row> rows = rows(loaded);
        List<Balance> balances = balances(loaded);
        switch (output.format()) {
            case TEXT -> text(loaded, rows, balances);
            case JSON ->
                shell.out().print(JsonText.pretty(json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", "ringsim/ring/1");
                    json.writeStringField(
                            "partitioner", loaded.view().ring().partitioner().name());
                    json.writeStringField("keyspace", keyspace(loaded));
                    json.writeArrayFieldStart("nodes");
                    for (Row row : rows) {
                        write(row, json);
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("balance");
                    for (Balance balance : balances) {
                        balance.write(json);
                    }
                    json.writeEndArray();
                    json.writeEndObject();
                }));
            case NDJSON -> rows.forEach(row -> shell.out().print(JsonText.compact(json -> write(row, json)) + "\n"));
            case CSV -> {
                shell.out()
                        .print(CsvText.line(
                                "node", "datacenter", "rack", "status", "state", "load", "tokens", "owns", "host_id"));
                rows.forEach(row -> shell.out().print(csv(row)));
            }
        }
        return ExitCode.OK;
    }

    private static String keyspace(LoadedRing loaded) {
        return loaded.keyspaces().isEmpty() ? "" : loaded.keyspaces().get(0).name();
    }

    private static List<Balance> balances(LoadedRing loaded) {
        RingView view = loaded.view();
        var balances = new ArrayList<Balance>();
        for (Keyspace keyspace : loaded.keyspaces()) {
            balances.addAll(Balance.of(keyspace, view.ring()));
        }
        return loaded.keyspaces().isEmpty() ? Balance.primary(view.ring()) : balances;
    }

    private static List<Row> rows(LoadedRing loaded) {
        RingView view = loaded.view();
        SortedMap<NodeId, Double> owns = loaded.keyspaces().isEmpty()
                ? view.ring().ownership()
                : view.ring().ownership(loaded.keyspaces().get(0).replication());
        SortedMap<NodeId, Integer> tokens = new TreeMap<>();
        view.joining().forEach((node, own) -> tokens.put(node, own.size()));
        view.ring()
                .members()
                .forEach(member -> tokens.put(member.node(), member.tokens().size()));
        var rows = new ArrayList<Row>();
        loaded.locations().forEach((node, location) -> {
            State state = view.joining().containsKey(node)
                    ? State.JOINING
                    : view.leaving().contains(node)
                            ? State.LEAVING
                            : loaded.told(node).map(ImportedNode::state).orElse(State.NORMAL);
            Double share = owns.get(node);
            rows.add(new Row(
                    node,
                    location,
                    loaded.told(node).map(ImportedNode::liveness).orElse(Liveness.UNKNOWN),
                    state,
                    loaded.told(node).map(ImportedNode::load).orElse(OptionalLong.empty()),
                    tokens.getOrDefault(node, 0),
                    share == null ? OptionalDouble.empty() : OptionalDouble.of(share),
                    loaded.told(node).map(ImportedNode::hostId).orElse("")));
        });
        rows.sort(Comparator.comparing((Row row) -> row.location().datacenter())
                .thenComparing(row -> row.location().rack())
                .thenComparing(row -> row.node().value(), NaturalOrder.INSTANCE));
        return rows;
    }

    private void text(LoadedRing loaded, List<Row> rows, List<Balance> balances) {
        boolean effective = !loaded.keyspaces().isEmpty();
        for (String datacenter : loaded.datacenters()) {
            String title = "Datacenter: " + datacenter;
            shell.out().print(title + "\n" + "=".repeat(title.length()) + "\n");
            shell.out().print("Status=Up/Down\n|/ State=Normal/Leaving/Joining/Moving\n");
            var table = new TextTable(
                    "--", "Address", "Load", "Tokens", effective ? "Owns (effective)" : "Owns", "Host ID", "Rack");
            rows.stream()
                    .filter(row -> row.location().datacenter().equals(datacenter))
                    .forEach(row -> table.row(
                            row.status(),
                            row.node().value(),
                            row.load().isPresent() ? Units.bytes(row.load().getAsLong()) : "?",
                            Integer.toString(row.tokens()),
                            row.owns().isPresent() ? Units.share(row.owns().getAsDouble()) : "?",
                            row.hostId(),
                            row.location().rack()));
            shell.out().print(table + "\n");
        }
        var table = new TextTable("Datacenter", "Keyspace", ">Nodes", ">Min", ">Mean", ">Max", ">Max/Mean");
        for (Balance balance : balances) {
            table.row(
                    balance.datacenter(),
                    balance.keyspace().isEmpty() ? "(primary)" : balance.keyspace(),
                    Integer.toString(balance.nodes()),
                    Units.share(balance.min()),
                    Units.share(balance.mean()),
                    Units.share(balance.max()),
                    String.format(Locale.ROOT, "%.2f", balance.skew()));
        }
        shell.out().print("Balance\n" + table);
        if (!effective) {
            shell.say("Note: Owns counts primary ranges only; with --replication it is the share of the data.");
        }
    }

    private static void write(Row row, com.fasterxml.jackson.core.JsonGenerator json) throws java.io.IOException {
        json.writeStartObject();
        json.writeStringField("node", row.node().value());
        json.writeStringField("datacenter", row.location().datacenter());
        json.writeStringField("rack", row.location().rack());
        json.writeStringField("status", row.liveness().name());
        json.writeStringField("state", row.state().name());
        if (row.load().isPresent()) {
            json.writeNumberField("load", row.load().getAsLong());
        } else {
            json.writeNullField("load");
        }
        json.writeNumberField("tokens", row.tokens());
        if (row.owns().isPresent()) {
            json.writeNumberField("owns", row.owns().getAsDouble());
        } else {
            json.writeNullField("owns");
        }
        json.writeStringField("hostId", row.hostId());
        json.writeEndObject();
    }

    private static String csv(Row row) {
        return CsvText.line(
                row.node().value(),
                row.location().datacenter(),
                row.location().rack(),
                row.liveness().name(),
                row.state().name(),
                row.load().isPresent() ? Long.toString(row.load().getAsLong()) : "",
                Integer.toString(row.tokens()),
                row.owns().isPresent() ? Double.toString(row.owns().getAsDouble()) : "",
                row.hostId());
    }
}
