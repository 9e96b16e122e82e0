package io.ringsim.network;

/**
 * A conversation between nodes: one family of messages and what the network promises for it.
 *
 * @param name unique in a world, lower case: {@code streaming}
 * @param type the family's sealed parent
 */
public record Channel<M extends WireMessage>(String name, Class<M> type, Promise promise) {
    /** What the network promises. */
    public enum Promise {
        /** As over TCP: in order; loss costs time; a broken connection is told to both inboxes. */
        RELIABLE,
        /** As over UDP: a lost message is gone and nobody is told. */
        DATAGRAM
    }
}
