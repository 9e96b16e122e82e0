package io.ringsim.cli;

import io.ringsim.data.TableId;
import io.ringsim.input.BadInput;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Units;
import io.ringsim.plan.Change;
import io.ringsim.plan.PlanRequest;
import io.ringsim.plan.PlanResult;
import io.ringsim.plan.Planner;
import io.ringsim.plan.Refused;
import io.ringsim.plan.Speeds;
import io.ringsim.plan.TableSize;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.SourceChoice;
import io.ringsim.scenario.Model;
import io.ringsim.scenario.Profile;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioRing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options all plans share. */
final class PlanOptions {
    private static final String TABLE = "data";

    @Option(
            names = "--ring",
            required = true,
            paramLabel = "FILE",
            description = "Output of nodetool ring or describering, or a scenario; - is standard input.")
    private String file = "";

    @Option(names = "--node", required = true, paramLabel = "NODE", description = "The node the operation is about.")
    private String node = "";

    @Mixin
    private RingOptions ring = new RingOptions();

    @Option(
            names = "--load",
            paramLabel = "SIZE",
            description =
                    "Data on each member, instead of what nodetool says: 420GiB. With several keyspaces, one each.")
    private List<String> loads = new ArrayList<>();

    @Option(
            names = "--sstables",
            paramLabel = "N",
            description = "SSTables on each node (default: as many as size-tiered compaction would leave).")
    private int sstables;

    @Option(
            names = "--strict",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description =
                    "Take each range from the node that loses it (default), or with --no-strict from the nearest.")
    private boolean strict = true;

    @Option(names = "--down", split = ",", paramLabel = "NODE", description = "Nodes that are down.")
    private List<String> down = new ArrayList<>();

    @Option(
            names = "--profile",
            paramLabel = "VERSION",
            description = "Whose defaults and streaming: 0.6, 2.1 or 4.1 (default: 2.1).")
    private String profile = "";

    @Option(names = "--throughput", paramLabel = "RATE", description = "stream_throughput_outbound, as 24MiB/s.")
    private String throughput = "";

    @Option(
            names = "--inter-dc-throughput",
            paramLabel = "RATE",
            description = "inter_dc_stream_throughput_outbound, as 24MiB/s.")
    private String interDcThroughput = "";

    @Option(names = "--bandwidth", paramLabel = "RATE", description = "Of a node's network card (default: 10Gbit/s).")
    private String bandwidth = "";

    @Option(names = "--disk-read", paramLabel = "RATE", description = "Of a node's disk (default: 400MiB/s).")
    private String diskRead = "";

    @Option(names = "--disk-write", paramLabel = "RATE", description = "Of a node's disk (default: 300MiB/s).")
    private String diskWrite = "";

    @Option(names = "--ring-delay", paramLabel = "TIME", description = "cassandra.ring_delay_ms (default: 30s).")
    private String ringDelay = "";

    @Mixin
    private OutputOptions output = new OutputOptions();

    /** What an operation makes of the ring and of the node's name. */
    @FunctionalInterface
    interface ChangeOf {
        Change of(LoadedRing ring, NodeId node);
    }

    long seed() {
        return ring.seed();
    }

    int run(Shell shell, ChangeOf changes) {
        LoadedRing loaded = ring.read(file, shell);
        RingOptions.requireKeyspaces(loaded);
        var id = Arguments.read("--node", node, NodeId::new);
        Change change = changes.of(loaded, id);
        var notes = new ArrayList<String>();
        PlanResult result = Planner.plan(request(loaded, change, notes));
        new PlanPrinter(shell, output.format(), loaded, notes).print(result, change);
        return result instanceof Refused ? ExitCode.FAILED : ExitCode.OK;
    }

    private PlanRequest request(LoadedRing loaded, Change change, List<String> notes) {
        Profile version = version(loaded);
        var dead = new ArrayList<NodeId>();
        for (String name : down) {
            dead.add(member(loaded, "--down", Arguments.read("--down", name, NodeId::new)));
        }
        deadBy(change).filter(gone -> !loaded.isUp(gone)).ifPresent(dead::add);
        var choice = new SourceChoice(
                strict, peer -> !dead.contains(peer) && !loaded.isDown(peer), Proximity.BY_LOCATION, false);
        return new PlanRequest(
                loaded.view(),
                loaded.keyspaces(),
                tables(loaded, notes),
                change,
                choice,
                ScenarioRing.sizes(version),
                speeds(loaded, version));
    }

    /** The member that an operation takes for dead. */
    private static Optional<NodeId> deadBy(Change change) {
        if (change instanceof Change.Replace replace) {
            return Optional.of(replace.dead());
        }
        return change instanceof Change.Remove ? Optional.of(change.node()) : Optional.empty();
    }

    private Profile version(LoadedRing loaded) {
        if (profile.isEmpty()) {
            return loaded.scenario().map(Scenario::profile).orElse(Profile.V2_1);
        }
        return Profile.of(profile)
                .orElseThrow(
                        () -> BadInput.in("--profile", "'" + profile + "' is not known", "known are 0.6, 2.1, 4.1"));
    }

    private Speeds speeds(LoadedRing loaded, Profile version) {
        Model model = loaded.scenario().map(Scenario::model).orElse(Model.defaults(version));
        return new Speeds(
                rate(
                        "--throughput",
                        throughput,
                        model.streamThroughputOutbound().bytesPerSecond()),
                rate(
                        "--inter-dc-throughput",
                        interDcThroughput,
                        model.interDcStreamThroughputOutbound().bytesPerSecond()),
                rate("--bandwidth", bandwidth, model.network().bandwidth().bytesPerSecond()),
                rate("--disk-read", diskRead, model.disk().read().bytesPerSecond()),
                rate("--disk-write", diskWrite, model.disk().write().bytesPerSecond()),
                ringDelay.isEmpty() ? model.ringDelay() : Arguments.read("--ring-delay", ringDelay, Units::time));
    }

    private static long rate(String option, String text, long otherwise) {
        return text.isEmpty() ? otherwise : Arguments.read(option, text, Units::rate);
    }

    private List<TableSize> tables(LoadedRing loaded, List<String> notes) {
        if (sstables < 0) {
            throw BadInput.in("--sstables", "'" + sstables + "' is no number of SSTables", "write --sstables 8");
        }
        if (loaded.scenarioRing().isPresent()) {
            if (!loads.isEmpty() || sstables > 0) {
                throw BadInput.in(
                        loads.isEmpty() ? "--sstables" : "--load", "a scenario has its own data", "leave it out");
            }
            return loaded.scenarioRing().get().design().sizes().stream()
                    .map(table -> new TableSize(table.id(), table.bytes(), table.sstables()))
                    .toList();
        }
        var loadsOf = new PlanLoads(loaded, notes);
        var tables = new ArrayList<TableSize>();
        List<Keyspace> keyspaces = loaded.keyspaces();
        if (!loads.isEmpty() && loads.size() != keyspaces.size()) {
            throw BadInput.in(
                    "--load", loads.size() + " loads for " + keyspaces.size() + " keyspaces", "give one for each");
        }
        for (int i = 0; i < keyspaces.size(); i++) {
            SortedMap<NodeId, Long> bytes = loads.isEmpty()
                    ? loadsOf.reported(keyspaces.get(i), keyspaces.size())
                    : PlanLoads.everywhere(loaded, Arguments.read("--load", loads.get(i), PlanOptions::size));
            tables.add(new TableSize(new TableId(keyspaces.get(i).name(), TABLE), bytes, sstables));
        }
        sstablesNote(tables, notes);
        return tables;
    }

    private static long size(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return Units.size(digits ? text + "B" : text);
    }

    private void sstablesNote(List<TableSize> tables, List<String> notes) {
        var counts = new TreeMap<Integer, Integer>();
        tables.forEach(
                table -> table.bytes().keySet().forEach(on -> counts.merge(table.sstablesOn(on), 1, Integer::sum)));
        if (sstables == 0 && !counts.isEmpty() && tables.stream().anyMatch(PlanOptions::hasData)) {
            notes.add("each node's data was taken to be in "
                    + (counts.firstKey().equals(counts.lastKey())
                            ? counts.firstKey() + ""
                            : counts.firstKey() + " to " + counts.lastKey())
                    + " SSTables; --sstables says otherwise");
        }
    }

    private static boolean hasData(TableSize table) {
        return table.bytes().values().stream().anyMatch(bytes -> bytes > 0);
    }

    /** The node, which must be in the ring or about to. */
    static NodeId member(LoadedRing loaded, String option, NodeId node) {
        if (loaded.locations().containsKey(node)) {
            return node;
        }
        List<String> names =
                loaded.locations().keySet().stream().map(NodeId::value).toList();
        throw BadInput.in(
                option,
                "there is no node " + node + " in " + loaded.file(),
                names.size() <= 12 || Suggestion.closest(node.value(), names).isPresent()
                        ? Suggestion.remedy(node.value(), names)
                        : "it has " + names.size() + " nodes");
    }

    /** The node, which must be a member: not one that is only joining. */
    static NodeId settled(LoadedRing loaded, String option, NodeId node) {
        member(loaded, option, node);
        if (!loaded.view().ring().isMember(node)) {
            throw BadInput.in(option, node + " is still joining", "wait until it is a member");
        }
        return node;
    }
}
