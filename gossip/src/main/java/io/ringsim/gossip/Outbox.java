package io.ringsim.gossip;

import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a host has to tell the others: of each node the newest only, in batches that fit a message. */
final class Outbox {
    private final Map<NodeId, Entry> waiting = new LinkedHashMap<>();
    private final ClusterLayerSettings settings;

    Outbox(ClusterLayerSettings settings) {
        this.settings = settings;
    }

    void add(Entry entry) {
        waiting.put(entry.node(), entry);
    }

    /** The next batch; at least one, if any waits. */
    List<Entry> next() {
        var batch = new ArrayList<Entry>();
        long bytes = 0;
        for (var entry : waiting.values()) {
            bytes += bytes(entry);
            if (batch.size() == settings.updateEntries() || (!batch.isEmpty() && bytes > settings.updateBytes())) {
                break;
            }
            batch.add(entry);
        }
        batch.forEach(entry -> waiting.remove(entry.node()));
        return batch;
    }

    private static long bytes(Entry entry) {
        return entry instanceof Present present
                ? new NodeState(0, present.endpoint(), present.version(), List.of(), present.expires()).bytes()
                : 16 + entry.node().value().length();
    }
}
