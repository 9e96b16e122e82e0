package io.ringsim.ring;

/** A keyspace's name and where its replicas go. */
public record Keyspace(String name, ReplicationStrategy replication) {
    public Keyspace {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a keyspace needs a name");
        }
    }
}
