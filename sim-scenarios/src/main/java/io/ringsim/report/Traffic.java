package io.ringsim.report;

import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.HtmlParts.rowHead;

import io.ringsim.report.Markup.Element;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counters of the network; {@code messages.KIND} and {@code bytes.KIND} make one row. */
final class Traffic {
    private static final String MESSAGES = "messages.";
    private static final String BYTES = "bytes.";

    private Traffic() {}

    static Element of(SortedMap<String, Long> counters) {
        if (counters.isEmpty()) {
            return HtmlParts.paragraph("Nothing was counted.");
        }
        var rows = new TreeMap<String, Element>(NaturalOrder.INSTANCE);
        counters.keySet().forEach(counter -> {
            String kind = kind(counter);
            rows.put(
                    kind,
                    HtmlParts.row(
                            rowHead(kind),
                            number(counted(counters.get(kind.equals(counter) ? counter : MESSAGES + kind))),
                            number(size(counters.get(BYTES + kind)))));
        });
        return HtmlParts.table("Messages by kind", List.of("Kind", "#Messages", "#Bytes"), List.copyOf(rows.values()));
    }

    private static String kind(String counter) {
        if (counter.startsWith(MESSAGES)) {
            return counter.substring(MESSAGES.length());
        }
        return counter.startsWith(BYTES) ? counter.substring(BYTES.length()) : counter;
    }

    private static String counted(@Nullable Long amount) {
        return amount == null ? "" : Units.count(amount);
    }

    private static String size(@Nullable Long amount) {
        return amount == null ? "" : Units.bytes(amount);
    }
}
