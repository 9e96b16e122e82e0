package io.ringsim.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what a host that runs says of itself and of its ring, in the shapes of nodetool. */
abstract class LiveCommand implements Callable<Integer> {
    private final Shell shell;
    private final String page;

    @Option(
            names = "--live",
            required = true,
            paramLabel = "HOST:PORT",
            description = "Where the host is watched (ringsim.host.admin).")
    private String live = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    private LiveCommand(Shell shell, String page) {
        this.shell = shell;
        this.page = page;
    }

    @Override
    public Integer call() {
        return new LiveHost(live).show(page, output.format(), shell);
    }

    @Command(
            name = "status",
            description = "Shows the nodes of a ring as a host that runs sees them.",
            footer = {"", "Example:", "  ringsim status --live 127.0.0.1:7180"})
    static final class Status extends LiveCommand {
        Status(Shell shell) {
            super(shell, "status");
        }
    }

    @Command(
            name = "netstats",
            description = "Shows what the nodes of a host that runs are doing and streaming.",
            footer = {"", "Example:", "  ringsim netstats --live 127.0.0.1:7180"})
    static final class Netstats extends LiveCommand {
        Netstats(Shell shell) {
            super(shell, "netstats");
        }
    }

    @Command(
            name = "info",
            description = "Shows how the nodes of a host that runs are.",
            footer = {"", "Example:", "  ringsim info --live 127.0.0.1:7180 --format json"})
    static final class Info extends LiveCommand {
        Info(Shell shell) {
            super(shell, "info");
        }
    }

    @Command(
            name = "gossipinfo",
            description = "Shows the application states of all nodes as a host that runs knows them.",
            footer = {"", "Example:", "  ringsim gossipinfo --live 127.0.0.1:7180"})
    static final class Gossipinfo extends LiveCommand {
        Gossipinfo(Shell shell) {
            super(shell, "gossipinfo");
        }
    }
}
