package io.ringsim.report;

import static io.ringsim.report.HtmlParts.cell;
import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.HtmlParts.row;
import static io.ringsim.report.HtmlParts.rowHead;

import io.ringsim.report.Markup.Element;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.OperationRun;
import io.ringsim.scenario.RunResult.SessionRun;
import java.util.ArrayList;
import java.util.List;

/** The stream sessions in words and as a table. */
final class Streams {
    static final int SHOWN = 500;

    private Streams() {}

    /** {@code n2 → n7}: from whom the bytes went to whom. */
    static String direction(OperationRun operation, SessionRun session) {
        if (session.bytesSent() > 0 && session.bytesReceived() > 0) {
            return operation.node() + " \u2194 " + session.peer();
        }
        return session.bytesSent() > 0
                ? operation.node() + " \u2192 " + session.peer()
                : session.peer() + " \u2192 " + operation.node();
    }

    static String amount(SessionRun session) {
        String retries = session.retries() == 0
                ? ""
                : ", " + (session.retries() == 1 ? "1 retry" : session.retries() + " retries");
        return Units.bytes(session.bytesReceived() + session.bytesSent()) + ", "
                + Units.count(session.filesReceived() + session.filesSent(), "file") + retries;
    }

    static Element table(RunResult run) {
        var rows = new ArrayList<Element>();
        for (var operation : run.operations()) {
            operation.sessions().forEach(session -> rows.add(tableRow(operation, session)));
        }
        String caption = rows.size() > SHOWN
                ? "The first " + SHOWN + " of " + Units.count(rows.size()) + " sessions; streams.csv has all"
                : Units.count(rows.size(), "session");
        return HtmlParts.table(
                caption,
                List.of("Operation", "Session", "State", "#Began", "#Took", "#Received", "#Sent", "#Files", "#Retries"),
                rows.subList(0, Math.min(rows.size(), SHOWN)));
    }

    private static Element tableRow(OperationRun operation, SessionRun session) {
        boolean good = session.failure().isEmpty();
        return row(
                rowHead(operation.operation() + " " + operation.node()),
                cell(direction(operation, session)),
                good
                        ? cell(session.state())
                        : Markup.element("td")
                                .add(HtmlParts.verdict(false, session.state() + ": " + session.failure())),
                number(Units.duration(session.started())),
                number(Units.duration(session.ended().minus(session.started()))),
                number(Units.bytes(session.bytesReceived())),
                number(Units.bytes(session.bytesSent())),
                number(Units.count(session.filesReceived() + session.filesSent())),
                number(session.retries()));
    }
}
