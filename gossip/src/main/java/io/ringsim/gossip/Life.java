package io.ringsim.gossip;

import static java.util.Objects.requireNonNull;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node from a start to its end: its generation, its version counter and all it said, kept once for everybody. A
 * copy of its state is named by one number, the {@code code}: where this life begins in the node's count of all its
 * versions in all its lives, plus the version. So of two copies of a node's state the greater code is the later one.
 */
final class Life {
    /** Room for the versions that a node that was told to have shut down may still draw. */
    private static final int AFTER_SHUTDOWN = 10_000;

    final int number;
    final NodeId node;

    /** How often the node started, as its port counts. */
    final int start;

    /** Cassandra's generation: seconds since 1970 when it started, or more, so that it always grows. */
    final int generation;

    final int base;
    private final List<EndpointState> history = new ArrayList<>();
    private int version;
    private int heartbeat;
    private int marked;
    private @Nullable EndpointState markedState;
    private boolean isByOthers;

    Life(int number, NodeId node, int start, int generation, int base) {
        this.number = number;
        this.node = node;
        this.start = start;
        this.generation = generation;
        this.base = base;
        history.add(EndpointState.NOTHING);
    }

    /** The next heartbeat. */
    void beat() {
        heartbeat = ++version;
    }

    /**
     * Says these states, each under a version of its own.
     *
     * @return what the node has then said of itself
     */
    EndpointState say(SortedMap<ApplicationState, String> changes, UnfinishedEndpoint endpoint) {
        var states = new TreeMap<>(latest().states());
        changes.forEach((key, value) -> states.put(key, new VersionedValue(value, ++version)));
        var next = new EndpointState(version, heartbeat, states, endpoint.at(version));
        history.add(next);
        return next;
    }

    /**
     * Begins as what a peer says of a dead node: all that is in the peer's copy of an earlier life, and this.
     *
     * @param cut the version of the copy
     */
    void speakFor(EndpointState copy, int cut, Endpoint dead, SortedMap<ApplicationState, String> said) {
        isByOthers = true;
        version = cut;
        heartbeat = copy.heartbeatAt(cut);
        var states = new TreeMap<>(copy.states());
        said.forEach((key, value) -> states.put(key, new VersionedValue(value, ++version)));
        history.add(new EndpointState(version, heartbeat, states, dead.with(code(), dead.load())));
    }

    /** Whether the node led no such life, but a peer made it up for it. */
    boolean isByOthers() {
        return isByOthers;
    }

    /** A node's place in the ring, once its version is known. */
    interface UnfinishedEndpoint {
        @Nullable
        Endpoint at(int version);
    }

    EndpointState latest() {
        return history.get(history.size() - 1);
    }

    /** The code of all it has said so far. */
    int code() {
        return base + version;
    }

    /** The code from which on a copy has its latest application states. */
    int calm() {
        return marked > 0 ? marked : base + latest().version();
    }

    int versionOf(int code) {
        return code - base;
    }

    /** What a copy with this code holds. */
    EndpointState at(int code) {
        if (markedState != null && code >= marked) {
            return markedState;
        }
        int low = 0;
        int high = history.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (history.get(middle).version() <= code - base) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return history.get(low);
    }

    /** The code that stands for the greatest version there is, which peers give a node that says it shuts down. */
    int markedAsShutdown() {
        if (marked == 0) {
            marked = base + version + AFTER_SHUTDOWN;
            var states = new TreeMap<>(latest().states());
            int at = versionOf(marked);
            states.put(ApplicationState.STATUS, new VersionedValue("shutdown,true", at));
            states.put(ApplicationState.RPC_READY, new VersionedValue("false", at));
            var last = requireNonNull(latest().endpoint());
            var endpoint = last.with(at, Status.SHUTDOWN, last.tokens(), last.movingTo());
            markedState = new EndpointState(at, at, states, endpoint);
        }
        return marked;
    }

    /** Nothing this life ever said has a code as great as this. */
    int end() {
        return Math.max(marked, code()) + AFTER_SHUTDOWN;
    }
}
