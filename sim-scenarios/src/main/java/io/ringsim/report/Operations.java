package io.ringsim.report;

import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.HtmlParts.row;
import static io.ringsim.report.HtmlParts.rowHead;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.Expectation;
import io.ringsim.scenario.RunResult;
import java.util.List;

/** What was asked of nodes, how it ended and what it moved. */
final class Operations {
    private Operations() {}

    static Element table(RunResult run) {
        return run.operations().isEmpty()
                ? HtmlParts.paragraph("None was carried out.")
                : HtmlParts.table(
                        Units.count(run.operations().size(), "operation"),
                        List.of(
                                "Operation",
                                "Outcome",
                                "#Began",
                                "#Took",
                                "#Peers",
                                "#Received",
                                "#Sent",
                                "#Files",
                                "#Retries"),
                        run.operations().stream().map(Operations::operation).toList());
    }

    private static Element operation(RunResult.OperationRun operation) {
        boolean good = operation.outcome() == Expectation.Outcome.COMPLETED;
        String outcome =
                RunJson.word(operation.outcome()) + (operation.reason().isEmpty() ? "" : ": " + operation.reason());
        var sessions = operation.sessions();
        return row(
                rowHead(operation.operation() + " " + operation.node()),
                element("td").add(HtmlParts.verdict(good, outcome)),
                number(Units.duration(operation.started())),
                number(Units.duration(operation.ended().minus(operation.started()))),
                number(sessions.stream()
                        .map(RunResult.SessionRun::peer)
                        .distinct()
                        .count()),
                number(Units.bytes(sessions.stream()
                        .mapToLong(RunResult.SessionRun::bytesReceived)
                        .sum())),
                number(Units.bytes(sessions.stream()
                        .mapToLong(RunResult.SessionRun::bytesSent)
                        .sum())),
                number(Units.count(sessions.stream()
                        .mapToLong(session -> session.filesReceived() + session.filesSent())
                        .sum())),
                number(sessions.stream()
                        .mapToLong(RunResult.SessionRun::retries)
                        .sum()));
    }
}
