package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import java.util.Arrays;
import java.util.List;

/** The small pieces all sections of the report are made of. */
final class HtmlParts {
    private HtmlParts() {}

    /** A section with its heading, reachable by its id. */
    static Element section(String id, String heading, List<? extends Markup> content) {
        return element("section")
                .with("id", id)
                .with("aria-labelledby", id + "-heading")
                .add(element("h2").with("id", id + "-heading").text(heading))
                .add(content);
    }

    static Element paragraph(String text) {
        return element("p").text(text);
    }

    /** A table; a column whose heading starts with {@code #} holds numbers. */
    static Element table(String caption, List<String> columns, List<Element> rows) {
        var heads = columns.stream().map(HtmlParts::head).toList();
        var table = element("table")
                .add(element("caption").text(caption))
                .add(element("thead").add(element("tr").add(heads)))
                .add(element("tbody").add(rows));
        return element("div", "wide")
                .with("role", "group")
                .with("tabindex", 0)
                .with("aria-label", caption)
                .add(table);
    }

    private static Element head(String column) {
        var head = element("th").with("scope", "col");
        return column.startsWith("#") ? head.with("class", "number").text(column.substring(1)) : head.text(column);
    }

    /** A row whose first cell names it. */
    static Element row(Element head, Element... cells) {
        return element("tr").add(head).add(Arrays.asList(cells));
    }

    static Element rowHead(Object text) {
        return element("th").with("scope", "row").text(text);
    }

    static Element cell(Object text) {
        return element("td").text(text);
    }

    static Element number(Object text) {
        return element("td", "number").text(text);
    }

    /** A word with a sign before it, so that colour is never all there is. */
    static Element verdict(boolean good, String word) {
        return element("span", good ? "good" : "bad").text((good ? "\u2714 " : "\u2718 ") + word);
    }

    static String shortened(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "\u2026";
    }

    /** {@code before → after}, or the one there is. */
    static String change(String before, String after) {
        if (before.isEmpty() || after.isEmpty()) {
            return before.isEmpty() ? "\u2013 \u2192 " + after : before + " \u2192 \u2013";
        }
        return before + " \u2192 " + after;
    }
}
