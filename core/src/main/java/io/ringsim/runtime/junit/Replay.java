package io.ringsim.runtime.junit;

import java.util.Collections;
import java.util.IdentityHashMap;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.IncompleteExecutionException;

/** The last line of a failure's report: the command that runs the same test with the same seed. Never thrown. */
final class Replay extends Exception {
    private static final long serialVersionUID = 1;

    private Replay(String command) {
        super(command, null, false, false);
    }

    /** Adds the command to a failure, behind its last cause, where a stack trace ends. */
    static void attach(long seed, ExtensionContext context, Throwable thrown) {
        if (!(thrown instanceof IncompleteExecutionException)) {
            last(thrown).addSuppressed(new Replay(command(seed, context)));
        }
    }

    private static Throwable last(Throwable thrown) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var last = thrown;
        for (var cause = thrown; cause != null && seen.add(cause); cause = cause.getCause()) {
            last = cause;
        }
        return last;
    }

    private static String command(long seed, ExtensionContext context) {
        var test = context.getRequiredTestClass().getName();
        var selected = test.substring(test.lastIndexOf('.') + 1) + "#"
                + context.getRequiredTestMethod().getName();
        var quoted = selected.contains("$") ? "'" + selected + "'" : selected;
        return "mvn test -Dtest=" + quoted + " -D" + Seeds.ONE + "=" + seed;
    }
}
