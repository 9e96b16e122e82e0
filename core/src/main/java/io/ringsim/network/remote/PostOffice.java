package io.ringsim.network.remote;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.data.Bytes;
import io.ringsim.ring.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Speaks for all nodes of a host to other hosts' offices, each found by its path alone.
 *
 * <p>Between two offices there is one {@link Line}. The first message to a host opens it: {@link Frame.Hello} goes to
 * the path, {@link Frame.Welcome} comes back, and from then on both know each other's very incarnation, so that
 * nothing meant for an office reaches its successor after a restart. The line ends, and with it all connections, when
 * the other office stops or starts again, says nothing for longer than the host's patience, or the counts of a {@link
 * Frame.Pulse} show a loss. Connections of two nodes begin and end within a line: see {@link Connections}.
 */
final class PostOffice extends AbstractBehavior<PostOffice.Command> {
    /** Where the office is, below the system's own actors. */
    static final String NAME = "ringsim-post-office";

    sealed interface Command permits Attach, Detach, Dispatch, OfficeGone, Tick, Close, Frame {}

    record Attach(NodeId node, Port<?> port) implements Command {}

    record Detach(NodeId node) implements Command {}

    /**
     * A message of a node here to one elsewhere.
     *
     * @param host null when none is known
     */
    record Dispatch(
            NodeId from,
            NodeId to,
            String channel,
            boolean isReliable,
            String kind,
            Bytes body,
            @Nullable Address host) implements Command {}

    private record OfficeGone(long line) implements Command {}

    private enum Tick implements Command {
        INSTANCE
    }

    enum Close implements Command {
        INSTANCE
    }

    private final HostNetworkSettings settings;
    private final boolean watches;
    private final Connections connections;
    private final Map<Address, Line> byHost = new LinkedHashMap<>();
    private final Map<Long, Line> byNumber = new LinkedHashMap<>();
    private long lines;

    /**
     * An office.
     *
     * @param watches whether Akka lets it watch an office of another host
     */
    static Behavior<Command> create(HostNetworkSettings settings, boolean watches) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> {
            timers.startTimerWithFixedDelay(Tick.INSTANCE, settings.keepAlive());
            return new PostOffice(context, settings, watches);
        }));
    }

    private PostOffice(ActorContext<Command> context, HostNetworkSettings settings, boolean watches) {
        super(context);
        this.settings = settings;
        this.watches = watches;
        this.connections = new Connections(context.getLog());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Dispatch.class, this::onDispatch)
                .onMessage(Frame.Envelope.class, this::onEnvelope)
                .onMessage(Frame.Pulse.class, this::onPulse)
                .onMessage(Frame.Reset.class, this::onReset)
                .onMessage(Frame.Hello.class, this::onHello)
                .onMessage(Frame.Welcome.class, this::onWelcome)
                .onMessage(Frame.Goodbye.class, this::onGoodbye)
                .onMessage(Frame.Unreadable.class, this::onUnreadable)
                .onMessage(Attach.class, this::onAttach)
                .onMessage(Detach.class, this::onDetach)
                .onMessage(OfficeGone.class, this::onOfficeGone)
                .onMessageEquals(Tick.INSTANCE, this::onTick)
                .onMessageEquals(Close.INSTANCE, Behaviors::stopped)
                .onSignal(PostStop.class, stop -> onStop())
                .build();
    }

    private Behavior<Command> onAttach(Attach attach) {
        connections.attach(attach.node(), attach.port());
        return this;
    }

    private Behavior<Command> onDetach(Detach detach) {
        connections.detach(detach.node());
        return this;
    }

    private Behavior<Command> onDispatch(Dispatch message) {
        if (message.host() == null) {
            if (message.isReliable()) {
                connections.refuse(message);
            }
            return this;
        }
        var line = lineTo(message.host());
        if (message.isReliable()) {
            connections.send(line, message);
        } else {
            line.offer(new Frame.Envelope(
                    Frame.NO_LINE,
                    Frame.Envelope.DATAGRAM,
                    0,
                    message.from(),
                    message.to(),
                    message.channel(),
                    message.kind(),
                    message.body()));
        }
        if (line.isOverfull()) {
            end(line, line.waitingBytes() + " bytes wait for " + line + ", which does not keep up");
        }
        return this;
    }

    private Behavior<Command> onEnvelope(Frame.Envelope envelope) {
        var line = heardOn(envelope);
        if (line != null) {
            connections.receive(line, envelope);
        }
        return this;
    }

    private Behavior<Command> onReset(Frame.Reset reset) {
        var line = heardOn(reset);
        if (line != null) {
            connections.reset(line, reset);
        }
        return this;
    }

    private Behavior<Command> onPulse(Frame.Pulse pulse) {
        var line = heardOn(pulse);
        if (line != null && !line.accept(pulse)) {
            end(line, "messages of " + line + " were lost");
        }
        return this;
    }

    private Behavior<Command> onHello(Frame.Hello hello) {
        if (hello.version() != Frame.VERSION) {
            var reason = otherVersion(hello.version());
            getContext().getLog().warn("refused {}: {}", hello.office().path().address(), reason);
            hello.office().tell(new Frame.Goodbye(hello.number(), reason));
            return this;
        }
        var host = hello.office().path().address();
        var line = byHost.get(host);
        if (line != null && line.isOpen() && !line.isWith(hello.office(), hello.number())) {
            end(line, host + " began anew");
            line = null;
        }
        if (line == null) {
            line = begin(host);
        }
        if (!line.isOpen()) {
            open(line, hello.office(), hello.number());
        }
        hello.office().tell(new Frame.Welcome(hello.number(), Frame.VERSION, line.number, self()));
        return this;
    }

    private Behavior<Command> onWelcome(Frame.Welcome welcome) {
        var line = heardOn(welcome);
        if (line == null) {
            welcome.office().tell(new Frame.Goodbye(welcome.number(), "the line is over"));
        } else if (welcome.version() != Frame.VERSION) {
            end(line, otherVersion(welcome.version()));
        } else if (!line.isOpen()) {
            open(line, welcome.office(), welcome.number());
        } else if (!line.isWith(welcome.office(), welcome.number())) {
            end(line, line + " began anew");
        }
        return this;
    }

    private Behavior<Command> onGoodbye(Frame.Goodbye goodbye) {
        var line = byNumber.get(goodbye.line());
        if (line != null) {
            forget(line, goodbye.reason());
        }
        return this;
    }

    private Behavior<Command> onUnreadable(Frame.Unreadable frame) {
        var line = byNumber.get(frame.line());
        getContext().getLog().warn("refused from {}: {}", line == null ? "an unknown host" : line, frame.reason());
        if (line != null) {
            end(line, here() + " refused " + frame.reason());
        }
        return this;
    }

    private Behavior<Command> onOfficeGone(OfficeGone gone) {
        var line = byNumber.get(gone.line());
        if (line != null) {
            end(line, line + " is gone");
        }
        return this;
    }

    private Behavior<Command> onTick() {
        for (var line : List.copyOf(byHost.values())) {
            if (line.isDead()) {
                end(line, line + " said nothing for " + settings.patience());
            } else if (line.isOpen()) {
                line.pulse();
            } else {
                hello(line);
            }
        }
        return this;
    }

    private Behavior<Command> onStop() {
        for (var line : List.copyOf(byHost.values())) {
            end(line, "the post office of " + here() + " closed");
        }
        return this;
    }

    private @Nullable Line heardOn(Frame frame) {
        var line = byNumber.get(frame.line());
        if (line != null) {
            line.heard();
        }
        return line;
    }

    private Line lineTo(Address host) {
        var known = byHost.get(host);
        if (known != null) {
            return known;
        }
        var line = begin(host);
        hello(line);
        return line;
    }

    private Line begin(Address host) {
        var line = new Line(host, ++lines, settings);
        byHost.put(host, line);
        byNumber.put(line.number, line);
        return line;
    }

    /** Says hello, as a selection: only those reach a host that started again where Artery saw one stop. */
    private void hello(Line line) {
        Adapter.toClassic(getContext())
                .actorSelection(line.host + "/system/" + NAME)
                .tell(new Frame.Hello(Frame.VERSION, line.number, self()), akka.actor.ActorRef.noSender());
    }

    private void open(Line line, ActorRef<Frame> office, long number) {
        line.open(office, number);
        if (watches) {
            getContext().watchWith(office, new OfficeGone(line.number));
        }
    }

    /** Ends a line, and lets the other side know. */
    private void end(Line line, String reason) {
        line.goodbye(reason);
        forget(line, reason);
    }

    private void forget(Line line, String reason) {
        getContext().getLog().info("no longer talks to {}: {}", line, reason);
        byHost.remove(line.host);
        byNumber.remove(line.number);
        var office = line.office();
        if (watches && office != null) {
            getContext().unwatch(office);
        }
        connections.broken(line, reason);
    }

    private ActorRef<Frame> self() {
        return getContext().getSelf().narrow();
    }

    private Address here() {
        return getContext().getSystem().address();
    }

    private String otherVersion(int theirs) {
        return here() + " speaks version " + Frame.VERSION + " of the post, the other host version " + theirs;
    }
}
