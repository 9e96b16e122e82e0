package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Source;
import io.ringsim.input.Suggestion;
import io.ringsim.nodetool.CassandraYaml;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.nodetool.NodeConfig;
import io.ringsim.nodetool.RingFiles;
import io.ringsim.nodetool.StorageConf;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Partitioner;
import io.ringsim.scenario.Profile;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a scenario from what an operator has. */
@Command(
        name = "import",
        description = "Makes a scenario from the output of nodetool, or from a configuration file.",
        footer = {
            "",
            "Nodes that join or leave do so at the beginning of the scenario, those that are down are crashed.",
            "",
            "Examples:",
            "  ringsim import ring ring.txt --status status.txt --keyspace shop \\",
            "      --replication NetworkTopologyStrategy:dc1=3 -o scenario.yaml",
            "  ringsim import storage-conf storage-conf.xml --nodes 5 -o old.yaml"
        })
final class ImportCommand implements Callable<Integer> {
    private static final List<String> KINDS =
            List.of("ring", "status", "describering", "cassandra.yaml", "storage-conf");

    private final Shell shell;

    @Parameters(
            index = "0",
            paramLabel = "KIND",
            description = "ring, status, describering, cassandra.yaml or storage-conf.")
    private String kind = "";

    @Parameters(index = "1", paramLabel = "FILE", description = "What to read; - is standard input.")
    private String file = "";

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write the scenario (default: standard output).")
    private String output = "";

    @Option(names = "--force", description = "Replace the file if there is one.")
    private boolean force;

    @Option(names = "--name", paramLabel = "NAME", description = "The scenario's name (default: imported).")
    private String name = "imported";

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many nodes a ring of this configuration has (default: as many as seeds, at least 3).")
    private int nodes;

    @Option(names = "--profile", paramLabel = "VERSION", description = "0.6, 2.1 or 4.1 (default: as the file shows).")
    private String profile = "";

    @Mixin
    private RingOptions ring = new RingOptions();

    ImportCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        String text = ScenarioWriter.write(scenario());
        if (output.isEmpty() || output.equals("-")) {
            shell.out().print(text);
        } else {
            Outputs.write(Path.of(output), text, force);
            shell.say("Wrote " + output + ".");
        }
        return ExitCode.OK;
    }

    private Scenario scenario() {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
            throw BadInput.in("--name", "'" + name + "' cannot name a folder", "use letters, digits, '.', '_' and '-'");
        }
        switch (kind) {
            case "ring", "describering", "status" -> {
                return fromTools();
            }
            case "cassandra.yaml" -> {
                NodeConfig config = CassandraYaml.read(shell.read(file));
                return fromConfig(config, config.isNew() ? Profile.V4_1 : Profile.V2_1);
            }
            case "storage-conf" -> {
                return fromConfig(StorageConf.read(shell.read(file)), Profile.V0_6);
            }
            default -> throw BadInput.in("KIND", "'" + kind + "' is not known", Suggestion.remedy(kind, KINDS));
        }
    }

    private Scenario fromTools() {
        if (nodes != 0) {
            throw BadInput.in("--nodes", "the file itself says which nodes there are", "leave it out");
        }
        if (kind.equals("status")) {
            Source source = shell.read(file);
            ImportedRing imported = RingFiles.status(source, ring.partitioner());
            shell.warn(imported.warnings());
            if (!imported.hasTokens()) {
                shell.say("Note: nodetool status lists no tokens; the seed will draw as many as it counts.");
            }
            return Imports.scenario(name, version(Profile.V2_1), imported, keyspaces(imported));
        }
        LoadedRing loaded = ring.read(file, shell);
        ImportedRing imported = loaded.imported()
                .orElseThrow(() -> BadInput.in(file, "is a scenario already", "give the output of nodetool"));
        if (loaded.keyspaces().isEmpty()) {
            shell.say("Note: no keyspace is known; with --keyspace and --replication the scenario has one.");
        }
        return Imports.scenario(name, version(Profile.V2_1), imported, loaded.keyspaces());
    }

    private List<Keyspace> keyspaces(ImportedRing imported) {
        return ring.keyspacesOver(imported.nodes().stream()
                .filter(io.ringsim.nodetool.ImportedNode::isMember)
                .map(node -> node.location().datacenter())
                .toList());
    }

    private Scenario fromConfig(NodeConfig config, Profile otherwise) {
        if (nodes < 0 || nodes > 100_000) {
            throw BadInput.in("--nodes", "'" + nodes + "' is out of range", "write a number from 1 to 100000");
        }
        int count = nodes > 0 ? nodes : Math.max(3, config.seeds().size());
        Optional<Partitioner> given = ring.partitioner();
        Partitioner partitioner =
                given.orElseGet(() -> config.partitioner().isEmpty() ? Partitioner.MURMUR3 : partitionerOf(config));
        if (!config.initialTokens().isEmpty()) {
            shell.say("Note: initial tokens are those of one node and were left out; the seed will draw tokens.");
        }
        Scenario scenario = Imports.scenario(name, version(otherwise), config, partitioner, count);
        if (scenario.keyspaces().isEmpty()) {
            shell.say("Note: the file defines no keyspace; add keyspaces to the scenario.");
        }
        return scenario;
    }

    private Partitioner partitionerOf(NodeConfig config) {
        try {
            return Partitioner.named(config.partitioner());
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in(file, String.valueOf(wrong.getMessage()), "or name another with --partitioner");
        }
    }

    private Profile version(Profile otherwise) {
        if (profile.isEmpty()) {
            return otherwise;
        }
        return Profile.of(profile)
                .orElseThrow(
                        () -> BadInput.in("--profile", "'" + profile + "' is not known", "known are 0.6, 2.1, 4.1"));
    }
}
