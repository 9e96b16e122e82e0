package io.ringsim.ring;

/** One range of one keyspace that one node has to send to another. */
public record Transfer(String keyspace, TokenRange range, NodeId from, NodeId to) {
    @Override
    public String toString() {
        return keyspace + " " + range + " " + from + " -> " + to;
    }
}
