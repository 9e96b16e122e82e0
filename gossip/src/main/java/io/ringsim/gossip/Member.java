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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private final Contacts contacts;
    private final Graves graves = new Graves();
    private final Comparison comparison;
    private final Deadlines deadlines;
    private @Nullable Audience audience;
    private NodeState self;
    private boolean announced;
    private boolean hasLookedAround;
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
        this.contacts = Contacts.of(self.node(), settings.contactPoints());
        int number = layer.number(self.node());
        var random = layer.chance(self.node() + " " + self.generation());
        this.row = new Row(number, self.node(), self.generation(), context.getSelf(), random);
        this.comparison = new Comparison(layer, row);
        this.deadlines = new Deadlines(timers, layer);
        this.self = new NodeState(number, self, 0, List.of(), Long.MAX_VALUE);
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, asked -> onAsked(asked.command()))
                .onMessage(Heard.class, this::onHeard)
                .onMessage(GossipDue.class, due -> {
                    comparison.begin(layer.node(due.peer()));
                    return this;
                })
                .onMessage(SilentTooLong.class, silentTooLong -> forget(silentTooLong.number()))
                .onMessage(Expired.class, expired -> forget(expired.number()))
                .onMessageEquals(Signal.OBSERVED, this::reassess)
                .onMessageEquals(Signal.CONTACT, this::onContact)
                .onMessageEquals(Signal.PASS_ON, this::onPassOn)
                .onMessageEquals(Signal.TELL, this::onTell)
                .onSignal(PostStop.class, stopped -> {
                    layer.stopped(row);
                    return this;
                })
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
        } else if (command instanceof Membership.Forget forgotten) {
            return forget(layer.number(forgotten.node()));
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
        if (own != null || contacts.isOne()) {
            join();
        }
        if (own != null || contacts.others().isEmpty()) {
            lookedAround();
        }
        return contact();
    }

    private void join() {
        row.joined = true;
        if (audience != null) {
            audience.tellAll(row.knowledge);
        }
        reassess();
    }

    /** No answer of one who knows more: one through whom others find the ring may be the first of it. */
    private Behavior<Message> onContact() {
        if (row.joined) {
            lookedAround();
        }
        return contact();
    }

    private void lookedAround() {
        hasLookedAround = true;
        if (audience != null) {
            audience.tellLookedAround();
        }
    }

    private Behavior<Message> contact() {
        if ((!row.joined || row.members.isEmpty()) && !contacts.others().isEmpty()) {
            contacts.others().forEach(contact -> send(contact, new ClusterMessage.Join(self.generation())));
            timers.startSingleTimer(Signal.CONTACT, settings.contactRetry());
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
            merge(List.of(new NodeState(number, dead, dead.version(), List.of(), layer.expiry(dead))));
            rumour.begin(row.reachable(), number);
            passOnLater();
        });
        return this;
    }

    /** The node's endpoint changed; says so to its listener and, once it announced itself, to all. */
    private void say(Endpoint endpoint) {
        if (self.endpoint().status().isByOthers()) {
            return;
        }
        publish(new NodeState(row.number, endpoint, endpoint.version(), row.accusations(), layer.expiry(endpoint)));
        if (announced && audience != null) {
            audience.tellOwn(row.number, endpoint);
        }
    }

    private void publish(NodeState state) {
        self = state;
        if (announced) {
            row.isBack = state.endpoint().status().isTakingPart();
            row.knowledge = layer.share(row.knowledge.with(List.of(state)));
            rumour.begin(row.reachable());
            passOnLater();
        }
    }

    private void passOnLater() {
        if (!rumour.isOver() && !timers.isTimerActive(Signal.PASS_ON)) {
            timers.startSingleTimer(Signal.PASS_ON, row.untilTurn(settings.deltaInterval(), layer.now()));
        }
    }

    private Behavior<Message> onPassOn() {
        var delta = new ClusterMessage.Delta(rumour.news(self, row.knowledge));
        rumour.next(row.reachable(), settings.deltaFanout()).forEach(peer -> send(layer.node(peer), delta));
        passOnLater();
        return this;
    }

    /** As in Akka, a peer that this node itself cannot reach is not listened to, unless it starts anew. */
    private Behavior<Message> onHeard(Heard heard) {
        var message = heard.message();
        if (message instanceof ClusterMessage.Join && row.joined) {
            send(heard.from(), new ClusterMessage.Welcome(row.knowledge.states(), hasLookedAround));
        } else if (!layer.isMissed(row, heard.from())) {
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

    private void onWelcome(ClusterMessage.Welcome welcome) {
        merge(welcome.states());
        if (row.joined) {
            onTell();
        } else {
            join();
        }
        if (welcome.isAll()) {
            lookedAround();
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
                self = isRemoval(state) ? state : self;
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
            timers.startSingleTimer(Signal.TELL, row.untilTurn(settings.notifyInterval(), layer.now()));
        }
    }

    /**
     * Only a node itself says what it is, until others say that they removed it; and until it says anything it hears what
     * it was in an earlier life. The expired and the forgotten do not come back by what was known before.
     */
    private boolean isNews(NodeState state) {
        if (state.expires() <= layer.now() || (state.number() == row.number && !concernsSelf(state))) {
            return false;
        }
        var forgotten = graves.buried(state);
        forgotten.ifPresent(message -> send(state.node(), message));
        return forgotten.isEmpty() && state.isNewerThan(row.knowledge.state(state.number()));
    }

    private boolean concernsSelf(NodeState state) {
        return state.generation() < self.generation() ? !announced : isRemoval(state);
    }

    private boolean isRemoval(NodeState state) {
        return state.number() == row.number && state.endpoint().status().isByOthers() && state.isNewerThan(self);
    }

    private void note(NodeState state) {
        int number = state.number();
        var known = row.knowledge.state(number);
        if (audience != null && (known == null || state.endpoint().isNewerThan(known.endpoint()))) {
            audience.noteNews(number);
        }
        if (number == row.number) {
            return;
        }
        graves.open(number);
        row.members.set(number, state.isTakingPart());
        row.hibernating.set(number, state.endpoint().status() == Status.HIBERNATE);
        deadlines.note(state);
    }

    private Behavior<Message> onTell() {
        if (audience != null) {
            audience.tellNews(row.knowledge);
        }
        tellReachability();
        return this;
    }

    /** Members, observations or both changed: chooses anew whom to watch, and says who is up and who is down. */
    private Behavior<Message> reassess() {
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
        return this;
    }

    private void tellReachability() {
        if (row.joined && audience != null) {
            audience.tellReachability(row.members, row.takenForDown());
        }
        deadlines.unreachable(row.down);
    }

    private Behavior<Message> forget(int number) {
        var state = row.knowledge.state(number);
        if (state != null && number != row.number) {
            graves.dig(state);
            row.knowledge = layer.share(row.knowledge.without(number));
            row.members.clear(number);
            row.hibernating.clear(number);
            deadlines.forget(number);
            reassess();
            if (audience != null) {
                audience.tellRemoved(number);
            }
        }
        return this;
    }

    private void send(NodeId to, ClusterMessage message) {
        layer.network().send(row.node, to, ClusterMessage.CHANNEL, message);
    }
}
