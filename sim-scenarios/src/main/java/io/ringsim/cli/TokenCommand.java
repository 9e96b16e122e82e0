package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.report.JsonText;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows where keys lie on the ring. */
@Command(
        name = "token",
        description = "Shows the tokens of keys.",
        footer = {
            "",
            "Examples:",
            "  ringsim token --partitioner Murmur3Partitioner alice bob",
            "  ringsim token --partitioner RandomPartitioner --hex --keys keys.txt --format csv"
        })
final class TokenCommand implements Callable<Integer> {
    private final Shell shell;

    @Option(
            names = "--partitioner",
            required = true,
            paramLabel = "NAME",
            description =
                    "Murmur3Partitioner, RandomPartitioner, OrderPreservingPartitioner or ByteOrderedPartitioner.")
    private String partitioner = "";

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    TokenCommand(Shell shell) {
        this.shell = shell;
    }

    private record Row(String key, Token token) {}

    @Override
    public Integer call() {
        Partitioner by = Arguments.partitioner(partitioner);
        var rows = new ArrayList<Row>();
        for (KeyOptions.Key key : keys.read(shell)) {
            try {
                rows.add(new Row(key.text(), by.token(key.bytes())));
            } catch (IllegalArgumentException wrong) {
                throw BadInput.in("KEY '" + key.text() + "'", String.valueOf(wrong.getMessage()), "");
            }
        }
        print(rows);
        return ExitCode.OK;
    }

    private void print(List<Row> rows) {
        switch (output.format()) {
            case TEXT -> {
                var table = new TextTable("Key", ">Token");
                rows.forEach(row -> table.row(row.key, row.token.toString()));
                shell.out().print(table);
            }
            case JSON ->
                shell.out().print(JsonText.pretty(json -> {
                    json.writeStartArray();
                    for (Row row : rows) {
                        json.writeStartObject();
                        json.writeStringField("key", row.key);
                        json.writeStringField("token", row.token.toString());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                }));
            case NDJSON ->
                rows.forEach(row -> shell.out()
                        .print(JsonText.compact(json -> {
                                    json.writeStartObject();
                                    json.writeStringField("key", row.key);
                                    json.writeStringField("token", row.token.toString());
                                    json.writeEndObject();
                                })
                                + "\n"));
            case CSV -> {
                shell.out().print(CsvText.line("key", "token"));
                rows.forEach(row -> shell.out().print(CsvText.line(row.key, row.token.toString())));
            }
        }
    }
}
