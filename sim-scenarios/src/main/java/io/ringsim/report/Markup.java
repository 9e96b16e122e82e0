package io.ringsim.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of HTML, SVG or XML, well-formed as XML in each case. Text is escaped when it is rendered, and only then, so
 * no name can become markup.
 */
sealed interface Markup {
    void render(StringBuilder out);

    /** Characters, shown as they are. */
    record Text(String text) implements Markup {
        @Override
        public void render(StringBuilder out) {
            escape(text, out);
        }
    }

    /** Text of our own that holds no character markup would mind: a style sheet. */
    record Verbatim(String text) implements Markup {
        @Override
        public void render(StringBuilder out) {
            out.append(text);
        }
    }

    /** Several pieces, one after the other. */
    record Sequence(List<Markup> parts) implements Markup {
        @Override
        public void render(StringBuilder out) {
            parts.forEach(part -> part.render(out));
        }
    }

    /** An element; immutable, every change is a new one. */
    record Element(String name, Map<String, String> attributes, List<Markup> children) implements Markup {
        Element with(String attribute, Object value) {
            var more = new LinkedHashMap<>(attributes);
            more.put(attribute, value instanceof Double number ? Units.decimal(number, 1) : value.toString());
            return new Element(name, more, children);
        }

        Element add(Markup... more) {
            return add(Arrays.asList(more));
        }

        Element add(List<? extends Markup> more) {
            var all = new ArrayList<Markup>(children);
            all.addAll(more);
            return new Element(name, attributes, all);
        }

        Element text(Object text) {
            return add(new Text(text.toString()));
        }

        @Override
        public void render(StringBuilder out) {
            out.append('<').append(name);
            attributes.forEach((attribute, value) -> {
                out.append(' ').append(attribute).append("=\"");
                escape(value, out);
                out.append('"');
            });
            if (children.isEmpty() && MAY_CLOSE_ITSELF.contains(name)) {
                out.append("/>");
            } else {
                out.append('>');
                children.forEach(child -> child.render(out));
                out.append("</").append(name).append('>');
            }
            if (!INLINE.contains(name)) {
                out.append('\n');
            }
        }
    }

    /** HTML's elements without content, and shapes; all others need a closing tag to be HTML. */
    List<String> MAY_CLOSE_ITSELF = List.of("meta", "path", "rect", "line", "circle", "skipped", "property");

    /** What stands within a line; behind all else a line break changes nothing but keeps the file readable. */
    List<String> INLINE = List.of("a", "span", "code", "strong", "text");

    static Element element(String name) {
        return new Element(name, new LinkedHashMap<>(), List.of());
    }

    static Element element(String name, String cssClass) {
        return element(name).with("class", cssClass);
    }

    static Markup text(String text) {
        return new Text(text);
    }

    static Markup sequence(List<? extends Markup> parts) {
        return new Sequence(List.copyOf(parts));
    }

    static Markup nothing() {
        return new Sequence(List.of());
    }

    private static void escape(String raw, StringBuilder out) {
        raw.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\r', '\t' -> out.append("&#").append(c).append(';');
                default -> out.appendCodePoint(isXml(c) ? c : '\uFFFD');
            }
        });
    }

    /** Whether XML 1.0 can carry the character at all. */
    private static boolean isXml(int c) {
        return (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
