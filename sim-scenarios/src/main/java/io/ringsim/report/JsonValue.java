package io.ringsim.report;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON value that knows where it stands, so that what is wrong with it can be said: {@code verdict.json: seed}. */
record JsonValue(String place, @Nullable Object value) {
    /** Reads one whole document. */
    static JsonValue parse(String place, String text) {
        try (var parser = RunJson.JSON.createParser(text)) {
            parser.nextToken();
            Object value = read(parser);
            if (parser.nextToken() != null) {
                throw RunFolderException.badInput(place, "has more than one JSON value", "restore or rerun it");
            }
            return new JsonValue(place, value);
        } catch (IOException broken) {
            throw RunFolderException.badInput(place, "is no JSON, or only a part of it", "run the scenario again");
        }
    }

    private static @Nullable Object read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new IOException("nothing to read");
        }
        return switch (token) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getText();
        };
    }

    private static Map<String, @Nullable Object> readObject(JsonParser parser) throws IOException {
        var members = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, read(parser));
        }
        return members;
    }

    private static List<@Nullable Object> readArray(JsonParser parser) throws IOException {
        var items = new ArrayList<@Nullable Object>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(read(parser));
        }
        return items;
    }

    boolean has(String name) {
        return value instanceof Map<?, ?> members && members.containsKey(name);
    }

    JsonValue get(String name) {
        if (value instanceof Map<?, ?> members && members.containsKey(name)) {
            return new JsonValue(place + ": " + name, members.get(name));
        }
        throw RunFolderException.badInput(place, "has no \"" + name + "\"", "restore it, or run the scenario again");
    }

    String text() {
        return as(String.class, "a text");
    }

    long number() {
        return as(Long.class, "a whole number");
    }

    double fraction() {
        return value instanceof Long whole ? whole : as(Double.class, "a number");
    }

    boolean truth() {
        return as(Boolean.class, "true or false");
    }

    Duration duration() {
        return parsed("an ISO-8601 duration", Duration::parse);
    }

    /** The constant whose name this is, in any case. */
    <E extends Enum<E>> E constant(Class<E> kind) {
        return parsed("one of " + List.of(kind.getEnumConstants()), word -> {
            for (E constant : kind.getEnumConstants()) {
                if (constant.name().equalsIgnoreCase(word)) {
                    return constant;
                }
            }
            throw new IllegalArgumentException(word);
        });
    }

    /** The text, made into what it stands for. */
    <T> T parsed(String wanted, Function<String, T> parse) {
        try {
            return parse.apply(text());
        } catch (IllegalArgumentException | DateTimeParseException wrong) {
            throw not(wanted);
        }
    }

    List<JsonValue> items() {
        var items = new ArrayList<JsonValue>();
        for (Object item : as(List.class, "an array")) {
            items.add(new JsonValue(place + "[" + items.size() + "]", item));
        }
        return items;
    }

    <T> List<T> items(Function<JsonValue, T> read) {
        return items().stream().map(read).toList();
    }

    Map<String, JsonValue> members() {
        var members = new LinkedHashMap<String, JsonValue>();
        for (Object name : as(Map.class, "an object").keySet()) {
            members.put((String) name, get((String) name));
        }
        return members;
    }

    private <T> T as(Class<T> kind, String wanted) {
        if (kind.isInstance(value)) {
            return kind.cast(value);
        }
        throw not(wanted);
    }

    private RunFolderException not(String wanted) {
        return RunFolderException.badInput(place, "should be " + wanted, "restore it, or run the scenario again");
    }
}
