package io.ringsim.operation;

import io.ringsim.network.Channel;
import io.ringsim.network.WireMessage;
import io.ringsim.ring.NodeId;

/**
 * What the node that removes a dead one and the replicas that take over say to each other. Bytes are counted under
 * Cassandra's verbs.
 */
public sealed interface RemovalMessage extends WireMessage {
    Channel<RemovalMessage> CHANNEL = new Channel<>("removal", RemovalMessage.class, Channel.Promise.RELIABLE);

    /** Magic, id, timestamp, sender, verb, number of parameters, length. */
    int HEADER_BYTES = 29;

    NodeId dead();

    /** The dead node's generation in which it is REMOVING: which removal of that node it is. */
    int generation();

    /** I have what I gain by the removal, or could not get it: do not wait for me. */
    record ReplicationDone(NodeId dead, int generation) implements RemovalMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + bytes(dead);
        }

        @Override
        public String kind() {
            return "REPLICATION_DONE";
        }
    }

    /** You need not say it again. */
    record ReplicationNoted(NodeId dead, int generation) implements RemovalMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + bytes(dead);
        }

        @Override
        public String kind() {
            return "REQUEST_RESPONSE";
        }
    }

    private static long bytes(NodeId dead) {
        return 2L + dead.value().length() + Integer.BYTES;
    }
}
