package io.ringsim.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.scenario.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The JSON of a run: what {@code run --format json} prints and {@code verdict.json} holds. */
public final class RunJson {
    public static final String SCHEMA = "ringsim/run/1";

    static final JsonFactory JSON = JsonText.JSON;

    private RunJson() {}

    /** Indented, with a closing line feed. */
    public static String pretty(RunResult run) {
        return JsonText.pretty(json -> write(run, json));
    }

    /** On one line, without a closing line feed: one entry of NDJSON. */
    public static String compact(RunResult run) {
        return JsonText.compact(json -> write(run, json));
    }

    private static void write(RunResult run, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        json.writeStringField("scenario", run.scenario());
        json.writeNumberField("seed", run.seed());
        json.writeStringField("outcome", word(run.outcome()));
        json.writeStringField("reason", run.reason());
        json.writeStringField("virtualTime", run.virtualTime().toString());
        json.writeStringField("wallTime", run.wallTime().toString());
        json.writeNumberField("events", run.events());
        json.writeStringField("traceHash", run.traceHash());
        json.writeArrayFieldStart("operations");
        for (var operation : run.operations()) {
            write(operation, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("invariants");
        for (var invariant : run.invariants()) {
            write(invariant, json);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("expectations");
        for (var expectation : run.expectations()) {
            json.writeStartObject();
            json.writeStringField("name", expectation.name());
            json.writeBooleanField("passed", expectation.passed());
            json.writeStringField("detail", expectation.detail());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("network");
        for (var counter : run.network().entrySet()) {
            json.writeNumberField(counter.getKey(), counter.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("faults");
        for (var fault : run.faults()) {
            json.writeStartObject();
            json.writeStringField("fault", fault.fault());
            json.writeStringField("detail", fault.detail());
            writeMoments(fault.started(), fault.ended(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(RunResult.OperationRun operation, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("operation", operation.operation());
        json.writeStringField("node", operation.node().value());
        json.writeStringField("outcome", word(operation.outcome()));
        json.writeStringField("reason", operation.reason());
        writeMoments(operation.started(), operation.ended(), json);
        json.writeArrayFieldStart("sessions");
        for (var session : operation.sessions()) {
            write(session, json);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void write(RunResult.SessionRun session, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("peer", session.peer().value());
        json.writeStringField("state", session.state());
        json.writeStringField("failure", session.failure());
        writeMoments(session.started(), session.ended(), json);
        json.writeNumberField("filesSent", session.filesSent());
        json.writeNumberField("filesReceived", session.filesReceived());
        json.writeNumberField("bytesSent", session.bytesSent());
        json.writeNumberField("bytesReceived", session.bytesReceived());
        json.writeNumberField("retries", session.retries());
        json.writeEndObject();
    }

    private static void write(RunResult.InvariantRun invariant, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("name", invariant.name());
        json.writeNumberField("checks", invariant.checks());
        writeTexts("violations", invariant.violations(), json);
        json.writeEndObject();
    }

    private static void writeMoments(Duration started, Duration ended, JsonGenerator json) throws IOException {
        json.writeStringField("started", started.toString());
        json.writeStringField("ended", ended.toString());
    }

    static void writeTexts(String name, List<String> texts, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart(name);
        for (var text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
