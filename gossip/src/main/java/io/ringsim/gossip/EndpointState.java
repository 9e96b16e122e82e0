package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Status;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a node had said of itself at one version, heartbeat apart. One immutable value for every node that knows it:
 * inside a generation all versions come from one counter and a delta always holds everything newer than what was asked
 * for, so a copy at a version is the node's own history cut there.
 *
 * @param version of the latest application state
 * @param heartbeat the heartbeat version when that was said
 * @param endpoint the same as the ring understands it; null until the node has said a STATUS
 */
record EndpointState(
        int version,
        int heartbeat,
        SortedMap<ApplicationState, VersionedValue> states,
        @Nullable Endpoint endpoint) {
    static final EndpointState NOTHING = new EndpointState(0, 0, new TreeMap<>(), null);

    EndpointState {
        states = Collections.unmodifiableSortedMap(new TreeMap<>(states));
    }

    /** Whether the node has a place in the ring. */
    boolean isMember() {
        return endpoint != null
                && switch (endpoint.status()) {
                    case NORMAL, LEAVING, MOVING, SHUTDOWN, HIBERNATE, REMOVING -> true;
                    case BOOT, BOOT_REPLACE, LEFT, REMOVED -> false;
                };
    }

    /** Whether the node counts as dead whatever its heartbeats say; Cassandra's dead states. */
    boolean isDeadState() {
        return endpoint != null && endpoint.status().isDead();
    }

    /** Whether others removed the node, or are about to. */
    boolean isByOthers() {
        return endpoint != null && endpoint.status().isByOthers();
    }

    /** Whether the node will never be a member again under this state. */
    boolean hasLeft() {
        return endpoint != null && endpoint.status().hasLeft();
    }

    boolean isShutdown() {
        return endpoint != null && endpoint.status() == Status.SHUTDOWN;
    }

    boolean isBootstrapping() {
        return endpoint != null && endpoint.status().isBootstrapping();
    }

    /** The heartbeat of the copy that is cut at this version. */
    int heartbeatAt(int cut) {
        return cut > version ? cut : heartbeat;
    }

    /** When the state of a node that has left may be forgotten, in milliseconds since 1970; else never. */
    long expiresAtMillis() {
        if (!hasLeft()) {
            return Long.MAX_VALUE;
        }
        var status = states.get(ApplicationState.STATUS);
        var parts = status == null ? new String[0] : status.value().split(",", -1);
        return parts.length == 3 ? Long.parseLong(parts[2]) : Long.MAX_VALUE;
    }
}
