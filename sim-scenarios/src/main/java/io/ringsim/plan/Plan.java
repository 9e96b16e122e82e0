package io.ringsim.plan;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What an operation would move, take and leave behind.
 *
 * @param tokens the node's tokens afterwards, or those it gives up
 * @param ownershipBefore each member's effective share of the first keyspace
 * @param cleanup the nodes that keep data they own no longer, with its bytes, until they are cleaned up
 * @param warnings what may go wrong
 * @param notes what was assumed
 */
public record Plan(
        Change change,
        List<Token> tokens,
        List<KeyspacePlan> keyspaces,
        List<PeerPlan> peers,
        Estimate estimate,
        SortedMap<NodeId, Double> ownershipBefore,
        SortedMap<NodeId, Double> ownershipAfter,
        List<Balance> balanceBefore,
        List<Balance> balanceAfter,
        SortedMap<NodeId, Long> cleanup,
        List<String> warnings,
        List<String> notes)
        implements PlanResult {
    public Plan {
        tokens = List.copyOf(tokens);
        keyspaces = List.copyOf(keyspaces);
        peers = List.copyOf(peers);
        ownershipBefore = Collections.unmodifiableSortedMap(new TreeMap<>(ownershipBefore));
        ownershipAfter = Collections.unmodifiableSortedMap(new TreeMap<>(ownershipAfter));
        balanceBefore = List.copyOf(balanceBefore);
        balanceAfter = List.copyOf(balanceAfter);
        cleanup = Collections.unmodifiableSortedMap(new TreeMap<>(cleanup));
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
    }

    /** What moves of one keyspace. */
    public record KeyspacePlan(String name, List<RangePlan> fetch) {
        public KeyspacePlan {
            fetch = List.copyOf(fetch);
        }
    }

    /** One range that moves; the bytes of all ranges between two nodes add up to what those nodes exchange. */
    public record RangePlan(TokenRange range, NodeId from, NodeId to, long bytes) {}

    /** All that one node sends to another. */
    public record PeerPlan(NodeId from, NodeId to, int ranges, long bytes, int files) {}

    public long totalBytes() {
        return peers.stream().mapToLong(PeerPlan::bytes).sum();
    }

    public int totalFiles() {
        return peers.stream().mapToInt(PeerPlan::files).sum();
    }
}
