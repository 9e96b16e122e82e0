package io.ringsim.report;

import static io.ringsim.report.HtmlParts.cell;
import static io.ringsim.report.HtmlParts.row;
import static io.ringsim.report.HtmlParts.rowHead;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult;
import java.util.ArrayList;
import java.util.List;

/** What the run was held to, and whether it kept it. */
final class Checks {
    private Checks() {}

    static Element table(RunResult run) {
        var rows = new ArrayList<Element>();
        for (var expectation : run.expectations()) {
            rows.add(row(
                    rowHead(expectation.name()),
                    cell("at the end"),
                    element("td")
                            .add(HtmlParts.verdict(expectation.passed(), expectation.passed() ? "held" : "not met")),
                    cell(expectation.detail())));
        }
        for (var invariant : run.invariants()) {
            boolean held = invariant.violations().isEmpty();
            rows.add(row(
                    rowHead(invariant.name()),
                    cell("always"),
                    element("td").add(HtmlParts.verdict(held, held ? "held" : "violated")),
                    cell(Units.count(invariant.checks(), "check")
                            + (held ? "" : ": " + String.join("; ", invariant.violations())))));
        }
        return rows.isEmpty()
                ? HtmlParts.paragraph("Nothing was checked.")
                : HtmlParts.table("Expectations and invariants", List.of("What", "When", "Verdict", "Detail"), rows);
    }
}
