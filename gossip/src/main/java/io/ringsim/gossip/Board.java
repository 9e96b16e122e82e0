package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import akka.cluster.ClusterEvent.ClusterDomainEvent;
import io.ringsim.gossip.Entry.Grave;
import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One host's knowledge of all nodes: what its own nodes say goes through it to the other hosts, and what those say to its
 * nodes. It decides who is up: a node that takes part, on a host that is reachable. Each node's {@link HostedMember} is
 * shown every change as a {@link Picture} and keeps its own view.
 */
final class Board extends AbstractBehavior<Board.Command> {
    /** What changes within this time is shown together: every change is shown to every node of the host. */
    private static final Duration SHOW_DELAY = Duration.ofMillis(20);

    sealed interface Command
            permits Register,
                    Say,
                    SpeakFor,
                    Forget,
                    Stopped,
                    Heard,
                    Looked,
                    HostEvent,
                    NotShared,
                    SilentTooLong,
                    Expired,
                    Signal {}

    /** A node of this host began a life; it has not announced itself yet. */
    record Register(NodeId node, int generation, ActorRef<HostedMember.Message> member) implements Command {}

    /** A node of this host announced this of itself. */
    record Say(Endpoint endpoint, ActorRef<HostedMember.Message> member) implements Command {}

    /** A node of this host says of another node that it is dead. */
    record SpeakFor(Membership.SpeakFor removal, NodeId by) implements Command {}

    /** A node lost its place in the ring to others. */
    record Forget(NodeId node) implements Command {}

    /** The membership of a node of this host is no more. */
    private record Stopped(NodeId node, ActorRef<HostedMember.Message> member) implements Command {}

    /** What all hosts share of some nodes. */
    record Heard(EndpointStates states) implements Command {}

    /** What most hosts knew of some nodes when this one came; {@code isLast} when that is all, or all that came in time. */
    record Looked(EndpointStates states, boolean isLast) implements Command {}

    /** A host came, went, or changed its reachability. */
    record HostEvent(ClusterDomainEvent event) implements Command {}

    record NotShared(String reason) implements Command {}

    private record SilentTooLong(NodeId node) implements Command {}

    private record Expired(NodeId node) implements Command {}

    enum Signal implements Command {
        SHOW,
        SHARE,
        SHARED,
        /** This host is a member of the cluster from now on. */
        JOINED
    }

    private record Local(int generation, ActorRef<HostedMember.Message> member) {}

    private final TimerScheduler<Command> timers;
    private final Clock clock;
    private final Roster roster;
    private final ClusterLayerSettings settings;
    private final Sharing sharing;
    private final Gallery gallery;
    private final HostReach hosts;
    private final Outbox outbox;
    private final SortedMap<NodeId, Entry> entries = new TreeMap<>();
    private final SortedMap<NodeId, Local> locals = new TreeMap<>();
    private boolean lookedAround;

    static Behavior<Command> create(Roster roster, ClusterLayerSettings settings) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Board(context, timers, roster, settings)));
    }

    private Board(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            Roster roster,
            ClusterLayerSettings settings) {
        super(context);
        this.timers = timers;
        this.clock = Clock.of(context.getSystem());
        this.roster = roster;
        this.settings = settings;
        this.sharing = Sharing.of(context, settings);
        this.hosts = new HostReach(sharing.here());
        this.gallery = new Gallery(roster);
        this.outbox = new Outbox(settings);
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Register.class, this::onRegister)
                .onMessage(Say.class, this::onSay)
                .onMessage(SpeakFor.class, this::onSpeakFor)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Stopped.class, this::onStopped)
                .onMessage(Heard.class, heard -> onHeard(heard.states()))
                .onMessage(Looked.class, this::onLooked)
                .onMessage(HostEvent.class, this::onHostEvent)
                .onMessage(SilentTooLong.class, this::onSilentTooLong)
                .onMessage(Expired.class, this::onExpired)
                .onMessage(NotShared.class, this::onNotShared)
                .onMessageEquals(Signal.SHOW, this::onShow)
                .onMessageEquals(Signal.SHARE, this::onShare)
                .onMessageEquals(Signal.SHARED, () -> this)
                .onMessageEquals(Signal.JOINED, this::onJoined)
                .build();
    }

    /** Shown what the others have seen so far; from then on it is shown what they are. */
    private Behavior<Command> onRegister(Register register) {
        var node = register.node();
        if (entries.get(node) instanceof Present earlier && earlier.host().equals(sharing.here())) {
            stop(earlier);
        }
        locals.put(node, new Local(register.generation(), register.member()));
        place(node);
        getContext().watchWith(register.member(), new Stopped(node, register.member()));
        register.member().tell(gallery.shown());
        if (lookedAround) {
            register.member().tell(HostedMember.LookedAround.INSTANCE);
        }
        return this;
    }

    private Behavior<Command> onForget(Forget lost) {
        if (!locals.containsKey(lost.node())) {
            forget(lost.node());
        }
        return this;
    }

    private Behavior<Command> onSay(Say say) {
        var endpoint = say.endpoint();
        var local = locals.get(endpoint.node());
        if (local == null || !local.member().equals(say.member())) {
            return this;
        }
        var entry = new Present(endpoint, sharing.here(), true, expiry(endpoint));
        var known = entries.get(endpoint.node());
        if (known == null || entry.isNewerThan(known)) {
            put(entry);
            share(entry);
        } else {
            contest(local, known);
        }
        return this;
    }

    private Behavior<Command> onSpeakFor(SpeakFor command) {
        var removal = command.removal();
        if (entries.get(removal.dead()) instanceof Present known) {
            removal.after(Optional.of(known.endpoint()), command.by()).ifPresent(dead -> {
                var entry = known.spokenFor(dead, expiry(dead));
                put(entry);
                share(entry);
            });
        }
        return this;
    }

    private long expiry(Endpoint endpoint) {
        return endpoint.status().hasLeft()
                ? clock.instant().plus(settings.leftExpiry()).toEpochMilli()
                : Entry.NEVER;
    }

    private Behavior<Command> onStopped(Stopped stopped) {
        var local = locals.get(stopped.node());
        if (local != null && local.member().equals(stopped.member())) {
            locals.remove(stopped.node());
            if (entries.get(stopped.node()) instanceof Present last && isOf(local, last)) {
                stop(last);
            }
            place(stopped.node());
        }
        return this;
    }

    private boolean isOf(Local local, Present entry) {
        return entry.host().equals(sharing.here()) && entry.generation() == local.generation();
    }

    private void stop(Present last) {
        if (last.isRunning()) {
            put(last.stopped());
            share(last.stopped());
        }
    }

    private Behavior<Command> onJoined() {
        sharing.lookAround();
        return this;
    }

    private Behavior<Command> onLooked(Looked looked) {
        onHeard(looked.states());
        if (looked.isLast()) {
            lookedAround = true;
            onShow();
            locals.values().forEach(local -> local.member().tell(HostedMember.LookedAround.INSTANCE));
        }
        return this;
    }

    private Behavior<Command> onHeard(EndpointStates states) {
        for (var entry : states.entries().values()) {
            var known = entries.get(entry.node());
            if (known == null || entry.isNewerThan(known)) {
                hear(entry);
            }
        }
        return this;
    }

    private void hear(Entry entry) {
        var local = locals.get(entry.node());
        if (local != null && entry.generation() >= local.generation() && !isSpokenFor(entry)) {
            contest(local, entry);
            if (entry.generation() == local.generation()) {
                return;
            }
        }
        put(entry);
    }

    /** Whether others removed the node, which it sees in the next picture even if it runs here. */
    private static boolean isSpokenFor(Entry entry) {
        return entry instanceof Present present && present.endpoint().status().isByOthers();
    }

    /** A node that runs here is known as something newer: as forgotten, or in a later life. */
    private void contest(Local local, Entry entry) {
        if (entry instanceof Grave && entry.generation() == local.generation()) {
            local.member().tell(new HostedMember.SpeakAnew(entry.version()));
        } else if (!isSpokenFor(entry)) {
            getContext()
                    .getLog()
                    .warn(
                            "{} runs here in generation {}, but is known as {}: what it says here is not shared",
                            entry.node(),
                            local.generation(),
                            entry);
        }
    }

    private Behavior<Command> onHostEvent(HostEvent event) {
        hosts.heard(event.event());
        showLater();
        return this;
    }

    private Behavior<Command> onSilentTooLong(SilentTooLong silent) {
        forget(silent.node());
        return this;
    }

    private Behavior<Command> onExpired(Expired expired) {
        forget(expired.node());
        return this;
    }

    private Behavior<Command> onNotShared(NotShared failure) {
        getContext().getLog().error("Distributed Data did not take what this host says: {}", failure.reason());
        return this;
    }

    private void forget(NodeId node) {
        if (entries.get(node) instanceof Present present) {
            put(present.grave());
            share(present.grave());
        }
    }

    private void put(Entry entry) {
        entries.put(entry.node(), entry);
        gallery.put(entry);
        place(entry.node());
        expect(entry);
        showLater();
    }

    private void expect(Entry entry) {
        if (entry instanceof Present present && present.expires() != Entry.NEVER) {
            long millis = present.expires() - clock.instant().toEpochMilli();
            timers.startSingleTimer(new Expired(entry.node()), Duration.ofMillis(Math.max(0, millis)));
        } else {
            timers.cancel(new Expired(entry.node()));
        }
    }

    private void place(NodeId node) {
        var local = locals.get(node);
        var entry = entries.get(node);
        if (entry instanceof Present present && (local == null || present.generation() > local.generation())) {
            roster.place(node, present.host().toAddress());
        } else if (local != null) {
            roster.place(node, sharing.here().toAddress());
        } else {
            roster.lose(node);
        }
    }

    private void showLater() {
        if (!timers.isTimerActive(Signal.SHOW)) {
            timers.startSingleTimer(Signal.SHOW, SHOW_DELAY);
        }
    }

    /** Shows all memberships here what changed, in one picture. */
    private Behavior<Command> onShow() {
        var picture = gallery.next(entries.values(), hosts);
        locals.values().forEach(local -> local.member().tell(picture));
        gallery.fallenSilent()
                .forEach(node -> timers.startSingleTimer(new SilentTooLong(node), settings.failedBootstrapTimeout()));
        gallery.noLongerSilent().forEach(node -> timers.cancel(new SilentTooLong(node)));
        return this;
    }

    private void share(Entry entry) {
        outbox.add(entry);
        if (!timers.isTimerActive(Signal.SHARE)) {
            onShare();
        }
    }

    /** At most one batch in each interval; the first does not wait. */
    private Behavior<Command> onShare() {
        var batch = outbox.next();
        if (!batch.isEmpty()) {
            sharing.publish(batch);
            timers.startSingleTimer(Signal.SHARE, settings.updateInterval());
        }
        return this;
    }
}
