package io.ringsim.deploy;

import io.ringsim.ring.NodeId;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.streaming.StreamState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The streams of a host's nodes that are under way, as their events tell. */
final class HostStreams {
    private record Key(NodeId node, String plan) {}

    private record Running(StreamState state, int sessions) {}

    private final Map<Key, Running> running = new LinkedHashMap<>();

    void heard(NodeId node, RangeStreamer.Event event, long nowNanos) {
        var key = new Key(node, event.plan());
        if (event instanceof Finished) {
            running.remove(key);
            return;
        }
        var before = running.getOrDefault(key, new Running(StreamState.of(event.plan(), "Streaming", nowNanos), 0));
        int sessions = before.sessions();
        sessions += event instanceof Prepared ? 1 : event instanceof SessionEnded ? -1 : 0;
        if (event instanceof SessionEnded && sessions <= 0) {
            running.remove(key);
        } else {
            running.put(key, new Running(before.state().with(event), sessions));
        }
    }

    /** The node is gone, and its streams with it. */
    void stopped(NodeId node) {
        running.keySet().removeIf(key -> key.node().equals(node));
    }

    /** As {@code nodetool netstats} has them. */
    List<String> netstats() {
        return running.values().stream()
                .flatMap(stream -> stream.state().netstats().stream())
                .toList();
    }
}
