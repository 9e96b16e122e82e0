package io.ringsim.deploy;

import io.ringsim.operation.Operation;
import io.ringsim.report.JsonText;
import io.ringsim.storage.Housekeeping;

/** What operations came to, in the words that whoever operates a host gets. */
final class Outcomes {
    private Outcomes() {}

    /** {@code completed}, {@code failed} or {@code refused}. */
    static String word(Operation.Outcome outcome) {
        return outcome instanceof Operation.Failed
                ? "failed"
                : outcome instanceof Operation.Refused ? "refused" : "completed";
    }

    /** Why it did not complete; empty when it did. */
    static String reason(Operation.Outcome outcome) {
        if (outcome instanceof Operation.Failed failed) {
            return failed.reason();
        }
        return outcome instanceof Operation.Refused refused ? refused.reason() : "";
    }

    static String json(Operation.Outcome outcome) {
        return json(word(outcome), reason(outcome));
    }

    static String json(Housekeeping.Kept kept) {
        return kept instanceof Housekeeping.Failed failed ? json("failed", failed.reason()) : json("completed", "");
    }

    /** One line. */
    static String json(String word, String reason) {
        return JsonText.compact(json -> {
            json.writeStartObject();
            json.writeStringField("schema", "ringsim/outcome/1");
            json.writeStringField("outcome", word);
            json.writeStringField("reason", reason);
            json.writeEndObject();
        });
    }
}
