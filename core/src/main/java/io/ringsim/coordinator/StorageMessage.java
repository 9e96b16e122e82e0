package io.ringsim.coordinator;

import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.network.Channel;
import io.ringsim.network.WireMessage;

/**
 * What a coordinator and the replicas say to each other. Bytes are counted under Cassandra's verbs.
 *
 * <p>Sizes on the wire follow the serialisation of Cassandra 2.1.
 */
public sealed interface StorageMessage extends WireMessage {
    Channel<StorageMessage> CHANNEL = new Channel<>("storage", StorageMessage.class, Channel.Promise.RELIABLE);

    /** Magic, id, timestamp, sender, verb, number of parameters, length. */
    int HEADER_BYTES = 29;

    String REQUEST_RESPONSE = "REQUEST_RESPONSE";

    /** The request it is or answers: unique among all that its coordinator ever made, those before a restart included. */
    long id();

    /** What a coordinator asks. */
    sealed interface Request extends StorageMessage permits Mutate, Read {}

    /** What a replica answers, once. */
    sealed interface Answer extends StorageMessage permits Mutated, Rows, Refused {}

    /** Asks to apply a write. */
    record Mutate(long id, Mutation mutation) implements Request {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + WireSizes.of(mutation);
        }

        @Override
        public String kind() {
            return "MUTATION";
        }
    }

    /** Asks for rows. */
    record Read(long id, PartitionQuery query) implements Request {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + WireSizes.of(query);
        }

        @Override
        public String kind() {
            return "READ";
        }
    }

    /** The write is as safe there as the replica promises. */
    record Mutated(long id) implements Answer {
        @Override
        public long wireBytes() {
            return HEADER_BYTES;
        }

        @Override
        public String kind() {
            return REQUEST_RESPONSE;
        }
    }

    /** What the replica knows of the rows that were asked for, tombstones included. */
    record Rows(long id, Partition partition) implements Answer {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + WireSizes.of(partition);
        }

        @Override
        public String kind() {
            return REQUEST_RESPONSE;
        }
    }

    /** The replica does not do it. */
    record Refused(long id, String reason) implements Answer {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + (long) reason.length();
        }

        @Override
        public String kind() {
            return REQUEST_RESPONSE;
        }
    }
}
