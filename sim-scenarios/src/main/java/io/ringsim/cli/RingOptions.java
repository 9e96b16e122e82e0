package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Suggestion;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.nodetool.Kind;
import io.ringsim.nodetool.RingFiles;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.scenario.KeyspaceSpec;
import io.ringsim.scenario.Replications;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioReader;
import io.ringsim.scenario.ScenarioRing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a ring, its partitioner and its keyspaces. */
final class RingOptions {
    static final String DEFAULT_KEYSPACE = "ks";

    @Option(
            names = "--status",
            paramLabel = "FILE",
            description = "Output of nodetool status of the same moment: loads, host ids, who is down.")
    private String status = "";

    @Option(
            names = "--partitioner",
            paramLabel = "NAME",
            description = "The partitioner, when the tokens alone should not decide it.")
    private String partitioner = "";

    @Option(
            names = {"-k", "--keyspace"},
            paramLabel = "NAME",
            description = "A keyspace; may be given several times, each with its --replication.")
    private List<String> keyspaces = new ArrayList<>();

    @Option(
            names = "--replication",
            paramLabel = "CLASS:RF",
            description = "How the keyspace is replicated: SimpleStrategy:3, NetworkTopologyStrategy:dc1=3,dc2=2,"
                    + " NetworkTopologyStrategy:3 (in each datacenter), OldNetworkTopologyStrategy:3.")
    private List<String> replications = new ArrayList<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Draws the tokens that the ring file leaves open (default: the scenario's seed, or 42).")
    private Optional<Long> seed = Optional.empty();

    Optional<Partitioner> partitioner() {
        return partitioner.isEmpty() ? Optional.empty() : Optional.of(Arguments.partitioner(partitioner));
    }

    /**
     * The keyspaces of the options alone.
     *
     * @param datacenters where each member stands
     */
    List<Keyspace> keyspacesOver(List<String> datacenters) {
        Map<String, Integer> nodes = new LinkedHashMap<>();
        datacenters.forEach(datacenter -> nodes.merge(datacenter, 1, Integer::sum));
        return given(nodes);
    }

    long seed() {
        return seed.orElse(Scenario.DEFAULT_SEED);
    }

    /** Reads the ring; with its keyspaces, as far as they are given or can be told from the file. */
    LoadedRing read(String file, Shell shell) {
        Source source = shell.read(file);
        return Kind.of(source) == Kind.SCENARIO ? fromScenario(source, file, shell) : fromTools(source, file, shell);
    }

    private LoadedRing fromScenario(Source source, String file, Shell shell) {
        if (!status.isEmpty()) {
            throw BadInput.in("--status", "a scenario has its own data", "leave it out");
        }
        if (!partitioner.isEmpty()) {
            throw BadInput.in("--partitioner", "a scenario has its own partitioner", "leave it out");
        }
        Path folder =
                Optional.ofNullable(Path.of(file).toAbsolutePath().getParent()).orElse(Path.of("."));
        var problems = new Problems();
        Scenario scenario = ScenarioReader.read(source, folder, List.of(), problems);
        shell.warn(problems.warnings());
        ScenarioRing ring = ScenarioRing.of(scenario, seed.orElse(scenario.seed()));
        RingView view = RingView.of(ring.design().ring());
        List<Keyspace> named = replications.isEmpty() ? chosen(ring.design().keyspaces()) : given(view);
        return new LoadedRing(source.name(), view, named, Optional.empty(), Optional.of(scenario), Optional.of(ring));
    }

    private List<Keyspace> chosen(List<Keyspace> all) {
        if (keyspaces.isEmpty()) {
            return all;
        }
        var chosen = new ArrayList<Keyspace>();
        for (String name : keyspaces) {
            chosen.add(all.stream()
                    .filter(keyspace -> keyspace.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> BadInput.in(
                            "--keyspace",
                            "the scenario has no keyspace " + name,
                            Suggestion.remedy(
                                    name, all.stream().map(Keyspace::name).toList()))));
        }
        return chosen;
    }

    private LoadedRing fromTools(Source source, String file, Shell shell) {
        if (file.equals("-") && status.equals("-")) {
            throw BadInput.in("--status", "--ring and --status are both standard input", "put one into a file");
        }
        Optional<Source> second = status.isEmpty() ? Optional.empty() : Optional.of(shell.read(status));
        ImportedRing imported = RingFiles.read(source, second, partitioner());
        shell.warn(imported.warnings());
        RingView view = view(imported, source);
        var loaded = new LoadedRing(
                source.name(), view, List.of(), Optional.of(imported), Optional.empty(), Optional.empty());
        return new LoadedRing(
                source.name(), view, keyspacesOf(loaded), Optional.of(imported), Optional.empty(), Optional.empty());
    }

    private static RingView view(ImportedRing imported, Source source) {
        try {
            return imported.view();
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in(source.name(), String.valueOf(wrong.getMessage()), "");
        }
    }

    private List<Keyspace> keyspacesOf(LoadedRing loaded) {
        if (!replications.isEmpty()) {
            return given(loaded.view());
        }
        if (keyspaces.size() > 1) {
            throw BadInput.in("--keyspace", "several keyspaces need a --replication each", "write one for each");
        }
        String name = keyspaces.isEmpty() ? DEFAULT_KEYSPACE : keyspaces.get(0);
        return loaded.described()
                .flatMap(replicas -> replicas.strategyOn(loaded.view().ring()))
                .map(strategy -> List.of(new Keyspace(name, strategy)))
                .orElse(List.of());
    }

    /** The keyspaces of {@code --keyspace} and {@code --replication}, pair by pair. */
    private List<Keyspace> given(RingView view) {
        return keyspacesOver(view.ring().nodes().stream()
                .map(node -> view.location(node).datacenter())
                .toList());
    }

    private List<Keyspace> given(Map<String, Integer> nodes) {
        if (keyspaces.isEmpty() && replications.size() > 1) {
            throw BadInput.in("--keyspace", "several replications need a --keyspace each", "name the keyspaces");
        }
        if (!keyspaces.isEmpty() && keyspaces.size() != replications.size()) {
            throw BadInput.in(
                    "--replication",
                    keyspaces.size() + " keyspaces but " + replications.size() + " replications are given",
                    "give each --keyspace its --replication");
        }
        var problems = new Problems();
        var named = new ArrayList<Keyspace>();
        for (int i = 0; i < replications.size(); i++) {
            String name = keyspaces.isEmpty() ? DEFAULT_KEYSPACE : keyspaces.get(i);
            if (named.stream().anyMatch(keyspace -> keyspace.name().equals(name))) {
                problems.add(argument("--keyspace", name + " is given twice", "name each keyspace once"));
                continue;
            }
            keyspace(name, replications.get(i), nodes, problems).ifPresent(named::add);
        }
        problems.throwIfAny();
        return named;
    }

    private static Optional<Keyspace> keyspace(
            String name, String replication, Map<String, Integer> nodes, Problems problems) {
        try {
            KeyspaceSpec.Replication spec = Replications.parse(replication, nodes.keySet());
            ReplicationStrategy strategy = Replications.strategy(spec);
            tooFewNodes(strategy, nodes)
                    .ifPresent(
                            what -> problems.add(argument("--replication " + replication, what, "lower the factor")));
            return Optional.of(new Keyspace(name, strategy));
        } catch (IllegalArgumentException wrong) {
            problems.add(argument("--replication " + replication, String.valueOf(wrong.getMessage()), ""));
            return Optional.empty();
        }
    }

    private static Optional<String> tooFewNodes(ReplicationStrategy strategy, Map<String, Integer> nodes) {
        if (!Replications.isPerDatacenter(strategy)) {
            int all = nodes.values().stream().mapToInt(Integer::intValue).sum();
            return strategy.replicationFactor() > all
                    ? Optional.of(strategy.replicationFactor() + " replicas, but the ring has " + all + " members")
                    : Optional.empty();
        }
        for (Map.Entry<String, Integer> datacenter : nodes.entrySet()) {
            int factor = strategy.replicationFactor(datacenter.getKey());
            if (factor > datacenter.getValue()) {
                return Optional.of(factor + " replicas, but " + datacenter.getKey() + " has " + datacenter.getValue()
                        + " members");
            }
        }
        return Optional.empty();
    }

    private static Problem argument(String option, String what, String remedy) {
        return new Problem(option, 0, 0, 0, false, what, remedy, "");
    }

    /** Fails when no keyspace is known. */
    static void requireKeyspaces(LoadedRing ring) {
        if (ring.keyspaces().isEmpty()) {
            throw ring.described().isPresent()
                    ? BadInput.in(
                            ring.file(), "no known strategy puts these replicas where they are", "give --replication")
                    : BadInput.in(
                            "--replication",
                            ring.file() + " does not say how keyspaces are replicated",
                            "write --keyspace shop --replication SimpleStrategy:3");
        }
    }
}
