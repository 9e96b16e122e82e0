package io.ringsim.scenario;

import io.ringsim.input.BadInput;
import io.ringsim.input.Keys;
import io.ringsim.input.Source;
import io.ringsim.nodetool.ImportedNode;
import io.ringsim.nodetool.ImportedRing;
import io.ringsim.nodetool.Liveness;
import io.ringsim.nodetool.RingFiles;
import io.ringsim.nodetool.State;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads {@code import:}, a ring taken over from what operators' tools print. */
public final class ImportReader {
    private static final Step.At BEGINNING = new Step.At(Duration.ZERO);

    private ImportReader() {}

    /** The ring of the named files; nothing, and errors, when they do not give one. */
    static Optional<ImportedRing> read(Keys keys, Path folder, Known known) {
        Optional<Partitioner> partitioner = keys.read("partitioner", Partitioner::named);
        Optional<String> ring = keys.text("nodetool_ring");
        Optional<String> described = keys.text("describering");
        Optional<String> status = keys.text("nodetool_status");
        keys.finish();
        if (ring.isPresent() == described.isPresent()) {
            Keys.error(
                    known.problems(),
                    keys.place(),
                    ring.isPresent() ? "nodetool_ring and describering are two rings" : "no ring is named",
                    "write nodetool_ring: ring.txt");
            return Optional.empty();
        }
        try {
            ImportedRing imported = RingFiles.read(
                    Source.read(folder.resolve(ring.or(() -> described).orElseThrow())),
                    status.map(file -> Source.read(folder.resolve(file))),
                    partitioner);
            imported.warnings().forEach(known.problems()::add);
            return Optional.of(imported);
        } catch (BadInput bad) {
            bad.problems().forEach(known.problems()::add);
            return Optional.empty();
        }
    }

    /** The members of an imported ring. Where tokens are not known, the seed draws as many. */
    public static RingSpec ring(ImportedRing imported) {
        Map<String, Set<String>> racks = new LinkedHashMap<>();
        Map<String, List<RingSpec.Node>> nodes = new LinkedHashMap<>();
        for (ImportedNode node : imported.nodes()) {
            String datacenter = node.location().datacenter();
            racks.computeIfAbsent(datacenter, any -> new LinkedHashSet<>())
                    .add(node.location().rack());
            List<RingSpec.Node> members = nodes.computeIfAbsent(datacenter, any -> new ArrayList<>());
            if (node.isMember()) {
                members.add(new RingSpec.Node(node.node(), node.location(), node.tokenCount(), node.tokens()));
            }
        }
        var datacenters = new ArrayList<RingSpec.Datacenter>();
        nodes.forEach((name, members) -> datacenters.add(new RingSpec.Datacenter(
                name,
                List.copyOf(racks.getOrDefault(name, new LinkedHashSet<>())),
                members.isEmpty() ? 1 : members.get(0).numTokens(),
                members)));
        return new RingSpec(imported.partitioner(), datacenters);
    }

    /** What is under way in an imported ring: joining nodes join, leaving ones leave, dead ones are dead. */
    public static List<Step> underway(ImportedRing imported) {
        var steps = new ArrayList<Step>();
        for (ImportedNode node : imported.nodes()) {
            NodeId id = node.node();
            if (node.state() == State.JOINING) {
                steps.add(new Step(
                        BEGINNING, new Operation.Bootstrap(id, node.location(), node.tokenCount(), node.tokens())));
            } else if (node.liveness() == Liveness.DOWN) {
                steps.add(new Step(BEGINNING, new Fault.Crash(id, Optional.empty())));
            } else if (node.state() == State.LEAVING) {
                steps.add(new Step(BEGINNING, new Operation.Decommission(id, false)));
            }
        }
        return steps;
    }

    /** What the members of an imported ring hold. */
    public static Map<NodeId, Long> loads(ImportedRing imported) {
        var loads = new LinkedHashMap<NodeId, Long>();
        for (ImportedNode node : imported.nodes()) {
            if (node.isMember()) {
                node.load().ifPresent(load -> loads.put(node.node(), load));
            }
        }
        return loads;
    }
}
