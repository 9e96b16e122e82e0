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
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cassandra's gossip of one node. Once per round it counts up its heartbeat and sends what it knows, as digests, to one
 * live node, perhaps to one that is unreachable, perhaps to a seed (Syn); the other answers with what is newer there and
 * asks for what is newer here (Ack); that is sent (Ack2). What comes of the news is decided by {@link Neighbours}.
 *
 * <p>A node that starts first looks at the ring through a seed without being part of it (the shadow round). It begins
 * with a Syn of its own; what it says itself others ask for when they first see it there.
 */
final class Gossiper extends AbstractBehavior<Gossiper.Message> {
    sealed interface Message permits Asked, Heard, Answered, Signal {}

    /** What the node asks of its membership. */
    record Asked(Membership.Command command) implements Message {}

    record Heard(NodeId from, GossipMessage message) implements Message {}

    /** A node answered an Echo about the copy with this code. */
    record Answered(int node, int code) implements Message {}

    enum Signal implements Message {
        ROUND,
        SHADOW,
        STOP
    }

    private final TimerScheduler<Message> timers;
    private final Gossip world;
    private final GossipSettings settings;
    private final NodeId node;
    private final Randomness random;
    private final List<NodeId> otherSeeds;
    private final WireFormat format;
    private final Life life;
    private final Neighbours neighbours;
    private final Syns syns;
    private final View view;
    private final LocalState self;
    private final boolean isAtRest;
    private @Nullable Audience audience;
    private @Nullable ShadowRound shadow;
    private boolean saidSyn;
    private boolean isRemoved;

    static Behavior<Message> create(
            Gossip world, GossipSettings settings, NodeId node, Location location, int generation, String schema) {
        var self = new Endpoint(node, location, generation, 0, Status.BOOT, List.of(), List.of(), schema, 0);
        return Behaviors.setup(
                context -> Behaviors.withTimers(timers -> new Gossiper(context, timers, world, settings, self)));
    }

    private Gossiper(
            ActorContext<Message> context,
            TimerScheduler<Message> timers,
            Gossip world,
            GossipSettings settings,
            Endpoint self) {
        super(context);
        this.timers = timers;
        this.world = world;
        this.settings = settings;
        this.node = self.node();
        this.random = world.chance(node + " " + self.generation());
        this.otherSeeds = settings.seedsBut(node);
        this.format = settings.rules().wire();
        this.isAtRest = world.atRest(node, self.generation()).isPresent();
        var directory = world.directory();
        int number = directory.number(node);
        if (isAtRest) {
            this.life = directory.lifeOf(number, self.generation()).orElseThrow();
            this.self = LocalState.resumed(life, self, settings);
        } else {
            this.life = directory.begin(node, self.generation(), world.epochSeconds());
            this.self = new LocalState(life, self, settings.rules(), settings.timeouts());
            this.self.introduce();
        }
        this.view = new View(number, settings.failureDetection(), directory.room());
        this.neighbours = new Neighbours(world, settings, node, view, this::echo);
        this.syns = new Syns(world, settings, node, view, neighbours, random);
        said();
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, asked -> onAsked(asked.command()))
                .onMessage(Heard.class, this::onHeard)
                .onMessage(Answered.class, this::onAnswered)
                .onMessageEquals(Signal.ROUND, this::onRound)
                .onMessageEquals(Signal.SHADOW, this::onShadow)
                .onMessageEquals(Signal.STOP, this::onStop)
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
        } else if (command instanceof Membership.Forget forget) {
            neighbours.forget(world.directory().number(forget.node()));
            return this;
        }
        return shutDown();
    }

    private Behavior<Message> onStart(Membership.Start start) {
        var directory = world.directory();
        audience = new Audience(start.listener(), directory::node);
        neighbours.tellTo(audience);
        var actor = getContext().getSelf();
        world.network()
                .attach(
                        node,
                        GossipMessage.CHANNEL,
                        Inbox.ofDatagrams((from, message) -> actor.tell(new Heard(from, message))));
        if (isAtRest) {
            neighbours.know(world.atRest(node, life.start).orElseThrow());
            begin(Duration.ofNanos(random.nextLong(settings.interval().toNanos())));
        } else if (!otherSeeds.isEmpty() && settings.rules().shadowRound() != GossipSettings.ShadowRound.NEVER) {
            shadow = new ShadowRound(settings, node, start.isNewcomer(), world.nanos());
            return onShadow();
        } else {
            begin(settings.interval());
        }
        return this;
    }

    /** Takes part from now on; others that ask whether it is there are answered. */
    private void begin(Duration firstRound) {
        shadow = null;
        world.started(life);
        lookedAround();
        timers.cancel(Signal.SHADOW);
        timers.startTimerWithFixedDelay(Signal.ROUND, Signal.ROUND, firstRound, settings.interval());
    }

    /** Asks the seeds about the ring, and again until one answers. */
    private Behavior<Message> onShadow() {
        if (shadow == null) {
            return this;
        }
        if (shadow.isOver(world.nanos())) {
            if (shadow.mayBeginAlone()) {
                begin(settings.interval());
                return this;
            }
            getContext().getLog().warn("{}: {}; tries again", node, shadow.failure());
            shadow.beginAgain(world.nanos());
        }
        otherSeeds.forEach(seed -> syns.say(seed, Digests.NONE));
        timers.startSingleTimer(Signal.SHADOW, settings.timeouts().shadowRetry());
        return this;
    }

    private Behavior<Message> onAnnounce(Membership.Announce announce) {
        var last = self.endpoint();
        boolean isNews = !self.isAnnounced() || announce.isNewsAfter(last);
        if (isNews && !isRemoved) {
            self.announce(announce.after(last, last.version() + 1), world.epochMillis());
            said();
            tellOwn();
            if (shadow != null && shadow.isHeldBack()) {
                begin(settings.interval());
            }
            if (announce.status() == Status.SHUTDOWN) {
                tellShutdown();
            }
        }
        return this;
    }

    private Behavior<Message> onReport(Membership.Report report) {
        if (report.load() != self.endpoint().load() && !isRemoved) {
            self.report(report.load());
            said();
            tellOwn();
        }
        return this;
    }

    private Behavior<Message> onSpeakFor(Membership.SpeakFor removal) {
        var directory = world.directory();
        int dead = directory.number(removal.dead());
        int copy = dead < view.codes.length ? view.codes[dead] : 0;
        var known = copy == 0 ? null : directory.at(dead, copy).endpoint();
        removal.after(Optional.ofNullable(known), node)
                .flatMap(said -> directory.speakFor(dead, copy, said, self.ofDead(said, world.epochMillis())))
                .ifPresent(neighbours::speakFor);
        return this;
    }

    /** Others removed this node: what it says is old by what they say. */
    private void hearOfOneself(Delta delta) {
        int code = delta.of(view.self);
        if (!isRemoved && code > life.code()) {
            var endpoint = world.directory().at(view.self, code).endpoint();
            if (endpoint != null && endpoint.status().isByOthers() && audience != null) {
                isRemoved = true;
                audience.tellOwn(view.self, endpoint);
            }
        }
    }

    private void tellOwn() {
        if (audience != null && self.isAnnounced()) {
            audience.tellOwn(view.self, self.endpoint());
        }
    }

    /** The node's own copy is always the latest. */
    private void said() {
        world.directory().said(life);
        view.codes[view.self] = life.code();
    }

    /** A member says so, and goes on for a moment so that it is heard; others just stop. */
    private Behavior<Message> shutDown() {
        boolean isSilent = isRemoved
                || !settings.rules().announcesShutdown()
                || !life.latest().isMember()
                || life.latest().isDeadState()
                || life.latest().isShutdown();
        if (!isSilent) {
            var last = self.endpoint();
            self.announce(
                    last.with(last.version() + 1, Status.SHUTDOWN, last.tokens(), last.movingTo()),
                    world.epochMillis());
            said();
            tellShutdown();
        }
        timers.startSingleTimer(Signal.STOP, settings.timeouts().shutdown());
        return this;
    }

    private void tellShutdown() {
        if (settings.rules().announcesShutdown()) {
            var message = new GossipMessage.Shutdown(format.envelope());
            neighbours.live().forEach(peer -> send(world.directory().node(peer), message));
        }
    }

    private Behavior<Message> onStop() {
        world.network().attach(node, GossipMessage.CHANNEL, Inbox.ofDatagrams((from, message) -> {}));
        world.stopped(life);
        return Behaviors.stopped();
    }

    private Behavior<Message> onPostStop() {
        world.stopped(life);
        return this;
    }

    /** One round: heartbeat, Syn, status check. */
    private Behavior<Message> onRound() {
        life.beat();
        view.grow(world.directory().room());
        view.codes[view.self] = life.code();
        syns.sayRound();
        saidSyn = true;
        neighbours.check();
        return this;
    }

    private Behavior<Message> onHeard(Heard heard) {
        var message = heard.message();
        if (message instanceof GossipMessage.Syn syn) {
            onSyn(heard.from(), syn);
        } else if (message instanceof GossipMessage.Ack ack) {
            onAck(heard.from(), ack);
        } else if (message instanceof GossipMessage.Ack2 ack2 && shadow == null) {
            hearOfOneself(ack2.delta());
            neighbours.apply(ack2.delta());
        } else if (message instanceof GossipMessage.Shutdown && shadow == null) {
            neighbours.shutDown(world.directory().number(heard.from()));
        }
        return this;
    }

    private void onSyn(NodeId from, GossipMessage.Syn syn) {
        var refusal = syns.refusal(syn);
        if (!refusal.isEmpty()) {
            getContext().getLog().warn("{} does not listen to {}: {}", node, from, refusal);
        } else if (shadow != null) {
            if (syn.digests().isEmpty()) {
                sendAck(from, Delta.NOTHING);
            }
        } else {
            view.grow(world.directory().room());
            sendAck(
                    from,
                    syn.digests().isEmpty()
                            ? world.exchange().everything(view)
                            : world.exchange().answer(view, syn.digests()));
        }
    }

    private void sendAck(NodeId to, Delta delta) {
        send(to, new GossipMessage.Ack(delta, format.ack(delta)));
    }

    private void onAck(NodeId from, GossipMessage.Ack ack) {
        hearOfOneself(ack.delta());
        if (shadow != null) {
            if (!shadow.isHeldBack() && shadow.isAnsweredBy(from, ack.delta().states() > 0)) {
                onShadowAnswered(shadow, ack.delta());
            }
        } else if (saidSyn) {
            neighbours.apply(ack.delta());
            var delta = world.exchange().requested(view, ack.delta());
            send(from, new GossipMessage.Ack2(delta, format.ack2(delta)));
        }
    }

    /** What was seen of an earlier life the listener hears, unless the node said already what it is. */
    private void onShadowAnswered(ShadowRound answered, Delta delta) {
        int code = self.isAnnounced() ? 0 : delta.of(view.self);
        var earlier = code > 0 && code < life.base ? world.directory().at(view.self, code) : EndpointState.NOTHING;
        if (audience != null && earlier.endpoint() != null) {
            audience.tellOwn(view.self, earlier.endpoint());
        }
        if (!answered.holdsBack(earlier)) {
            begin(settings.interval());
            return;
        }
        timers.cancel(Signal.SHADOW);
        lookedAround();
    }

    private void lookedAround() {
        if (audience != null) {
            audience.tellLookedAround();
        }
    }

    /** Asks a node whether it is there; the answer comes as a message. */
    private void echo(int peer, int code, long after) {
        var actor = getContext().getSelf();
        world.later(after, () -> actor.tell(new Answered(peer, code)));
    }

    private Behavior<Message> onAnswered(Answered answered) {
        neighbours.answered(answered.node(), answered.code());
        return this;
    }

    private void send(NodeId to, GossipMessage message) {
        world.network().send(node, to, GossipMessage.CHANNEL, message);
    }
}
