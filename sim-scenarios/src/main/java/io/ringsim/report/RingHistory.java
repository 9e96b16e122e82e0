package io.ringsim.report;

import io.ringsim.report.StoredRun.RingChange;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.scenario.RunListener.Event;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Follows the states of the nodes and remembers the ring each time its members changed. */
final class RingHistory {
    private static final int CHANGES = 8;
    private static final Location ELSEWHERE = new Location("unknown", "unknown");

    private final Map<NodeId, NodeRun> nodes = new LinkedHashMap<>();
    private final List<RingChange> changes = new ArrayList<>();

    void onStart(NodeRun node) {
        nodes.put(node.node(), node);
    }

    void onEvent(Event event) {
        if (isNews(event) && event.node().isPresent()) {
            var old =
                    nodes.getOrDefault(event.node().get(), unknown(event.node().get()));
            var now = changed(old, event);
            nodes.put(now.node(), now);
            if (TokenCircle.isOwner(old) != TokenCircle.isOwner(now)) {
                changes.add(
                        new RingChange(event.at(), now.node(), TokenCircle.isOwner(now), List.copyOf(nodes.values())));
            }
        }
    }

    /** Before the ring has begun its nodes only become what it begins with; a starting node is still what it was. */
    private boolean isNews(Event event) {
        return event.kind().equals("state")
                && !event.fields().getOrDefault("state", "").equals("STARTING")
                && !nodes.isEmpty()
                && changes.size() < CHANGES;
    }

    /** The first few of them. */
    List<RingChange> changes() {
        return List.copyOf(changes);
    }

    private static NodeRun unknown(NodeId node) {
        return new NodeRun(node, ELSEWHERE, List.of(), "", true, 0, 0, 0, 0);
    }

    private NodeRun changed(NodeRun old, Event event) {
        String tokens = event.fields().getOrDefault("tokens", "");
        return new NodeRun(
                old.node(),
                old.location(),
                tokens.isEmpty() ? old.tokens() : tokens(tokens),
                event.fields().getOrDefault("state", ""),
                old.up(),
                old.load(),
                old.bytesIn(),
                old.bytesOut(),
                old.owns());
    }

    /** Tokens like those the ring began with; none when these are something else. */
    private List<Token> tokens(String text) {
        return nodes.values().stream()
                .flatMap(node -> node.tokens().stream())
                .findFirst()
                .map(EventJson::partitioner)
                .map(partitioner -> tokens(partitioner, text))
                .orElse(List.of());
    }

    private static List<Token> tokens(String partitioner, String text) {
        try {
            return Arrays.stream(text.split(" ", -1))
                    .map(token -> EventJson.token(partitioner, token))
                    .toList();
        } catch (IllegalArgumentException otherwise) {
            return List.of();
        }
    }
}
