package io.ringsim.sim;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the nodes of a simulated ring know each other. */
public enum MembershipKind {
    /** As hosts of an Akka Cluster with Distributed Data would. */
    CLUSTER,
    /** By Cassandra's own gossip: Syn, Ack, Ack2. */
    GOSSIP;

    /** The kind of that name, as scenarios write it. */
    public static Optional<MembershipKind> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.toString().equals(name))
                .findFirst();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
