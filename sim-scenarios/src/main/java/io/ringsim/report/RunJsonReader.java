package io.ringsim.report;

import io.ringsim.ring.NodeId;
import io.ringsim.scenario.Expectation;
import io.ringsim.scenario.RunResult;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads back what {@link RunJson} wrote. */
final class RunJsonReader {
    private RunJsonReader() {}

    /** The run, with the nodes that its events tell of. */
    static RunResult read(String place, String text, List<RunResult.NodeRun> nodes) {
        JsonValue run = JsonValue.parse(place, text);
        String schema = run.get("schema").text();
        if (!schema.equals(RunJson.SCHEMA)) {
            throw RunFolderException.badInput(
                    place, "has the schema \"" + schema + "\"", "this version reads " + RunJson.SCHEMA);
        }
        return new RunResult(
                run.get("scenario").text(),
                run.get("seed").number(),
                run.get("outcome").constant(RunResult.Verdict.class),
                run.get("reason").text(),
                run.get("virtualTime").duration(),
                run.get("wallTime").duration(),
                run.get("events").number(),
                run.get("traceHash").text(),
                run.get("operations").items(RunJsonReader::operation),
                run.get("invariants").items(RunJsonReader::invariant),
                run.get("expectations").items(RunJsonReader::expectation),
                counters(run.get("network")),
                run.get("faults").items(RunJsonReader::fault),
                nodes);
    }

    private static RunResult.OperationRun operation(JsonValue operation) {
        return new RunResult.OperationRun(
                operation.get("operation").text(),
                node(operation.get("node")),
                operation.get("outcome").constant(Expectation.Outcome.class),
                operation.get("reason").text(),
                operation.get("started").duration(),
                operation.get("ended").duration(),
                operation.get("sessions").items(RunJsonReader::session));
    }

    private static RunResult.SessionRun session(JsonValue session) {
        return new RunResult.SessionRun(
                node(session.get("peer")),
                session.get("state").text(),
                session.get("failure").text(),
                session.get("started").duration(),
                session.get("ended").duration(),
                (int) session.get("filesSent").number(),
                (int) session.get("filesReceived").number(),
                session.get("bytesSent").number(),
                session.get("bytesReceived").number(),
                (int) session.get("retries").number());
    }

    private static RunResult.InvariantRun invariant(JsonValue invariant) {
        return new RunResult.InvariantRun(
                invariant.get("name").text(),
                invariant.get("checks").number(),
                invariant.get("violations").items(JsonValue::text));
    }

    private static RunResult.ExpectationRun expectation(JsonValue expectation) {
        return new RunResult.ExpectationRun(
                expectation.get("name").text(),
                expectation.get("passed").truth(),
                expectation.get("detail").text());
    }

    private static RunResult.FaultRun fault(JsonValue fault) {
        return new RunResult.FaultRun(
                fault.get("fault").text(),
                fault.get("detail").text(),
                fault.get("started").duration(),
                fault.get("ended").duration());
    }

    private static SortedMap<String, Long> counters(JsonValue network) {
        var counters = new TreeMap<String, Long>();
        network.members().forEach((name, count) -> counters.put(name, count.number()));
        return counters;
    }

    static NodeId node(JsonValue name) {
        return name.parsed("the name of a node", NodeId::new);
    }
}
