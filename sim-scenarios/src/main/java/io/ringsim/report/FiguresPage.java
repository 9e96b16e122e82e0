package io.ringsim.report;

import static io.ringsim.report.HtmlParts.paragraph;
import static io.ringsim.report.HtmlParts.section;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Figures as one HTML file: the charts first, if there are any, then all figures in a table.
 *
 * @param about what was measured, in a sentence
 * @param columns their headings; one that starts with {@code #} holds numbers
 * @param rows as many cells each as there are columns; the first names the row
 */
public record FiguresPage(
        String title, String about, List<Chart> charts, List<String> columns, List<List<String>> rows) {
    public FiguresPage {
        charts = List.copyOf(charts);
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    public void write(Path file) {
        FolderFiles.write(file, html());
    }

    String html() {
        var sections = new ArrayList<Element>();
        if (!charts.isEmpty()) {
            sections.add(section(
                    "charts",
                    "Charts",
                    List.of(element("div", "charts")
                            .add(charts.stream().map(LineChart::of).toList()))));
        }
        sections.add(section(
                "figures",
                "Figures",
                List.of(HtmlParts.table(
                        title, columns, rows.stream().map(this::row).toList()))));
        var header = element("header").add(element("h1").text(title), paragraph(about));
        return HtmlPage.of(title, List.of(header, element("main").add(sections)));
    }

    private Element row(List<String> cells) {
        var row = HtmlParts.row(HtmlParts.rowHead(cells.get(0)));
        for (int i = 1; i < cells.size(); i++) {
            row = row.add(
                    columns.get(i).startsWith("#") ? HtmlParts.number(cells.get(i)) : HtmlParts.cell(cells.get(i)));
        }
        return row;
    }
}
