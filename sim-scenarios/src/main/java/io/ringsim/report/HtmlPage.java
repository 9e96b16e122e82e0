package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** One HTML file that needs no network and no script, and is light or dark as the reader's system is. */
final class HtmlPage {
    private HtmlPage() {}

    static String of(String title, List<? extends Markup> body) {
        var out = new StringBuilder("<!DOCTYPE html>\n");
        element("html")
                .with("lang", "en")
                .add(head(title), element("body").add(body))
                .render(out);
        return out.toString();
    }

    private static Element head(String title) {
        return element("head")
                .add(element("meta").with("charset", "utf-8"))
                .add(element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
                .add(element("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", "default-src 'none'; style-src 'unsafe-inline'"))
                .add(element("title").text(title))
                .add(element("style").add(new Markup.Verbatim(sheet())));
    }

    private static String sheet() {
        try (InputStream css = HtmlPage.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
