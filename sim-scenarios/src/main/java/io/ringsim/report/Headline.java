package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult;

/** The verdict in words, what identifies the run, and the command that runs it again. */
final class Headline {
    private Headline() {}

    static Element of(StoredRun stored) {
        var run = stored.result();
        String sign = run.outcome() == RunResult.Verdict.PASSED
                ? "\u2714"
                : run.outcome() == RunResult.Verdict.FAILED ? "\u2718" : "?";
        var header = element("header", RunJson.word(run.outcome()))
                .add(element("p", "scenario").text(run.scenario()))
                .add(element("h1")
                        .add(element("span", "sign").with("aria-hidden", "true").text(sign))
                        .text(" " + capitalised(RunJson.word(run.outcome()))));
        if (!run.reason().isEmpty()) {
            header = header.add(element("p", "reason").text(run.reason()));
        }
        return header.add(facts(run))
                .add(element("p", "replay")
                        .text("Run it again: ")
                        .add(element("code").text(stored.replay())));
    }

    private static Element facts(RunResult run) {
        return element("dl", "facts")
                .add(fact("Seed", Long.toString(run.seed())))
                .add(fact("Virtual time", Units.duration(run.virtualTime())))
                .add(fact("Wall time", Units.duration(run.wallTime())))
                .add(fact("Events", Units.count(run.events())))
                .add(fact("Trace hash", run.traceHash().isEmpty() ? "none" : run.traceHash()));
    }

    private static Element fact(String name, String value) {
        return element("div").add(element("dt").text(name), element("dd").text(value));
    }

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
