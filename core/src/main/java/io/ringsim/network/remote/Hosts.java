package io.ringsim.network.remote;

import akka.actor.Address;
import io.ringsim.ring.NodeId;
import java.util.Optional;

/** Where the nodes are. The answer may change; it is asked for every message, from any thread, so it must be quick. */
@FunctionalInterface
public interface Hosts {
    /** The address of the ActorSystem a node runs in, with host and port; empty when no host is known to run it. */
    Optional<Address> hostOf(NodeId node);
}
