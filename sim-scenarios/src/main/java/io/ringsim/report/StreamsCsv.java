package io.ringsim.report;

import io.ringsim.scenario.RunResult;
import java.util.Locale;

/**
 * One row per stream session, under the column names of Cassandra's {@code system_views.streaming} where they fit.
 * Moments are milliseconds of virtual time.
 */
final class StreamsCsv {
    private StreamsCsv() {}

    static String of(RunResult run) {
        var rows = new Csv(
                "id",
                "node",
                "operation",
                "peers",
                "status",
                "state",
                "started_millis",
                "ended_millis",
                "duration_millis",
                "failure_cause",
                "bytes_received",
                "bytes_sent",
                "files_received",
                "files_sent",
                "retries");
        int operations = 0;
        for (var operation : run.operations()) {
            operations++;
            int sessions = 0;
            for (var session : operation.sessions()) {
                rows.row(
                        "op" + operations + "-s" + ++sessions,
                        operation.node(),
                        operation.operation(),
                        session.peer(),
                        status(session.state()),
                        session.state(),
                        session.started().toMillis(),
                        session.ended().toMillis(),
                        session.ended().minus(session.started()).toMillis(),
                        session.failure(),
                        session.bytesReceived(),
                        session.bytesSent(),
                        session.filesReceived(),
                        session.filesSent(),
                        session.retries());
            }
        }
        return rows.toString();
    }

    /** The word the virtual table has for a session's state. */
    static String status(String state) {
        String lower = state.toLowerCase(Locale.ROOT);
        if (lower.startsWith("complete")) {
            return "success";
        }
        if (lower.startsWith("fail")) {
            return "failure";
        }
        return lower.startsWith("init") ? "init" : "start";
    }
}
