package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Suggestion;
import io.ringsim.plan.Change;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what an operation would do. The operations are its subcommands. */
@Command(
        name = "plan",
        description = "Shows what an operation would move, how long it would take, and what it would risk.",
        synopsisSubcommandLabel = "OPERATION",
        subcommands = {
            PlanBootstrapCommand.class,
            PlanCommand.Decommission.class,
            PlanCommand.Move.class,
            PlanCommand.Remove.class,
            PlanCommand.Replace.class,
            PlanCommand.Rebuild.class
        },
        footer = {
            "",
            "Bytes are those the simulated ring streams. Durations: low when nothing else uses what limits the operation,",
            "likely when a tenth of it is lost, high when half of it is. Operations that Cassandra would refuse exit with 1.",
            "",
            "Examples:",
            "  ringsim plan bootstrap --ring ring.txt --status status.txt --keyspace shop \\",
            "      --replication NetworkTopologyStrategy:dc1=3 --node 10.0.0.7 --num-tokens 16",
            "  ringsim plan decommission --ring ring.txt --replication SimpleStrategy:3 --node 10.0.0.3 --format json"
        })
final class PlanCommand {
    private static final String RIGHT_DC = "write --dc NAME";

    /** A member leaves by itself. */
    @Command(
            name = "decommission",
            description = "Plans that a live member leaves the ring.",
            footer = {
                "",
                "Example:",
                "  ringsim plan decommission --ring ring.txt --status status.txt --replication SimpleStrategy:3 --node n3"
            })
    static final class Decommission implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private PlanOptions options = new PlanOptions();

        @Option(names = "--force", description = "Also when fewer nodes than replicas remain.")
        private boolean force;

        Decommission(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return options.run(
                    shell, (ring, node) -> new Change.Decommission(PlanOptions.settled(ring, "--node", node), force));
        }
    }

    /** A member with one token goes to another token. */
    @Command(
            name = "move",
            description = "Plans that a member with one token moves to another.",
            footer = {
                "",
                "Example:",
                "  ringsim plan move --ring ring.txt --replication SimpleStrategy:2 --node n3 --token 42"
            })
    static final class Move implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private PlanOptions options = new PlanOptions();

        @Option(
                names = {"--token", "--tokens"},
                required = true,
                paramLabel = "TOKEN",
                description = "Where it moves to.")
        private String token = "";

        Move(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return options.run(
                    shell,
                    (ring, node) -> new Change.Move(
                            PlanOptions.settled(ring, "--node", node),
                            Arguments.read("--token", token, ring.view().ring().partitioner()::parse)));
        }
    }

    /** A dead member is removed. */
    @Command(
            name = "remove",
            description = "Plans that a dead member is removed (removenode).",
            footer = {
                "",
                "The node counts as down, unless nodetool shows it up.",
                "",
                "Example:",
                "  ringsim plan remove --ring ring.txt --status status.txt --replication SimpleStrategy:3 --node n3"
            })
    static final class Remove implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private PlanOptions options = new PlanOptions();

        Remove(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return options.run(shell, (ring, node) -> new Change.Remove(PlanOptions.settled(ring, "--node", node)));
        }
    }

    /** A new node takes a dead one's place. */
    @Command(
            name = "replace",
            description = "Plans that a new node takes a dead member's tokens (replace_address).",
            footer = {
                "",
                "The replaced node counts as down, unless nodetool shows it up.",
                "",
                "Example:",
                "  ringsim plan replace --ring ring.txt --replication SimpleStrategy:3 --node n9 --replaced n3"
            })
    static final class Replace implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private PlanOptions options = new PlanOptions();

        @Option(names = "--replaced", required = true, paramLabel = "NODE", description = "The dead member.")
        private String replaced = "";

        @Option(
                names = "--dc",
                paramLabel = "NAME",
                description = "Where the new node stands (default: as the dead one).")
        private String dc = "";

        @Option(
                names = "--rack",
                paramLabel = "NAME",
                description = "Where the new node stands (default: as the dead one).")
        private String rack = "";

        Replace(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return options.run(shell, (ring, node) -> {
                NodeId dead =
                        PlanOptions.settled(ring, "--replaced", Arguments.read("--replaced", replaced, NodeId::new));
                Location old = ring.view().location(dead);
                String datacenter = dc.isEmpty() ? old.datacenter() : knownDatacenter(ring, dc);
                return new Change.Replace(node, dead, new Location(datacenter, rack.isEmpty() ? old.rack() : rack));
            });
        }
    }

    /** A member fetches its ranges anew. */
    @Command(
            name = "rebuild",
            description = "Plans that a member fetches all of its ranges from others.",
            footer = {
                "",
                "Example:",
                "  ringsim plan rebuild --ring ring.txt --replication NetworkTopologyStrategy:2 --node n3 --from dc1"
            })
    static final class Rebuild implements Callable<Integer> {
        private final Shell shell;

        @Mixin
        private PlanOptions options = new PlanOptions();

        @Option(names = "--from", paramLabel = "DC", description = "Fetch from this datacenter only.")
        private String from = "";

        Rebuild(Shell shell) {
            this.shell = shell;
        }

        @Override
        public Integer call() {
            return options.run(
                    shell,
                    (ring, node) -> new Change.Rebuild(
                            PlanOptions.settled(ring, "--node", node),
                            from.isEmpty() ? Optional.empty() : Optional.of(knownDatacenter(ring, from))));
        }
    }

    static String knownDatacenter(LoadedRing ring, String name) {
        if (!ring.datacenters().contains(name)) {
            throw BadInput.in(
                    "--dc",
                    "there is no datacenter " + name + " in " + ring.file(),
                    Suggestion.remedy(name, ring.datacenters()));
        }
        return name;
    }

    static BadInput whichDatacenter(LoadedRing ring) {
        return BadInput.in(
                "--dc",
                ring.file() + " has several datacenters",
                RIGHT_DC + ": " + String.join(" or ", ring.datacenters()));
    }
}
