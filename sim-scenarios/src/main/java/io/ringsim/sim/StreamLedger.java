package io.ringsim.sim;

import io.ringsim.node.Node;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How every stream session ended, as each of its two ends told it. */
public final class StreamLedger {
    /** One end's word on one session. */
    public record Entry(String plan, NodeId node, SessionResult result) {}

    private final List<Entry> entries = new ArrayList<>();

    void add(Node.Streamed streamed) {
        if (streamed.event() instanceof SessionEnded ended) {
            entries.add(new Entry(ended.plan(), streamed.node(), ended.result()));
        }
    }

    public List<Entry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /** Bytes of files in all completed and failed sessions that the node sent. */
    public long bytesOut(NodeId node) {
        return entries.stream()
                .filter(entry -> entry.node().equals(node))
                .mapToLong(entry -> entry.result().bytesSent())
                .sum();
    }

    /** Bytes of files that the node received. */
    public long bytesIn(NodeId node) {
        return entries.stream()
                .filter(entry -> entry.node().equals(node))
                .mapToLong(entry -> entry.result().bytesReceived())
                .sum();
    }

    /** What contradicts itself: sessions that both ends completed with different bytes, or with one end only. */
    public List<String> contradictions() {
        var ends = new TreeMap<String, List<Entry>>();
        for (var entry : entries) {
            var pair = entry.node().compareTo(entry.result().peer()) < 0
                    ? entry.node() + " and " + entry.result().peer()
                    : entry.result().peer() + " and " + entry.node();
            ends.computeIfAbsent(entry.plan() + " between " + pair, any -> new ArrayList<>())
                    .add(entry);
        }
        return contradictions(ends);
    }

    private static List<String> contradictions(SortedMap<String, List<Entry>> ends) {
        var wrong = new ArrayList<String>();
        ends.forEach((session, both) -> {
            boolean allCompleted =
                    both.stream().allMatch(entry -> entry.result().completed());
            if (!allCompleted) {
                return;
            }
            long sent =
                    both.stream().mapToLong(entry -> entry.result().bytesSent()).sum();
            long received = both.stream()
                    .mapToLong(entry -> entry.result().bytesReceived())
                    .sum();
            if (sent != received) {
                wrong.add(session + ": " + sent + " bytes sent but " + received + " received");
            }
        });
        return wrong;
    }
}
