package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.Expectation;
import io.ringsim.scenario.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as Surefire reports tests: one case per operation, invariant and expectation. Times are virtual. A run that did
 * not pass is never green: if no case failed, one more case named {@code verdict} does.
 */
final class JunitXml {
    private JunitXml() {}

    private record Case(Element element, boolean failed, boolean error) {}

    static String of(RunResult run) {
        var cases = new ArrayList<Case>();
        run.operations().forEach(operation -> cases.add(operation(run, operation)));
        run.invariants().forEach(invariant -> cases.add(invariant(run, invariant)));
        run.expectations().forEach(expectation -> cases.add(expectation(run, expectation)));
        if (run.outcome() == RunResult.Verdict.UNDECIDED) {
            cases.add(broken(testcase(run, "run", "verdict", run.virtualTime()), "error", "undecided", run.reason()));
        } else if (run.outcome() == RunResult.Verdict.FAILED && cases.stream().noneMatch(Case::failed)) {
            cases.add(broken(testcase(run, "run", "verdict", run.virtualTime()), "failure", "failed", run.reason()));
        }
        var text = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        suite(run, cases).render(text);
        return text.toString();
    }

    private static Element suite(RunResult run, List<Case> cases) {
        return element("testsuite")
                .with("name", "ringsim." + run.scenario())
                .with("time", seconds(run.virtualTime()))
                .with("tests", cases.size())
                .with("errors", cases.stream().filter(Case::error).count())
                .with("skipped", 0)
                .with("failures", cases.stream().filter(Case::failed).count())
                .add(element("properties")
                        .add(property("seed", Long.toString(run.seed())))
                        .add(property("outcome", RunJson.word(run.outcome())))
                        .add(property("traceHash", run.traceHash()))
                        .add(property("virtualTime", run.virtualTime().toString()))
                        .add(property("wallTime", run.wallTime().toString())))
                .add(cases.stream().map(Case::element).toList());
    }

    private static Case operation(RunResult run, RunResult.OperationRun operation) {
        var test = testcase(
                run,
                "operation",
                operation.operation() + " " + operation.node(),
                operation.ended().minus(operation.started()));
        if (operation.outcome() == Expectation.Outcome.COMPLETED) {
            return new Case(test, false, false);
        }
        String outcome = RunJson.word(operation.outcome());
        return run.outcome() == RunResult.Verdict.PASSED
                ? new Case(
                        test.add(element("system-out").text(outcome + ", as expected: " + operation.reason())),
                        false,
                        false)
                : broken(test, "failure", outcome, operation.reason());
    }

    private static Case invariant(RunResult run, RunResult.InvariantRun invariant) {
        var test = testcase(run, "invariant", invariant.name(), Duration.ZERO);
        return invariant.violations().isEmpty()
                ? new Case(test, false, false)
                : broken(test, "failure", "violated", String.join("\n", invariant.violations()));
    }

    private static Case expectation(RunResult run, RunResult.ExpectationRun expectation) {
        var test = testcase(run, "expectation", expectation.name(), Duration.ZERO);
        return expectation.passed()
                ? new Case(test, false, false)
                : broken(test, "failure", "not met", expectation.detail());
    }

    private static Element testcase(RunResult run, String kind, String name, Duration time) {
        return element("testcase")
                .with("name", name)
                .with("classname", "ringsim." + run.scenario() + "." + kind)
                .with("time", seconds(time));
    }

    private static Case broken(Element test, String how, String type, String detail) {
        var mark = element(how)
                .with("message", detail.lines().findFirst().orElse(type))
                .with("type", type)
                .text(detail);
        return new Case(test.add(mark), how.equals("failure"), how.equals("error"));
    }

    private static Element property(String name, String value) {
        return element("property").with("name", name).with("value", value);
    }

    private static String seconds(Duration time) {
        return Units.decimal(time.toMillis() / 1e3, 3);
    }
}
