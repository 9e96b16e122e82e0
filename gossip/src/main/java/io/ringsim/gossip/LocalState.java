package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Status;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a node says of itself: turns its place in the ring into application states. */
final class LocalState {
    private final Life life;
    private final GossipSettings.Rules rules;
    private final GossipSettings.Timeouts timeouts;
    private Endpoint endpoint;
    private boolean announced;

    LocalState(Life life, Endpoint endpoint, GossipSettings.Rules rules, GossipSettings.Timeouts timeouts) {
        this.life = life;
        this.endpoint = endpoint;
        this.rules = rules;
        this.timeouts = timeouts;
    }

    Endpoint endpoint() {
        return endpoint;
    }

    /** Whether it ever said a STATUS; before, others know of it but not as anything in the ring. */
    boolean isAnnounced() {
        return announced;
    }

    /** Goes on with what a node of a ring at rest has said. */
    static LocalState resumed(Life life, Endpoint endpoint, GossipSettings settings) {
        var known = life.latest().endpoint();
        var state = new LocalState(life, known == null ? endpoint : known, settings.rules(), settings.timeouts());
        state.announced = known != null;
        return state;
    }

    /** The states a node has from its start. */
    void introduce() {
        var states = new TreeMap<ApplicationState, String>();
        states.put(ApplicationState.DC, endpoint.location().datacenter());
        states.put(ApplicationState.RACK, endpoint.location().rack());
        states.put(ApplicationState.HOST_ID, StateText.hostId(endpoint.node()));
        states.put(ApplicationState.NET_VERSION, rules.wire() == WireFormat.V4_1 ? "12" : "8");
        states.put(ApplicationState.RELEASE_VERSION, rules.wire() == WireFormat.V4_1 ? "4.1.0" : "2.1.0");
        states.put(ApplicationState.RPC_ADDRESS, "127.0.0.1");
        states.put(ApplicationState.SCHEMA, StateText.uuid(endpoint.schema()));
        say(states);
    }

    /** A new place in the ring: TOKENS, then STATUS. */
    void announce(Endpoint next, long nowMillis) {
        announced = true;
        endpoint = next;
        var tokens = new TreeMap<ApplicationState, String>();
        tokens.put(ApplicationState.TOKENS, StateText.tokens(next.tokens()));
        if (next.load() > 0) {
            tokens.put(ApplicationState.LOAD, StateText.load(next.load()));
        }
        say(tokens);
        var status = new TreeMap<ApplicationState, String>();
        long expires = nowMillis + timeouts.leftExpiry().toMillis();
        status.put(ApplicationState.STATUS, StateText.status(next, expires));
        if (next.status() == Status.SHUTDOWN) {
            status.put(ApplicationState.RPC_READY, "false");
        }
        say(status);
    }

    /** What it says of a dead node that it speaks for. */
    SortedMap<ApplicationState, String> ofDead(Endpoint dead, long nowMillis) {
        var states = new TreeMap<ApplicationState, String>();
        states.put(
                ApplicationState.STATUS,
                StateText.status(dead, nowMillis + timeouts.leftExpiry().toMillis()));
        dead.remover().forEach(by -> states.put(ApplicationState.REMOVAL_COORDINATOR, StateText.remover(by)));
        return states;
    }

    void report(long load) {
        endpoint = endpoint.with(endpoint.version(), load);
        var states = new TreeMap<ApplicationState, String>();
        states.put(ApplicationState.LOAD, StateText.load(load));
        say(states);
    }

    private void say(SortedMap<ApplicationState, String> states) {
        var last = endpoint;
        var said = life.say(states, version -> announced ? at(last, version) : null);
        if (said.endpoint() != null) {
            endpoint = said.endpoint();
        }
    }

    private static Endpoint at(Endpoint endpoint, int version) {
        return new Endpoint(
                endpoint.node(),
                endpoint.location(),
                endpoint.generation(),
                version,
                endpoint.status(),
                endpoint.tokens(),
                endpoint.movingTo(),
                endpoint.replaces(),
                endpoint.schema(),
                endpoint.load());
    }
}
