package io.ringsim.deploy;

import akka.actor.typed.ActorSystem;
import io.ringsim.node.NodeSettings;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RingView;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What each node of a host is told at its start. */
final class NodeStarts {
    private final HostSettings settings;
    private final RingView nobody;
    private final Randomness chance;
    private final SortedMap<NodeId, List<Token>> chosen = new TreeMap<>();

    NodeStarts(HostSettings settings, ActorSystem<?> system) {
        this.settings = settings;
        this.nobody = RingView.empty(settings.ring().partitioner());
        this.chance = Randomness.of(system, "tokens");
    }

    NodeSettings settingsOf(NodeId node) {
        return NodeSettings.defaults(
                        node, settings.location(), nobody, settings.ring().keyspaces())
                .withTables(settings.ring().schema())
                .withOperations(settings.operations());
    }

    /** Those it was given, or random ones; the same each time it is asked. A node that had some keeps those. */
    List<Token> tokensOf(NodeId node) {
        var given = settings.nodes().getOrDefault(node, List.of());
        return given.isEmpty() ? chosen.computeIfAbsent(node, any -> random()) : given;
    }

    private List<Token> random() {
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < settings.joining().tokens(); i++) {
            tokens.add(settings.ring().partitioner().randomToken(chance));
        }
        return tokens;
    }
}
