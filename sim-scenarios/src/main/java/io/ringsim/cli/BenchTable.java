package io.ringsim.cli;

import io.ringsim.bench.Bench;
import io.ringsim.bench.BenchResult;
import io.ringsim.report.FiguresPage;
import java.util.List;
import java.util.Locale;

/** A benchmark's results in rows: for a terminal, as CSV and on a page. */
final class BenchTable {
    private BenchTable() {}

    static TextTable text(List<BenchResult> results) {
        var table = new TextTable("Case", ">Ours", ">Reference", ">Ratio", "Unit", "Reference is");
        results.forEach(result -> table.row(cells(result).toArray(String[]::new)));
        return table;
    }

    static FiguresPage page(Bench bench, List<BenchResult> results) {
        return new FiguresPage(
                "ringsim bench " + bench.name(),
                "Measured here: " + bench.description() + ".",
                bench.charts(results),
                List.of("Case", "#Ours", "#Reference", "#Ratio", "Unit", "Reference is"),
                results.stream().map(BenchTable::cells).toList());
    }

    private static List<String> cells(BenchResult result) {
        return List.of(
                result.name(),
                figure(result.our()),
                figure(result.their()),
                result.isCompared() ? String.format(Locale.ROOT, "%.2f", result.ratio()) : "",
                result.unit(),
                result.referenceName());
    }

    private static String figure(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        return value >= 1_000 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    static String csv(List<BenchResult> results) {
        var csv = new StringBuilder(CsvText.line("case", "unit", "ours", "reference", "reference_name", "ratio"));
        results.forEach(result -> csv.append(CsvText.line(
                result.name(),
                result.unit(),
                number(result.our()),
                number(result.their()),
                result.referenceName(),
                number(result.ratio()))));
        return csv.toString();
    }

    private static String number(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
