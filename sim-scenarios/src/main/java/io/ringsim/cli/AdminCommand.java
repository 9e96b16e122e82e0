package io.ringsim.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import io.ringsim.input.BadInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Operates a host that runs. */
@Command(
        name = "admin",
        description = "Has a host that runs do something.",
        footer = {
            "",
            "OPERATION is decommission, flush, compact or cleanup (each with --node), remove NODE, leave, drain or stop. remove",
            "has a node of the host take the dead NODE out of the ring. leave has all nodes of the host decommissioned, one after",
            "the other, and then the process ends. Steps are told on standard error as they come, the outcome as JSON on standard",
            "output. Exit code 1: it failed or was refused.",
            "",
            "Examples:",
            "  ringsim admin decommission --live 127.0.0.1:7180 --node host1-1 --token-file token",
            "  ringsim admin remove host2-1 --live 127.0.0.1:7180 --token-file token",
            "  ringsim admin leave --live 127.0.0.1:7180 --token-file token",
            "  ringsim admin drain --live 127.0.0.1:7180 --token-file token"
        })
final class AdminCommand implements Callable<Integer> {
    private static final List<String> OF_NODES = List.of("decommission", "flush", "compact", "cleanup");
    private static final String REMOVE = "remove";
    private static final List<String> OF_HOSTS = List.of("leave", "drain", "stop");
    private static final int REFUSED_FROM = 400;

    private final Shell shell;

    @Parameters(index = "0", paramLabel = "OPERATION", description = "What to do.")
    private String operation = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "NODE", description = "The dead node to remove.")
    private String dead = "";

    @Option(names = "--live", required = true, paramLabel = "HOST:PORT", description = "Where the host is watched.")
    private String live = "";

    @Option(names = "--node", paramLabel = "NODE", description = "The node of that host.")
    private String node = "";

    @Option(
            names = "--force",
            description = {
                "Decommission or leave also when fewer nodes remain than a keyspace has replicas;",
                "end the removal that the host runs without waiting for data."
            })
    private boolean force;

    @Option(
            names = "--token-file",
            required = true,
            paramLabel = "FILE",
            description = "The file with the host's token.")
    private Path tokenFile = Path.of("");

    AdminCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        var answer = new LiveHost(live).operate(operation, query(), token());
        var lines = new ArrayList<String>();
        for (Iterator<String> each = answer.body().iterator(); each.hasNext(); ) {
            var line = each.next();
            lines.add(line);
            if (answer.statusCode() < REFUSED_FROM) {
                var members = members(line);
                if (members.containsKey("step")) {
                    shell.say(members.get("node") + ": " + members.get("step"));
                }
            }
        }
        var last = lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        if (answer.statusCode() >= REFUSED_FROM) {
            shell.say(live + ": " + last);
            return ExitCode.FAILED;
        }
        shell.out().println(last);
        var outcome = members(last);
        if (!"completed".equals(outcome.get("outcome"))) {
            shell.say(operation + " " + outcome.get("outcome") + ": " + outcome.get("reason"));
            return ExitCode.FAILED;
        }
        return ExitCode.OK;
    }

    private String query() {
        if (OF_NODES.contains(operation)) {
            if (node.isEmpty()) {
                throw BadInput.in("--node", "there is none", "name the node to " + operation);
            }
            return "?node=" + LiveHost.encoded(node) + "&force=" + force;
        }
        if (operation.equals(REMOVE)) {
            if (dead.isEmpty() && !force) {
                throw BadInput.in("NODE", "there is none", "name the dead node to remove: remove host2-1");
            }
            return "?node=" + LiveHost.encoded(dead.isEmpty() ? "-" : dead) + "&force=" + force;
        }
        if (!OF_HOSTS.contains(operation)) {
            throw BadInput.in(
                    "OPERATION",
                    "there is no " + operation,
                    "write one of " + OF_NODES + ", " + REMOVE + " or " + OF_HOSTS);
        }
        return "?force=" + force;
    }

    private String token() {
        try {
            return Files.readString(tokenFile).strip();
        } catch (IOException unreadable) {
            throw BadInput.in("--token-file", tokenFile + " cannot be read", "name the file with the host's token");
        }
    }

    /** The texts of an object. */
    private static Map<String, String> members(String line) {
        var members = new TreeMap<String, String>();
        try (var json = new JsonFactory().createParser(line)) {
            while (json.nextToken() != null) {
                if (json.currentToken() == JsonToken.VALUE_STRING) {
                    members.put(String.valueOf(json.currentName()), json.getText());
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(new IOException("the host's answer was cut off: " + line, broken));
        }
        return members;
    }
}
