package io.ringsim.gossip;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.network.Inbox;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cluster layer of one node: keeps its own view, says what the node announces, answers peers, and tells its listener.
 * Heartbeats and comparisons that find no difference are not its business; see {@link SimulatedClusterLayer}.
 */
final class Member extends AbstractBehavior<Member.Message> {
    sealed interface Message permits Asked, Heard, GossipDue, SilentTooLong, Expired, Signal {}

    /** What the node asks of its membership. */
    record Asked(Membership.Command command) implements Message {}

    record Heard(NodeId from, ClusterMessage message) implements Message {}

    /** The peer knows something else. */
    record GossipDue(int peer) implements Message {}

    record SilentTooLong(int number) implements Message {}

    record Expired(int number) implements Message {}

    enum Signal implements Message {
        /** A peer this node watches went missing or came back. */
        OBSERVED,
        CONTACT,
        PASS_ON,
        TELL
    }

    private final TimerScheduler<Message> timers;
    private final SimulatedClusterLayer layer;
    private final ClusterSettings settings;
    private final Row row;

    /** What was known of nodes when they were forgotten. */
    private final SortedMap<Integer, Endpoint> graves = new TreeMap<>();

    private final Comparison comparison;
    private final Deadlines deadlines;
    private @Nullable Audience audience;
    private NodeState self;
    private boolean announced;
    private final Rumour rumour = new Rumour();

    static Behavior<Message> create(
            SimulatedClusterLayer layer, NodeId node, Location location, int generation, String schema) {
        var self = new Endpoint(node, location, generation, 0, Status.BOOT, List.of(), List.of(), schema, 0);
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> new Member(context, timers, layer, self)));
    }

    private Member(
            ActorContext<Message> context, TimerScheduler<Message> timers, SimulatedClusterLayer layer, Endpoint self) {
        super(context);
        this.timers = timers;
        this.layer = layer;
        this.settings = layer.settings();
        int number = layer.number(self.node());
        var random = layer.chance(self.node() + " " + self.generation());
        this.row = new Row(number, self.node(), context.getSelf(), random);
        this.comparison = new Comparison(layer, row);
        this.deadlines = new Deadlines(timers, layer);
        this.self = new NodeState(number, self, 0, List.of(), Long.MAX_VALUE);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, asked -> onAsked(asked.command()))
                .onMessage(Heard.class, this::onHeard)
                .onMessage(GossipDue.class, this::onGossipDue)
                .onMessage(SilentTooLong.class, silentTooLong -> forget(silentTooLong.number()))
                .onMessage(Expired.class, expired -> forget(expired.number()))
                .onMessageEquals(Signal.OBSERVED, this::onObserved)
                .onMessageEquals(Signal.CONTACT, this::onContact)
                .onMessageEquals(Signal.PASS_ON, this::onPassOn)
                .onMessageEquals(Signal.TELL, this::onTell)
                .onSignal(PostStop.class, stopped -> onPostStop())
                .build();
    }

    private Behavior<Message> onAsked(Membership.Command command) {
        if (command instanceof Membership.Start start) {
            return onStart(start);
        } else if (command instanceof Membership.Announce announce) {
            return onAnnounce(announce);
        } else if (command instanceof Membership.Report report) {
            return onReport(report);
        } else if (command instanceof Membership.SpeakFor removal) {
            return onSpeakFor(removal);
        }
        layer.network().attach(row.node, ClusterMessage.CHANNEL, Inbox.ofDatagrams((from, message) -> {}));
        return Behaviors.stopped();
    }

    private Behavior<Message> onStart(Membership.Start start) {
        audience = new Audience(start.listener(), layer::node);
        var actor = getContext().getSelf();
        layer.network()
                .attach(
                        row.node,
                        ClusterMessage.CHANNEL,
                        Inbox.ofDatagrams((from, message) -> actor.tell(new Heard(from, message))));
        layer.started(row);
        var known = layer.atRest(row.number, self.generation());
        var own = known.state(row.number);
        if (own != null) {
            self = own;
            announced = true;
            known.forEach(this::note);
            row.knowledge = known;
        }
        if (own != null || isContactPoint()) {
            join();
        }
        return onContact();
    }

    private boolean isContactPoint() {
        return settings.contactPoints().isEmpty() || settings.contactPoints().contains(row.node);
    }

    private void join() {
        row.joined = true;
        if (audience != null) {
            audience.tellAll(row.knowledge);
        }
        reassess();
    }

    private Behavior<Message> onContact() {
        if (!row.joined || row.members.isEmpty()) {
            for (var contact : settings.contactPoints()) {
                if (!contact.equals(row.node)) {
                    send(contact, new ClusterMessage.Join(self.generation()));
                    timers.startSingleTimer(Signal.CONTACT, settings.contactRetry());
                }
            }
        }
        return this;
    }

    private Behavior<Message> onAnnounce(Membership.Announce announce) {
        var last = self.endpoint();
        boolean isNews = !announced || announce.isNewsAfter(last);
        announced = true;
        if (isNews) {
            say(announce.after(last, self.version() + 1));
        }
        return this;
    }

    private Behavior<Message> onReport(Membership.Report report) {
        var last = self.endpoint();
        if (report.load() != last.load()) {
            say(last.with(self.version() + 1, report.load()));
        }
        return this;
    }

    /** What it says of a dead peer it passes on with its own. */
    private Behavior<Message> onSpeakFor(Membership.SpeakFor removal) {
        int number = layer.number(removal.dead());
        var last = Optional.ofNullable(row.knowledge.state(number)).map(NodeState::endpoint);
        removal.after(last, row.node).ifPresent(dead -> {
            merge(List.of(new NodeState(number, dead, dead.version(), List.of(), expiry(dead))));
            rumour.begin(row.reachable(), number);
            passOnLater();
        });
        return this;
    }

    private long expiry(Endpoint endpoint) {
        return endpoint.status().hasLeft() ? layer.now() + settings.leftExpiry().toNanos() : Long.MAX_VALUE;
    }

    /** The node's endpoint changed; says so to its listener and, once it announced itself, to all. */
    private void say(Endpoint endpoint) {
        if (self.endpoint().status().isByOthers()) {
            return;
        }
        publish(new NodeState(row.number, endpoint, endpoint.version(), row.accusations(), expiry(endpoint)));
        if (announced && audience != null) {
            audience.tellOwn(row.number, endpoint);
        }
    }

    private void publish(NodeState state) {
        self = state;
        if (announced) {
            row.knowledge = layer.share(row.knowledge.with(List.of(state)));
            rumour.begin(row.reachable());
            passOnLater();
        }
    }

    private void passOnLater() {
        if (!rumour.isOver() && !timers.isTimerActive(Signal.PASS_ON)) {
            timers.startSingleTimer(Signal.PASS_ON, untilTurn(settings.deltaInterval()));
        }
    }

    private Behavior<Message> onPassOn() {
        var delta = new ClusterMessage.Delta(rumour.news(self, row.knowledge));
        rumour.next(row.reachable(), settings.deltaFanout()).forEach(peer -> send(layer.node(peer), delta));
        passOnLater();
        return this;
    }

    private Behavior<Message> onGossipDue(GossipDue due) {
        comparison.begin(layer.node(due.peer()));
        return this;
    }

    /** As in Akka, a peer that this node itself cannot reach is not listened to, unless it starts anew. */
    private Behavior<Message> onHeard(Heard heard) {
        var message = heard.message();
        if (message instanceof ClusterMessage.Join) {
            onJoin(heard.from());
        } else if (!row.misses(layer.number(heard.from()))) {
            onHeard(heard.from(), message);
        }
        return this;
    }

    private void onHeard(NodeId from, ClusterMessage message) {
        if (message instanceof ClusterMessage.Delta delta) {
            merge(delta.states());
        } else if (message instanceof ClusterMessage.Status status) {
            comparison.answer(from, status);
        } else if (message instanceof ClusterMessage.Gossip gossip) {
            merge(gossip.states());
            comparison.answer(from, gossip);
        } else if (message instanceof ClusterMessage.Welcome welcome) {
            onWelcome(welcome);
        } else if (message instanceof ClusterMessage.Forgotten forgotten) {
            onForgotten(forgotten);
        }
    }

    private void onJoin(NodeId from) {
        if (row.joined) {
            send(from, new ClusterMessage.Welcome(row.knowledge.states()));
        }
    }

    private void onWelcome(ClusterMessage.Welcome welcome) {
        merge(welcome.states());
        if (!row.joined) {
            join();
        }
    }

    /** A peer forgot this node while it was silent; what it says now is news again. */
    private void onForgotten(ClusterMessage.Forgotten forgotten) {
        var last = self.endpoint();
        if (announced && forgotten.generation() == last.generation() && forgotten.version() == last.version()) {
            say(last.with(self.version() + 1, last.load()));
        }
    }

    private void merge(List<NodeState> states) {
        var news = new ArrayList<NodeState>();
        boolean changesMembers = false;
        for (var state : states) {
            if (isNews(state)) {
                changesMembers |= state.changesMembers(row.knowledge.state(state.number()));
                note(state);
                news.add(state);
                if (state.number() == row.number) {
                    self = state;
                }
            }
        }
        if (news.isEmpty()) {
            return;
        }
        row.knowledge = layer.share(row.knowledge.with(news));
        if (changesMembers) {
            reassess();
        }
        if (row.joined && !timers.isTimerActive(Signal.TELL)) {
            timers.startSingleTimer(Signal.TELL, untilTurn(settings.notifyInterval()));
        }
    }

    /** Of itself a node hears that others removed it; the expired and the forgotten do not come back by old news. */
    private boolean isNews(NodeState state) {
        if (state.number() == row.number) {
            return state.endpoint().status().isByOthers() && state.isNewerThan(self);
        } else if (state.expires() <= layer.now()) {
            return false;
        }
        var grave = graves.get(state.number());
        if (grave != null && !state.endpoint().isNewerThan(grave)) {
            send(state.node(), new ClusterMessage.Forgotten(grave.generation(), grave.version()));
            return false;
        }
        return state.isNewerThan(row.knowledge.state(state.number()));
    }

    private void note(NodeState state) {
        int number = state.number();
        var known = row.knowledge.state(number);
        if (audience != null && (known == null || state.endpoint().isNewerThan(known.endpoint()))) {
            audience.noteNews(number);
        }
        graves.remove(number);
        row.members.set(number, number != row.number && state.isTakingPart());
        deadlines.note(state, number != row.number);
    }

    private Behavior<Message> onTell() {
        if (audience != null) {
            audience.tellNews(row.knowledge);
        }
        tellReachability();
        return this;
    }

    private Behavior<Message> onObserved() {
        reassess();
        return this;
    }

    /** Members, observations or both changed: chooses anew whom to watch, and says who is up and who is down. */
    private void reassess() {
        layer.heartbeats().choose(row);
        var down = Reachability.down(row, layer.nodes());
        if (!down.equals(row.down)) {
            row.down = down;
            layer.heartbeats().choose(row);
        }
        boolean speaks = announced && !self.endpoint().status().isByOthers();
        if (speaks && !row.accusations().equals(self.unreachable())) {
            publish(new NodeState(row.number, self.endpoint(), self.version() + 1, row.accusations(), self.expires()));
        }
        tellReachability();
    }

    private void tellReachability() {
        if (row.joined && audience != null) {
            audience.tellReachability(row.members, row.down);
        }
        deadlines.unreachable(row.down);
    }

    private Behavior<Message> forget(int number) {
        var state = row.knowledge.state(number);
        if (state != null) {
            graves.put(number, state.endpoint());
            row.knowledge = layer.share(row.knowledge.without(number));
            row.members.clear(number);
            deadlines.forget(number);
            reassess();
            if (audience != null) {
                audience.tellRemoved(number);
            }
        }
        return this;
    }

    private Behavior<Message> onPostStop() {
        layer.stopped(row);
        return this;
    }

    private Duration untilTurn(Duration interval) {
        return Duration.ofNanos(row.untilTurn(interval.toNanos(), layer.now()));
    }

    private void send(NodeId to, ClusterMessage message) {
        layer.network().send(row.node, to, ClusterMessage.CHANNEL, message);
    }
}
