package io.ringsim.input;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML 1.2 document, each part of which knows its place. */
public sealed interface Yaml {
    Place place();

    /**
     * A single value.
     *
     * @param text as written, without quotes
     * @param isNull nothing, or {@code null}
     */
    record Scalar(Place place, String text, boolean isNull, boolean isNumber, boolean isBoolean) implements Yaml {}

    record Sequence(Place place, List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Mapping(Place place, Map<String, Entry> entries) implements Yaml {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    record Entry(Place key, Yaml value) {}

    /** Reads a document; nothing when it is none, which is then among the problems. */
    static Optional<Yaml> read(Source source, Problems problems) {
        var settings = LoadSettings.builder()
                .setLabel(source.name())
                .setUseMarks(true)
                .setMaxAliasesForCollections(Reader.MAX_ALIASES)
                .setCodePointLimit((int) Source.MAX_BYTES)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(source.text());
            if (root.isEmpty()) {
                problems.error(source, "holds no YAML document", "write one");
                return Optional.empty();
            }
            return Optional.of(new Reader(source, problems).convert(root.get(), 0));
        } catch (MarkedYamlEngineException wrong) {
            Mark mark = wrong.getProblemMark().or(wrong::getContextMark).orElseThrow();
            String problem = wrong.getProblem() == null ? wrong.getContext() : wrong.getProblem();
            problems.error(
                    source,
                    mark.getLine() + 1,
                    mark.getColumn() + 1,
                    1,
                    "no YAML: " + problem,
                    "check quotes, brackets and indentation");
        } catch (YamlEngineException wrong) {
            problems.error(source, "no YAML: " + wrong.getMessage(), "give one YAML document");
        }
        return Optional.empty();
    }

    /** A text as the value of an option, for instance {@code 24MiB/s} or {@code [r1, r2]}. */
    static Optional<Yaml> value(String option, String text, Problems problems) {
        return read(Source.of(option, text), problems);
    }

    /** Turns the library's nodes into ours. */
    final class Reader {
        static final int MAX_ALIASES = 50;
        private static final int MAX_DEPTH = 50;

        private final Source source;
        private final Problems problems;

        Reader(Source source, Problems problems) {
            this.source = source;
            this.problems = problems;
        }

        Yaml convert(Node node, int depth) {
            Place place = place(node);
            if (depth > MAX_DEPTH) {
                error(place, "is nested too deeply", "the most is " + MAX_DEPTH + " levels");
                return new Scalar(place, "", true, false, false);
            }
            if (node instanceof MappingNode mapping) {
                return mapping(mapping, place, depth);
            }
            if (node instanceof SequenceNode sequence) {
                var items = new ArrayList<Yaml>();
                sequence.getValue().forEach(item -> items.add(convert(item, depth + 1)));
                return new Sequence(place, items);
            }
            var scalar = (ScalarNode) node;
            Tag tag = scalar.getTag();
            return new Scalar(
                    place,
                    scalar.getValue(),
                    tag.equals(Tag.NULL),
                    tag.equals(Tag.INT) || tag.equals(Tag.FLOAT),
                    tag.equals(Tag.BOOL));
        }

        private Yaml mapping(MappingNode mapping, Place place, int depth) {
            var entries = new LinkedHashMap<String, Entry>();
            String open = "";
            for (NodeTuple tuple : mapping.getValue()) {
                Place key = place(tuple.getKeyNode());
                if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                    error(key, "a key must be a word", "write key: value");
                    continue;
                }
                Yaml value = convert(tuple.getValueNode(), depth + 1);
                if (!open.isEmpty() && value instanceof Scalar rest && rest.isNull()) {
                    entries.computeIfPresent(open, (any, begun) -> joined(begun, name.getValue()));
                    open = isOpen(entries.get(open)) ? open : "";
                    continue;
                }
                Entry before = entries.get(name.getValue());
                if (before != null) {
                    error(
                            key,
                            name.getValue() + " is given twice",
                            "remove one of them; the first is in line "
                                    + before.key().line());
                    continue;
                }
                var entry = new Entry(key, value);
                entries.put(name.getValue(), entry);
                open = isOpen(entry) ? name.getValue() : "";
            }
            return new Mapping(place, entries);
        }

        /** In braces YAML ends a plain value at its comma: {@code f(a=1, b=2)} arrives in two pieces. */
        private static boolean isOpen(@Nullable Entry entry) {
            return entry != null
                    && entry.value() instanceof Scalar scalar
                    && scalar.text().lastIndexOf('(') > scalar.text().lastIndexOf(')');
        }

        private static Entry joined(Entry begun, String rest) {
            Place place = begun.value().place();
            String text = ((Scalar) begun.value()).text() + ", " + rest;
            return new Entry(
                    begun.key(),
                    new Scalar(
                            new Place(place.source(), place.line(), place.column(), text.length()),
                            text,
                            false,
                            false,
                            false));
        }

        private Place place(Node node) {
            Mark start = node.getStartMark().orElseThrow();
            Mark end = node.getEndMark().orElse(start);
            int length = end.getLine() == start.getLine() ? end.getColumn() - start.getColumn() : 1;
            return new Place(source, start.getLine() + 1, start.getColumn() + 1, Math.max(1, length));
        }

        private void error(Place place, String what, String remedy) {
            problems.error(place.source(), place.line(), place.column(), place.length(), what, remedy);
        }
    }
}
