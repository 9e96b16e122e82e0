package io.ringsim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The lines of {@code events.ndjson}: first one {@code node-at-start} per node, then the events in order of time, last
 * one {@code node-at-end} per node. Each has {@code at} and {@code kind}, mostly {@code node}, and its own fields
 * beside them; a field that would hide one of those three has an underscore behind its name.
 */
final class EventJson {
    static final String AT_START = "node-at-start";
    static final String AT_END = "node-at-end";

    private EventJson() {}

    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    static String line(RunListener.Event event) {
        return line(event.at(), event.kind(), event.node(), json -> {
            for (var field : event.fields().entrySet()) {
                json.writeStringField(hidden(field.getKey()), field.getValue());
            }
        });
    }

    /** What a node is at a moment. */
    static String line(Duration at, String kind, RunResult.NodeRun node) {
        return line(at, kind, Optional.of(node.node()), json -> {
            json.writeStringField("datacenter", node.location().datacenter());
            json.writeStringField("rack", node.location().rack());
            json.writeStringField("state", node.state());
            json.writeBooleanField("up", node.up());
            json.writeNumberField("load", node.load());
            json.writeNumberField("bytes_in", node.bytesIn());
            json.writeNumberField("bytes_out", node.bytesOut());
            json.writeNumberField("owns", node.owns());
            if (!node.tokens().isEmpty()) {
                json.writeStringField("partitioner", partitioner(node.tokens().get(0)));
            }
            RunJson.writeTexts(
                    "tokens", node.tokens().stream().map(Token::toString).toList(), json);
        });
    }

    private static String line(Duration at, String kind, Optional<NodeId> node, Body body) {
        var text = new StringWriter();
        try (var json = RunJson.JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("at", at.toString());
            json.writeStringField("kind", kind);
            if (node.isPresent()) {
                json.writeStringField("node", node.get().value());
            }
            body.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    static RunListener.Event event(JsonValue line) {
        var fields = new TreeMap<String, String>();
        line.members().forEach((name, value) -> {
            if (!isReserved(name)) {
                fields.put(shown(name), value.text());
            }
        });
        Optional<NodeId> node = line.has("node") ? Optional.of(RunJsonReader.node(line.get("node"))) : Optional.empty();
        return new RunListener.Event(line.get("at").duration(), line.get("kind").text(), node, fields);
    }

    static RunResult.NodeRun node(JsonValue line) {
        var location =
                new Location(line.get("datacenter").text(), line.get("rack").text());
        return new RunResult.NodeRun(
                RunJsonReader.node(line.get("node")),
                location,
                line.get("tokens").items(token -> token(line.get("partitioner").text(), token)),
                line.get("state").text(),
                line.get("up").truth(),
                line.get("load").number(),
                line.get("bytes_in").number(),
                line.get("bytes_out").number(),
                line.get("owns").fraction());
    }

    static String partitioner(Token token) {
        if (token instanceof Token.LongToken) {
            return "Murmur3Partitioner";
        }
        if (token instanceof Token.BigIntegerToken) {
            return "RandomPartitioner";
        }
        return token instanceof Token.StringToken ? "OrderPreservingPartitioner" : "ByteOrderedPartitioner";
    }

    private static Token token(String partitioner, JsonValue token) {
        return token.parsed("a token of " + partitioner, text -> token(partitioner, text));
    }

    static Token token(String partitioner, String text) {
        return switch (partitioner) {
            case "Murmur3Partitioner" -> new Token.LongToken(Long.parseLong(text));
            case "RandomPartitioner" -> new Token.BigIntegerToken(new BigInteger(text));
            case "OrderPreservingPartitioner" -> new Token.StringToken(text);
            case "ByteOrderedPartitioner" -> new Token.BytesToken(text);
            default -> throw new IllegalArgumentException(partitioner);
        };
    }

    private static boolean isReserved(String name) {
        return name.equals("at") || name.equals("kind") || name.equals("node");
    }

    private static String hidden(String name) {
        return isReserved(unscored(name)) ? name + "_" : name;
    }

    private static String shown(String name) {
        return isReserved(unscored(name)) ? name.substring(0, name.length() - 1) : name;
    }

    private static String unscored(String name) {
        int end = name.length();
        while (end > 0 && name.charAt(end - 1) == '_') {
            end--;
        }
        return name.substring(0, end);
    }
}
