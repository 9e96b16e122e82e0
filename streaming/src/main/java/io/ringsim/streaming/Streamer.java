package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.SessionResult;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.lane.DataChannels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Streams between this node and its peers: the {@link RangeStreamer} of a node, and the owner of all its
 * {@link StreamSession}s, those of its own plans and those its peers began.
 *
 * <p>Takes what peers say to the session it is meant for. A message for a session that is not there, because it ended or
 * because this node was started anew, is answered {@link SessionFailed}, so that a peer that still waits does not wait for
 * nothing.
 */
public final class Streamer extends AbstractBehavior<RangeStreamer.Command> {
    /**
     * What a streamer works with.
     *
     * @param isRemote whether a peer is in another datacenter
     * @param owned whether ranges are the node's or will be; a session that asks for others, or sends others, is refused:
     *     {@code reject_out_of_token_range_requests}
     * @param watcher told of all that happens in all sessions of the node, also those its peers began
     * @param channels through which content goes; without, it crosses the network
     */
    public record Setup(
            NodeId self,
            StreamingSettings settings,
            Network network,
            ActorRef<LocalStore.Command> store,
            Predicate<NodeId> isRemote,
            Predicate<KeyspaceRanges> owned,
            ActorRef<? super RangeStreamer.Event> watcher,
            Optional<DataChannels> channels) {
        /** With content that crosses the network, and any ranges. */
        public Setup(
                NodeId self,
                StreamingSettings settings,
                Network network,
                ActorRef<LocalStore.Command> store,
                Predicate<NodeId> isRemote,
                ActorRef<? super RangeStreamer.Event> watcher) {
            this(self, settings, network, store, isRemote, ranges -> true, watcher, Optional.empty());
        }

        /** With content that goes on connections of its own. */
        public Setup with(DataChannels through) {
            return new Setup(self, settings, network, store, isRemote, owned, watcher, Optional.of(through));
        }

        /** With no other ranges than these. */
        public Setup withOwned(Predicate<KeyspaceRanges> ranges) {
            return new Setup(self, settings, network, store, isRemote, ranges, watcher, channels);
        }
    }

    /** Asks how many sessions are open. */
    public record GetSessions(ActorRef<? super Sessions> replyTo) implements RangeStreamer.Extension {}

    public record Sessions(int open) {}

    record FromPeer(NodeId peer, StreamMessage message) implements RangeStreamer.Extension {}

    record ConnectionLost(NodeId peer, String reason) implements RangeStreamer.Extension {}

    /** A session of which this node has one end. */
    private record Key(SessionId id, NodeId peer) {}

    /** A plan of this node, with what its sessions came to. */
    private record Running(int sessions, ActorRef<? super RangeStreamer.Event> replyTo, List<SessionResult> results) {
        Running with(SessionResult result) {
            var more = new ArrayList<>(results);
            more.add(result);
            return new Running(sessions, replyTo, more);
        }

        boolean isFinished() {
            return results.size() == sessions;
        }
    }

    private final Setup setup;
    private final Clock clock;
    private final SessionContent.Factory content;
    private final Map<Key, ActorRef<StreamSession.Command>> sessions = new LinkedHashMap<>();
    private final Map<String, Running> plans = new LinkedHashMap<>();
    private int spawned;

    private Streamer(ActorContext<RangeStreamer.Command> context, Setup setup) {
        super(context);
        this.setup = setup;
        this.clock = Clock.of(context.getSystem());
        var limits = Limits.of(setup.settings(), clock);
        this.content = setup.channels()
                .map(channels -> LaneContent.over(channels, limits, setup.store()))
                .orElseGet(() -> ChunkedContent.over(limits, setup.store()));
        setup.network()
                .attach(setup.self(), Wire.CHANNEL, Inbox.of(context.getSelf(), FromPeer::new, ConnectionLost::new));
    }

    /** The streamer of a node that starts: opens the node's inbox for streaming. */
    public static Behavior<RangeStreamer.Command> create(Setup setup) {
        return Behaviors.setup(context -> new Streamer(context, setup));
    }

    @Override
    public Receive<RangeStreamer.Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(FromPeer.class, this::onFromPeer)
                .onMessage(RangeStreamer.Stream.class, this::onStream)
                .onMessage(RangeStreamer.Cancel.class, this::onCancel)
                .onMessage(StreamSession.Happened.class, this::onHappened)
                .onMessage(StreamSession.Ended.class, this::onEnded)
                .onMessage(ConnectionLost.class, this::onConnectionLost)
                .onMessage(GetSessions.class, this::onGetSessions)
                .build();
    }

    private Behavior<RangeStreamer.Command> onFromPeer(FromPeer from) {
        var message = from.message();
        var key = new Key(message.session(), from.peer());
        var session = sessions.get(key);
        if (session != null) {
            session.tell(message);
        } else if (message instanceof StreamInit init && init.forOutgoing()) {
            spawn(key, StreamSession.follow(setupOf(key, init.operation())));
        } else if (!(message instanceof SessionFailed)) {
            var answer = new SessionFailed(message.session(), setup.self() + " has no such session (any more)");
            wireTo(from.peer()).send(answer);
        }
        return this;
    }

    private Behavior<RangeStreamer.Command> onStream(RangeStreamer.Stream stream) {
        var plan =
                StreamPlan.of(setup.self(), stream.transfers(), setup.settings().streamingConnectionsPerHost());
        var running = new Running(plan.sessions().size(), stream.replyTo(), List.of());
        if (plans.putIfAbsent(stream.plan(), running) != null) {
            throw new IllegalArgumentException(setup.self() + " streams plan " + stream.plan() + " already");
        }
        for (var session : plan.sessions()) {
            var key = new Key(new SessionId(stream.plan(), setup.self(), session.index()), session.peer());
            spawn(key, StreamSession.initiate(setupOf(key, stream.operation()), session));
        }
        finishIfEnded(stream.plan());
        return this;
    }

    private Behavior<RangeStreamer.Command> onCancel(RangeStreamer.Cancel cancel) {
        sessions.forEach((key, session) -> {
            if (key.id().initiator().equals(setup.self()) && key.id().plan().equals(cancel.plan())) {
                session.tell(new StreamSession.Cancel(cancel.reason()));
            }
        });
        return this;
    }

    private Behavior<RangeStreamer.Command> onConnectionLost(ConnectionLost lost) {
        sessions.forEach((key, session) -> {
            if (key.peer().equals(lost.peer())) {
                session.tell(new StreamSession.ConnectionLost(lost.reason()));
            }
        });
        return this;
    }

    private Behavior<RangeStreamer.Command> onEnded(StreamSession.Ended ended) {
        var session = sessions.remove(new Key(ended.session(), ended.result().peer()));
        if (session == null) {
            throw new IllegalStateException("session " + ended.session() + " ended twice");
        }
        getContext().stop(session);
        report(ended.session(), new RangeStreamer.SessionEnded(ended.session().plan(), ended.result()));
        if (isOwn(ended.session())) {
            plans.computeIfPresent(ended.session().plan(), (any, running) -> running.with(ended.result()));
            finishIfEnded(ended.session().plan());
        }
        return this;
    }

    private Behavior<RangeStreamer.Command> onHappened(StreamSession.Happened happened) {
        report(happened.session(), happened.event());
        return this;
    }

    private Behavior<RangeStreamer.Command> onGetSessions(GetSessions get) {
        get.replyTo().tell(new Sessions(sessions.size()));
        return this;
    }

    private void finishIfEnded(String plan) {
        var running = plans.get(plan);
        if (running != null && running.isFinished()) {
            plans.remove(plan);
            var finished = new RangeStreamer.Finished(plan, running.results());
            setup.watcher().tell(finished);
            running.replyTo().tell(finished);
        }
    }

    private void report(SessionId session, RangeStreamer.Event event) {
        setup.watcher().tell(event);
        var running = plans.get(session.plan());
        if (running != null && isOwn(session)) {
            running.replyTo().tell(event);
        }
    }

    private boolean isOwn(SessionId session) {
        return session.initiator().equals(setup.self());
    }

    private void spawn(Key key, Behavior<StreamSession.Command> behavior) {
        sessions.put(key, getContext().spawn(behavior, "session-" + spawned++));
    }

    private StreamSession.Setup setupOf(Key key, String operation) {
        return new StreamSession.Setup(
                key.id(),
                wireTo(key.peer()),
                operation,
                setup.settings(),
                clock,
                setup.store(),
                content,
                setup.owned(),
                getContext().getSelf());
    }

    private Wire wireTo(NodeId peer) {
        return new Wire(setup.network(), setup.self(), peer, setup.isRemote().test(peer));
    }
}
