package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.input.BadInput;
import io.ringsim.report.JsonText;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which nodes hold which keys. */
@Command(
        name = "replicas",
        description = "Shows the nodes that hold keys, and those that are about to.",
        footer = {
            "",
            "FILE is the output of nodetool ring or nodetool describering, or a scenario. Describering says itself how",
            "its keyspace is replicated; nodetool ring needs --replication.",
            "",
            "Examples:",
            "  ringsim replicas --ring ring.txt --keyspace shop --replication NetworkTopologyStrategy:dc1=3 alice bob",
            "  nodetool describering shop | ringsim replicas --ring - alice",
            "  ringsim replicas --ring scenario.yaml --keyspace shop --keys keys.txt --format csv"
        })
final class ReplicasCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--ring",
            required = true,
            paramLabel = "FILE",
            description = "Output of nodetool ring or describering, or a scenario; - is standard input.")
    private String file = "";

    @Mixin
    private RingOptions ring = new RingOptions();

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    ReplicasCommand(Shell shell) {
        this.shell = shell;
    }

    private record Row(String key, Token token, List<NodeId> natural, List<NodeId> pending) {
        void write(JsonGenerator json) throws IOException {
            json.writeStartObject();
            json.writeStringField("key", key);
            json.writeStringField("token", token.toString());
            write("natural", natural, json);
            write("pending", pending, json);
            json.writeEndObject();
        }

        private static void write(String name, List<NodeId> nodes, JsonGenerator json) throws IOException {
            json.writeArrayFieldStart(name);
            for (NodeId node : nodes) {
                json.writeString(node.value());
            }
            json.writeEndArray();
        }
    }

    @Override
    public Integer call() {
        LoadedRing loaded = ring.read(file, shell);
        boolean fromTable = loaded.keyspaces().isEmpty() && loaded.described().isPresent();
        if (!fromTable) {
            RingOptions.requireKeyspaces(loaded);
        }
        if (loaded.keyspaces().size() > 1) {
            throw BadInput.in(
                    "--keyspace",
                    "there are several keyspaces",
                    "name one of "
                            + loaded.keyspaces().stream().map(Keyspace::name).collect(Collectors.joining(", ")));
        }
        var rows = new ArrayList<Row>();
        for (KeyOptions.Key key : keys.read(shell)) {
            rows.add(row(loaded, key));
        }
        print(rows);
        return ExitCode.OK;
    }

    private static Row row(LoadedRing loaded, KeyOptions.Key key) {
        Token token;
        try {
            token = loaded.view().ring().partitioner().token(key.bytes());
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in("KEY '" + key.text() + "'", String.valueOf(wrong.getMessage()), "");
        }
        if (loaded.keyspaces().isEmpty()) {
            return new Row(key.text(), token, loaded.described().orElseThrow().replicas(token), List.of());
        }
        var strategy = loaded.keyspaces().get(0).replication();
        return new Row(
                key.text(),
                token,
                strategy.replicas(loaded.view().ring(), token),
                loaded.view().pendingRanges(strategy).pending(token));
    }

    private void print(List<Row> rows) {
        switch (output.format()) {
            case TEXT -> {
                var table = new TextTable("Key", ">Token", "Replicas", "Pending");
                rows.forEach(row ->
                        table.row(row.key, row.token.toString(), joined(row.natural, " "), joined(row.pending, " ")));
                shell.out().print(table);
            }
            case JSON ->
                shell.out().print(JsonText.pretty(json -> {
                    json.writeStartArray();
                    for (Row row : rows) {
                        row.write(json);
                    }
                    json.writeEndArray();
                }));
            case NDJSON -> rows.forEach(row -> shell.out().print(JsonText.compact(row::write) + "\n"));
            case CSV -> {
                shell.out().print(CsvText.line("key", "token", "natural", "pending"));
                rows.forEach(row -> shell.out()
                        .print(CsvText.line(
                                row.key, row.token.toString(), joined(row.natural, ";"), joined(row.pending, ";"))));
            }
        }
    }

    private static String joined(List<NodeId> nodes, String by) {
        return nodes.stream().map(NodeId::value).collect(Collectors.joining(by));
    }
}
