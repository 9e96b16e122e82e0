package io.ringsim.gossip;

import io.ringsim.network.Channel;
import io.ringsim.network.WireMessage;
import java.util.List;

/** What the cluster layers of two nodes say to each other. */
sealed interface ClusterMessage extends WireMessage {
    Channel<ClusterMessage> CHANNEL = new Channel<>("cluster", ClusterMessage.class, Channel.Promise.DATAGRAM);

    /** Artery's header, two actor paths, TCP's and IP's headers. */
    long ENVELOPE = 120;

    /** Are you there? */
    record Heartbeat() implements ClusterMessage {
        @Override
        public long wireBytes() {
            return ENVELOPE + 50;
        }
    }

    /** I am. */
    record HeartbeatReply() implements ClusterMessage {
        @Override
        public long wireBytes() {
            return ENVELOPE + 50;
        }
    }

    /** A starting node asks a contact point for all it knows. */
    record Join(int generation) implements ClusterMessage {
        @Override
        public long wireBytes() {
            return ENVELOPE + 60;
        }
    }

    /** All a contact point knows. */
    record Welcome(List<NodeState> states, boolean isAll) implements ClusterMessage {
        public Welcome {
            states = List.copyOf(states);
        }

        @Override
        public long wireBytes() {
            return ENVELOPE + bytes(states);
        }
    }

    /** News a node has of itself. */
    record Delta(List<NodeState> states) implements ClusterMessage {
        public Delta {
            states = List.copyOf(states);
        }

        @Override
        public long wireBytes() {
            return ENVELOPE + bytes(states);
        }
    }

    /** A digest of all a node knows, to be compared. */
    record Status(Digest digest) implements ClusterMessage {
        @Override
        public long wireBytes() {
            return ENVELOPE + digest.bytes();
        }
    }

    /**
     * What a node knows where two digests differed.
     *
     * @param shelves which shelves of the digest it is
     * @param wantsBack whether the receiver is to answer with what it knows better
     */
    record Gossip(List<Integer> shelves, List<NodeState> states, boolean wantsBack) implements ClusterMessage {
        public Gossip {
            shelves = List.copyOf(shelves);
            states = List.copyOf(states);
        }

        @Override
        public long wireBytes() {
            return ENVELOPE + shelves.size() * Digest.BYTES_PER_SHELF + bytes(states);
        }
    }

    /** The sender forgot the receiver, of which it knew this: if it lives, it must speak anew to be known again. */
    record Forgotten(int generation, int version) implements ClusterMessage {
        @Override
        public long wireBytes() {
            return ENVELOPE + 8;
        }
    }

    private static long bytes(List<NodeState> states) {
        long bytes = 4;
        for (var state : states) {
            bytes += state.bytes();
        }
        return bytes;
    }
}
