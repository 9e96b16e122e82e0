package io.ringsim.deploy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.report.JsonText;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.RangeStreamer;
import java.io.IOException;
import java.util.Optional;

/** What happens to a node, as one line of JSON. */
final class NodeEventJson {
    private NodeEventJson() {}

    /** Nothing of what repeats what another event says. */
    static Optional<String> of(Node.Event event) {
        if (event instanceof Node.ModeChanged changed) {
            return Optional.of(object(
                    "mode",
                    changed.node(),
                    json -> json.writeStringField("mode", changed.mode().name())));
        } else if (event instanceof Node.OperationMoved moved) {
            return of(moved);
        } else if (event instanceof Node.Streamed streamed) {
            return of(streamed.node(), streamed.event());
        }
        return Optional.empty();
    }

    private static Optional<String> of(Node.OperationMoved moved) {
        if (moved.event() instanceof Operation.Step step) {
            return Optional.of(object("step", moved.node(), json -> {
                json.writeStringField("operation", moved.operation());
                json.writeStringField("step", step.text());
            }));
        } else if (moved.event() instanceof Operation.Ended ended) {
            return Optional.of(object("ended", moved.node(), json -> {
                json.writeStringField("operation", moved.operation());
                json.writeStringField("outcome", Outcomes.word(ended.outcome()));
                json.writeStringField("reason", Outcomes.reason(ended.outcome()));
            }));
        }
        return Optional.empty();
    }

    private static Optional<String> of(NodeId node, RangeStreamer.Event event) {
        if (event instanceof RangeStreamer.Prepared prepared) {
            return Optional.of(object("prepared", node, json -> {
                json.writeStringField("plan", prepared.plan());
                json.writeStringField("peer", prepared.peer().value());
                json.writeNumberField("bytesToSend", prepared.bytesToSend());
                json.writeNumberField("bytesToReceive", prepared.bytesToReceive());
            }));
        } else if (event instanceof RangeStreamer.Progress progress) {
            return Optional.of(object("progress", node, json -> {
                json.writeStringField("plan", progress.plan());
                json.writeStringField("peer", progress.peer().value());
                json.writeStringField("direction", progress.direction().name());
                json.writeStringField("file", progress.file());
                json.writeNumberField("bytes", progress.bytes());
                json.writeNumberField("total", progress.total());
            }));
        } else if (event instanceof RangeStreamer.SessionEnded ended) {
            return Optional.of(object("session", node, json -> {
                json.writeStringField("plan", ended.plan());
                json.writeStringField("peer", ended.result().peer().value());
                json.writeBooleanField("completed", ended.result().completed());
                json.writeStringField("failure", ended.result().failure());
                json.writeNumberField("bytesSent", ended.result().bytesSent());
                json.writeNumberField("bytesReceived", ended.result().bytesReceived());
            }));
        }
        return Optional.empty();
    }

    private interface Members {
        void write(JsonGenerator json) throws IOException;
    }

    private static String object(String event, NodeId node, Members members) {
        return JsonText.compact(json -> {
            json.writeStartObject();
            json.writeStringField("event", event);
            json.writeStringField("node", node.value());
            members.write(json);
            json.writeEndObject();
        });
    }
}
