package io.ringsim.gossip;

import io.ringsim.gossip.GossipEvent.Alive;
import io.ringsim.gossip.GossipEvent.Changed;
import io.ringsim.gossip.GossipEvent.Dead;
import io.ringsim.gossip.GossipEvent.Joined;
import io.ringsim.gossip.GossipEvent.Removed;
import io.ringsim.gossip.GossipEvent.Restarted;
import io.ringsim.network.Route;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one node makes of the news of others: who is new, started again, changed, is alive or dead, and is forgotten; and
 * tells it. Heartbeats of nodes about which nothing else is to be said never come here, see {@link Exchange#apply}.
 */
final class Neighbours {
    /** Asks a node whether it is there. */
    interface Echoes {
        void ask(int node, int code, long answeredAfterNanos);
    }

    /** How many rounds may pass between two looks at all heartbeats, if nobody can be silent for too long before. */
    private static final int LOOKS_EVERY = 4;

    private final Gossip world;
    private final Directory directory;
    private final GossipSettings settings;
    private final NodeId self;
    private final View view;
    private final Echoes echoes;
    private final PauseGuard pauseGuard;
    private final SortedSet<Integer> unreachable = new TreeSet<>();
    private final SortedMap<Integer, Long> quarantine = new TreeMap<>();

    /** The codes of what was known of nodes when they were forgotten. */
    private final SortedMap<Integer, Integer> graves = new TreeMap<>();

    private final BitSet asked = new BitSet();
    private final BitSet reachable = new BitSet();
    private @Nullable Audience audience;
    private boolean reachabilityChanged;
    private int looksAgainAt;

    Neighbours(Gossip world, GossipSettings settings, NodeId self, View view, Echoes echoes) {
        this.world = world;
        this.directory = world.directory();
        this.settings = settings;
        this.self = self;
        this.view = view;
        this.echoes = echoes;
        this.pauseGuard =
                new PauseGuard((int) settings.failureDetection().localPause().toMillis());
        this.looksAgainAt = world.millis();
    }

    void tellTo(Audience listener) {
        audience = listener;
    }

    /** Begins as one of a ring at rest: all are members, known and alive. */
    void know(Gossip.AtRest ring) {
        int now = world.millis();
        view.grow(directory.room());
        int own = view.codes[view.self];
        view.begin(ring.digests().codes, now);
        view.codes[view.self] = own;
        reachable.or(ring.numbers());
        reachable.clear(view.self);
        if (audience != null) {
            audience.tellAll(ring.numbers(), ring.endpoints());
        }
        reachabilityChanged = true;
        tell();
    }

    List<Integer> live() {
        var all = new ArrayList<Integer>();
        for (int node = 0; node < view.codes.length; node++) {
            if (view.isLive(node)) {
                all.add(node);
            }
        }
        return all;
    }

    SortedSet<Integer> unreachable() {
        return unreachable;
    }

    /** The unreachable nodes to which a round's Syn may go; it is all by which one that hibernates hears of the others. */
    List<Integer> tried() {
        return unreachable.stream()
                .filter(node ->
                        !settings.rules().sparesDeadStates() || !state(node).hasLeft())
                .toList();
    }

    void apply(Delta delta) {
        world.exchange().apply(view, delta, world.millis(), this::received);
        tell();
    }

    /** A copy of a node's state that may be more than its heartbeat. */
    private void received(int node, int code) {
        int known = view.codes[node];
        if (quarantine.containsKey(node) && (known == 0 || settings.rules().quarantinesAll())) {
            return;
        }
        switch (order(node, known, code)) {
            case NEW -> {
                if (code > graves.getOrDefault(node, 0)) {
                    replace(node, code);
                }
            }
            case RESTARTED -> replace(node, code);
            case NEWER -> update(node, known, code);
            case OLD -> maybeAlive(node);
            case IMPOSSIBLE -> {}
        }
    }

    private StateOrder order(int node, int known, int code) {
        var theirs = directory.life(node, code);
        var mine = directory.life(node, known);
        if (known != 0 && !theirs.equals(mine) && theirs.generation == mine.generation) {
            return code > known ? StateOrder.RESTARTED : StateOrder.OLD; // one of them is what peers say of a dead node
        }
        return StateOrder.of(
                known == 0 ? 0 : mine.generation,
                mine.versionOf(known),
                theirs.generation,
                theirs.versionOf(code),
                world.epochSeconds(),
                settings.timeouts().generationAhead().toSeconds());
    }

    /** A node that is new or started again: its whole state is replaced. */
    private void replace(int node, int code) {
        boolean restarted = view.knows(node);
        boolean wasLive = view.isLive(node);
        if (!wasLive) {
            view.arrivals.forget(node);
        }
        view.codes[node] = code;
        view.arrivals.report(node, world.millis());
        asked.clear(node);
        news(node);
        if (restarted) {
            world.tell(self, new Restarted(directory.node(node)));
            if (wasLive) {
                markDead(node);
            }
        }
        if (state(node).isDeadState()) {
            markAsDeadState(node);
        } else if (settings.rules().echoes() || restarted) {
            maybeAlive(node);
        } else {
            markDead(node);
        }
        world.tell(self, new Joined(directory.node(node)));
        if (state(node).isShutdown()) {
            markAsShutdown(node);
        }
        beCareful(node);
    }

    /** Later news of a node in the life in which it is known. */
    private void update(int node, int known, int code) {
        var life = directory.life(node, code);
        var before = life.at(known);
        var after = life.at(code);
        if (life.base + after.heartbeatAt(life.versionOf(code)) > known) {
            view.arrivals.report(node, world.millis());
        }
        view.codes[node] = code;
        if (after.version() != before.version()) {
            after.states().forEach((key, value) -> {
                if (value.version() > life.versionOf(known)) {
                    world.tell(self, new Changed(directory.node(node), key, value.value()));
                }
            });
            news(node);
            if (after.isDeadState() && !before.isDeadState()) {
                markAsDeadState(node);
            }
        }
        maybeAlive(node);
        beCareful(node);
    }

    private void news(int node) {
        if (audience != null && state(node).endpoint() != null) {
            audience.noteNews(node);
        }
        updateReachable(node);
    }

    /** A node of which there is news and that does not count as alive may be; from 2.0 on it is asked first. */
    private void maybeAlive(int node) {
        if (view.isLive(node) || state(node).isDeadState() || state(node).isShutdown()) {
            return;
        }
        if (!settings.rules().echoes()) {
            markAlive(node);
        } else if (!asked.get(node)) {
            unreachable.add(node);
            long answered = world.echo(self, directory.node(node));
            if (answered != Route.LOST) {
                asked.set(node);
                echoes.ask(node, directory.life(node, view.codes[node]).base, answered);
            }
        }
    }

    void answered(int node, int lifeBase) {
        asked.clear(node);
        boolean isSame = view.knows(node) && directory.life(node, view.codes[node]).base == lifeBase;
        if (isSame && !state(node).isDeadState() && !state(node).isShutdown()) {
            markAlive(node);
            tell();
        }
    }

    private void markAlive(int node) {
        if (view.isLive(node)) {
            return;
        }
        view.setLive(node, true);
        unreachable.remove(node);
        beCareful(node);
        updateReachable(node);
        world.tell(self, new Alive(directory.node(node)));
    }

    private void markDead(int node) {
        boolean wasLive = view.isLive(node);
        view.setLive(node, false);
        unreachable.add(node);
        beCareful(node);
        updateReachable(node);
        if (wasLive) {
            world.tell(self, new Dead(directory.node(node)));
        }
    }

    /** If it left, it is no member any more, remembered until its time is over, and for a while not listened to. */
    private void markAsDeadState(int node) {
        markDead(node);
        if (state(node).hasLeft()) {
            quarantine.put(node, world.nanos());
        }
    }

    /** This node speaks for a dead one. */
    void speakFor(Life life) {
        replace(life.number, life.code());
        tell();
    }

    /** It said that it stops: no later version of that life can come. */
    void shutDown(int node) {
        if (node != view.self
                && view.knows(node)
                && state(node).endpoint() != null
                && !state(node).isDeadState()) {
            markAsShutdown(node);
            tell();
        }
    }

    private void markAsShutdown(int node) {
        var life = directory.life(node, view.codes[node]);
        int mark = life.markedAsShutdown();
        if (view.codes[node] != mark) {
            view.codes[node] = mark;
            directory.said(life);
            news(node);
        }
        markDead(node);
    }

    /** The status check of each round: convicts the silent, forgets those whose time is over. */
    void check() {
        int now = world.millis();
        boolean mayConvict = pauseGuard.mayConvict(now);
        if (mayConvict && now - looksAgainAt >= 0) {
            int least = view.arrivals.scan(view.live(), now, this::markDead);
            looksAgainAt = now
                    + (int) Math.min(least, LOOKS_EVERY * settings.interval().toMillis());
        }
        checkCareful(now);
        long quarantined = settings.timeouts().quarantine().toNanos();
        quarantine.values().removeIf(since -> world.nanos() - since > quarantined);
        tell();
    }

    private void checkCareful(int now) {
        long[] careful = view.careful();
        for (int block = 0; block < careful.length; block++) {
            for (long rest = careful[block]; rest != 0; rest &= rest - 1) {
                checkOne(block * View.BLOCK + Long.numberOfTrailingZeros(rest), now);
            }
        }
    }

    private void checkOne(int node, int now) {
        var state = state(node);
        if (state.isDeadState()) {
            if (!view.isLive(node) && world.epochMillis() > state.expiresAtMillis()) {
                remove(node);
            }
        } else if (!state.isMember() && !quarantine.containsKey(node)) {
            var patience = state.isBootstrapping()
                    ? settings.timeouts().failedBootstrap()
                    : settings.timeouts().fatClient();
            if (view.arrivals.silence(node, now) > patience.toMillis()) {
                remove(node);
            }
        }
    }

    /** Forgets a node that has no place in the ring any more. */
    void forget(int node) {
        if (node != view.self && view.knows(node)) {
            remove(node);
        }
    }

    /** Forgets a node, and does not listen to what others still say of it for a while. */
    private void remove(int node) {
        world.tell(self, new Removed(directory.node(node)));
        markDead(node);
        unreachable.remove(node);
        graves.put(node, view.codes[node]);
        view.codes[node] = 0;
        view.arrivals.forget(node);
        view.setCareful(node, false);
        quarantine.put(node, world.nanos());
        tell();
        if (audience != null) {
            audience.tellRemoved(node);
        }
    }

    private void beCareful(int node) {
        view.setCareful(node, !view.isLive(node) || !state(node).isMember());
    }

    private EndpointState state(int node) {
        return directory.at(node, view.codes[node]);
    }

    private void updateReachable(int node) {
        var endpoint = view.isLive(node) ? state(node).endpoint() : null;
        boolean is = endpoint != null && endpoint.status().isTakingPart();
        if (is != reachable.get(node)) {
            reachable.set(node, is);
            reachabilityChanged = true;
        }
    }

    private void tell() {
        if (audience == null) {
            return;
        }
        if (audience.hasNews()) {
            audience.tellNews(this::endpoint);
        }
        if (reachabilityChanged) {
            reachabilityChanged = false;
            audience.tellReachability(reachable, new BitSet());
        }
    }

    /** A node that comes back after it was forgotten is told as later than anything before. */
    private @Nullable Endpoint endpoint(int node) {
        if (!view.knows(node)) {
            return null;
        }
        var endpoint = state(node).endpoint();
        var life = directory.life(node, view.codes[node]);
        int forgotten = graves.getOrDefault(node, 0);
        if (endpoint == null || life.base + endpoint.version() > forgotten) {
            return endpoint;
        }
        return endpoint.with(life.versionOf(view.codes[node]), endpoint.load());
    }
}
