package io.ringsim.input;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads one mapping key by key, and in the end complains of the keys nobody asked for. */
public final class Keys {
    private final Yaml.Mapping mapping;
    private final String path;
    private final Problems problems;
    private final Set<String> asked = new LinkedHashSet<>();

    /**
     * Reads a mapping.
     *
     * @param path how people find it: {@code datacenters.dc1}; empty for the whole document
     */
    public Keys(Yaml.Mapping mapping, String path, Problems problems) {
        this.mapping = mapping;
        this.path = path;
        this.problems = problems;
    }

    /** The value as a mapping; nothing, and an error, when it is none. */
    public static Optional<Keys> of(Yaml value, String path, Problems problems) {
        if (value instanceof Yaml.Mapping mapping) {
            return Optional.of(new Keys(mapping, path, problems));
        }
        error(problems, value.place(), path + " must be a mapping", "write key: value pairs");
        return Optional.empty();
    }

    public String path() {
        return path;
    }

    public Place place() {
        return mapping.place();
    }

    public boolean has(String key) {
        asked.add(key);
        return mapping.entries().containsKey(key);
    }

    /** Which of the keys are there. */
    public List<String> present(List<String> keys) {
        return keys.stream().filter(this::has).toList();
    }

    /** The value of the key, when there is one. */
    public Optional<Yaml> value(String key) {
        asked.add(key);
        return Optional.ofNullable(mapping.entries().get(key)).map(Yaml.Entry::value);
    }

    /** Where the key stands, or the mapping when it is missing. */
    public Place placeOf(String key) {
        Yaml.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.key();
    }

    /** Where the value stands, or the mapping when it is missing. */
    public Place placeOfValue(String key) {
        Yaml.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.value().place();
    }

    /** Complains when the key is missing. */
    public boolean require(String key, String remedy) {
        if (has(key)) {
            return true;
        }
        error(problems, mapping.place(), key + " is missing" + in(), remedy);
        return false;
    }

    /** The key's value as text. */
    public Optional<String> text(String key) {
        return value(key).flatMap(value -> text(value, key, problems));
    }

    /** The key's value, read by the given function, which throws {@link IllegalArgumentException} when it is wrong. */
    public <T> Optional<T> read(String key, Function<String, T> reading) {
        return value(key).flatMap(value -> read(value, key, reading, problems));
    }

    public Optional<Boolean> bool(String key) {
        return read(key, Keys::bool0);
    }

    private static Boolean bool0(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new Malformed("'" + text + "' is neither true nor false", "write true or false");
        }
        return text.equals("true");
    }

    /** The mapping under the key. */
    public Optional<Keys> map(String key) {
        return value(key).flatMap(value -> of(value, path.isEmpty() ? key : path + "." + key, problems));
    }

    /** The items of the list under the key; one value counts as a list of one. */
    public List<Yaml> list(String key) {
        return value(key).map(value -> items(value, key, problems)).orElse(List.of());
    }

    /** Each entry under names the writer chose. */
    public void forEach(BiConsumer<String, Yaml> consumer) {
        for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
            asked.add(entry.getKey());
            consumer.accept(entry.getKey(), entry.getValue().value());
        }
    }

    public void error(String key, String what, String remedy) {
        error(problems, placeOfValue(key), what, remedy);
    }

    /** Complains of every key that was not asked for. */
    public void finish() {
        for (Map.Entry<String, Yaml.Entry> entry : mapping.entries().entrySet()) {
            if (!asked.contains(entry.getKey())) {
                error(
                        problems,
                        entry.getValue().key(),
                        entry.getKey() + ": unknown key" + in(),
                        Suggestion.remedy(entry.getKey(), new ArrayList<>(asked)));
            }
        }
    }

    private String in() {
        return path.isEmpty() ? "" : " in " + path;
    }

    /** The items of a list; one value counts as a list of one. */
    public static List<Yaml> items(Yaml value, String name, Problems problems) {
        if (value instanceof Yaml.Sequence sequence) {
            return sequence.items();
        }
        if (value instanceof Yaml.Mapping) {
            error(problems, value.place(), name + " must be a list", "write [a, b, c]");
            return List.of();
        }
        return List.of(value);
    }

    public static Optional<String> text(Yaml value, String name, Problems problems) {
        if (!(value instanceof Yaml.Scalar scalar)) {
            error(problems, value.place(), name + " must be a single value", "write " + name + ": value");
            return Optional.empty();
        }
        if (scalar.isNull() || scalar.text().isBlank()) {
            error(problems, value.place(), name + " has no value", "write " + name + ": value");
            return Optional.empty();
        }
        return Optional.of(scalar.text());
    }

    public static <T> Optional<T> read(Yaml value, String name, Function<String, T> reading, Problems problems) {
        return text(value, name, problems).flatMap(text -> {
            try {
                return Optional.of(reading.apply(text));
            } catch (Malformed wrong) {
                error(problems, value.place(), name + ": " + wrong.what(), wrong.remedy());
            } catch (IllegalArgumentException wrong) {
                error(problems, value.place(), name + ": " + wrong.getMessage(), "");
            }
            return Optional.empty();
        });
    }

    public static void error(Problems problems, Place place, String what, String remedy) {
        problems.error(place.source(), place.line(), place.column(), place.length(), what, remedy);
    }
}
