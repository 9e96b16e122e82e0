package io.ringsim.cli;

import io.ringsim.deploy.HostConfig;
import io.ringsim.deploy.HostProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs one host of a ring. */
@Command(
        name = "node",
        description = "Runs a host of nodes, as a member of a cluster of hosts.",
        footer = {
            "",
            "Runs until it is told to stop (SIGTERM, Ctrl-C, ringsim admin stop): then it drains its nodes and leaves the",
            "cluster. When the others have taken it for dead it ends with exit code 3 and is to be started again.",
            "All keys of FILE, and what they are when it has none, are printed by --check.",
            "",
            "Example:",
            "  ringsim node --config host1.conf"
        })
final class NodeCommand implements Callable<Integer> {
    private static final String LOG = "ringsim.log";

    private final Shell shell;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The host's configuration, HOCON.")
    private Path config = Path.of("");

    @Option(names = "--check", description = "Reads the configuration, prints what holds, and does nothing.")
    private boolean check;

    NodeCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        if (System.getProperty(LOG) == null) {
            System.setProperty(LOG, "WARN"); // before anything logs: a process that runs long has news for its operator
        }
        var read = HostConfig.read(config);
        shell.warn(read.warnings());
        if (check) {
            shell.out().print(read.rendered());
            return ExitCode.OK;
        }
        LoggerFactory.getLogger(NodeCommand.class).debug("{} starts", read.name()); // before many threads log at once
        try (var host = HostProcess.start(read)) {
            shell.say(read.name() + " runs; watch it at http://" + host.admin().getHostString() + ":"
                    + host.admin().getPort() + "/status");
            return host.awaitEnd() == HostProcess.End.DOWNED ? ExitCode.UNDECIDED : ExitCode.OK;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed.getMessage(), failed);
        }
    }
}
