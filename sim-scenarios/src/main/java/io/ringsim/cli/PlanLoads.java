package io.ringsim.cli;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How much each member holds of a keyspace, from what nodetool says of the node as a whole. */
final class PlanLoads {
    private final LoadedRing loaded;
    private final List<String> notes;
    private boolean told;

    PlanLoads(LoadedRing loaded, List<String> notes) {
        this.loaded = loaded;
        this.notes = notes;
    }

    static SortedMap<NodeId, Long> everywhere(LoadedRing loaded, long bytes) {
        var loads = new TreeMap<NodeId, Long>();
        loaded.view().ring().nodes().forEach(node -> loads.put(node, bytes));
        return loads;
    }

    /** A keyspace's part of the reported loads. A node whose load is not known gets what its ownership makes likely. */
    SortedMap<NodeId, Long> reported(Keyspace keyspace, int keyspaces) {
        SortedMap<NodeId, Long> reported = loaded.loads();
        if (reported.isEmpty()) {
            note("no load is known, so bytes are 0: give --status or --load");
            return everywhere(loaded, 0);
        }
        SortedMap<NodeId, Double> shares = loaded.view().ring().ownership(keyspace.replication());
        double bytesPerShare = bytesPerShare(reported, shares);
        var guessed = new ArrayList<NodeId>();
        var loads = new TreeMap<NodeId, Long>();
        shares.forEach((node, share) -> {
            Long load = reported.get(node);
            if (load == null) {
                guessed.add(node);
                load = Math.round(share * bytesPerShare);
            }
            loads.put(node, share == 0 ? 0 : load / keyspaces);
        });
        if (!guessed.isEmpty()) {
            note("the load of " + guessed.stream().map(NodeId::value).collect(Collectors.joining(", "))
                    + " is not known; it was taken from its ownership");
        }
        if (keyspaces > 1) {
            note("each node's load was split evenly over the " + keyspaces + " keyspaces; --load says otherwise");
        }
        told = true;
        return loads;
    }

    private static double bytesPerShare(SortedMap<NodeId, Long> reported, SortedMap<NodeId, Double> shares) {
        double bytes = 0;
        double share = 0;
        for (var load : reported.entrySet()) {
            bytes += load.getValue();
            share += shares.getOrDefault(load.getKey(), 0.0);
        }
        return share == 0 ? 0 : bytes / share;
    }

    /** Once, not for each keyspace. */
    private void note(String note) {
        if (!told && !notes.contains(note)) {
            notes.add(note);
        }
    }
}
