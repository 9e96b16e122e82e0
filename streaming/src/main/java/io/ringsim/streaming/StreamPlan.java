package io.ringsim.streaming;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.storage.KeyspaceRanges;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The sessions in which a node's transfers move: as many as the settings say with each peer, peers in their order, the
 * transfers dealt to a peer's sessions one by one.
 */
public record StreamPlan(List<Session> sessions) {
    public StreamPlan {
        sessions = List.copyOf(sessions);
    }

    /**
     * What one session moves.
     *
     * @param requests what the peer is asked for
     * @param offers what the peer is sent
     * @param transfers both, as the plan's owner named them
     */
    public record Session(
            NodeId peer,
            int index,
            List<KeyspaceRanges> requests,
            List<KeyspaceRanges> offers,
            List<Transfer> transfers) {
        public Session {
            requests = List.copyOf(requests);
            offers = List.copyOf(offers);
            transfers = List.copyOf(transfers);
        }
    }

    /** Plans the transfers, of each of which {@code self} is one end. */
    public static StreamPlan of(NodeId self, List<Transfer> transfers, int sessionsPerPeer) {
        var byPeer = new TreeMap<NodeId, List<Transfer>>();
        for (var transfer : transfers) {
            byPeer.computeIfAbsent(peerOf(self, transfer), any -> new ArrayList<>())
                    .add(transfer);
        }
        var sessions = new ArrayList<Session>();
        byPeer.forEach((peer, all) -> {
            for (int index = 0; index < Math.min(sessionsPerPeer, all.size()); index++) {
                sessions.add(session(self, peer, index, dealt(all, index, sessionsPerPeer)));
            }
        });
        return new StreamPlan(sessions);
    }

    private static NodeId peerOf(NodeId self, Transfer transfer) {
        boolean fetched = transfer.to().equals(self);
        if (fetched == transfer.from().equals(self)) {
            throw new IllegalArgumentException(transfer + " is not between " + self + " and another node");
        }
        return fetched ? transfer.from() : transfer.to();
    }

    private static List<Transfer> dealt(List<Transfer> all, int index, int sessions) {
        var dealt = new ArrayList<Transfer>();
        for (int i = index; i < all.size(); i += sessions) {
            dealt.add(all.get(i));
        }
        return dealt;
    }

    private static Session session(NodeId self, NodeId peer, int index, List<Transfer> transfers) {
        return new Session(
                peer,
                index,
                ranges(transfers, transfer -> transfer.to().equals(self)),
                ranges(transfers, transfer -> transfer.from().equals(self)),
                transfers);
    }

    private static List<KeyspaceRanges> ranges(List<Transfer> transfers, Predicate<Transfer> which) {
        SortedMap<String, List<TokenRange>> byKeyspace = new TreeMap<>();
        transfers.stream()
                .filter(which)
                .forEach(transfer -> byKeyspace
                        .computeIfAbsent(transfer.keyspace(), any -> new ArrayList<>())
                        .add(transfer.range()));
        return byKeyspace.entrySet().stream()
                .map(entry -> new KeyspaceRanges(entry.getKey(), entry.getValue()))
                .toList();
    }
}
