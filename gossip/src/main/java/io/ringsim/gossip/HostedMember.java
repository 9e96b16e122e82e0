package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.Membership;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The membership of one node of a host: says what the node announces to the host's {@link Board}, and tells the node's
 * listener what the board's pictures show it, at its own pace.
 */
final class HostedMember extends AbstractBehavior<HostedMember.Message> {
    sealed interface Message permits Asked, Picture, SpeakAnew, LookedAround, Signal {}

    /** What the node asks of its membership. */
    record Asked(Membership.Command command) implements Message {}

    /** Some host forgot this node, of which it knew that version; what it says with a greater one is news again. */
    record SpeakAnew(int version) implements Message {}

    /** The host has heard what the others know. */
    enum LookedAround implements Message {
        INSTANCE
    }

    private enum Signal implements Message {
        BOARD_GONE
    }

    private final ActorRef<Board.Command> board;
    private final Roster roster;
    private final int number;
    private @Nullable Audience audience;
    private Endpoint self;
    private boolean announced;

    static Behavior<Message> create(
            ActorRef<Board.Command> board,
            Roster roster,
            NodeId node,
            Location location,
            int generation,
            String schema) {
        var self = new Endpoint(node, location, generation, 0, Status.BOOT, List.of(), List.of(), schema, 0);
        return Behaviors.setup(context -> new HostedMember(context, board, roster, self));
    }

    private HostedMember(ActorContext<Message> context, ActorRef<Board.Command> board, Roster roster, Endpoint self) {
        super(context);
        this.board = board;
        this.roster = roster;
        this.number = roster.number(self.node());
        this.self = self;
    }

    @Override
    public Receive<Message> createReceive() {
        return newReceiveBuilder()
                .onMessage(Asked.class, asked -> onAsked(asked.command()))
                .onMessage(Picture.class, this::onPicture)
                .onMessage(SpeakAnew.class, this::onSpeakAnew)
                .onMessageEquals(LookedAround.INSTANCE, this::onLookedAround)
                .onMessageEquals(Signal.BOARD_GONE, Behaviors::stopped)
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
            board.tell(new Board.SpeakFor(removal, self.node()));
            return this;
        } else if (command instanceof Membership.Forget forgotten) {
            board.tell(new Board.Forget(forgotten.node()));
            return this;
        }
        return Behaviors.stopped();
    }

    private Behavior<Message> onStart(Membership.Start start) {
        audience = new Audience(start.listener(), roster::node);
        getContext().watchWith(board, Signal.BOARD_GONE);
        board.tell(
                new Board.Register(self.node(), self.generation(), getContext().getSelf()));
        if (announced) {
            say(self);
        }
        return this;
    }

    private Behavior<Message> onAnnounce(Membership.Announce announce) {
        boolean isNews = !announced || announce.isNewsAfter(self);
        announced = true;
        if (isNews) {
            say(announce.after(self, self.version() + 1));
        }
        return this;
    }

    private Behavior<Message> onReport(Membership.Report report) {
        if (report.load() != self.load()) {
            say(self.with(self.version() + 1, report.load()));
        }
        return this;
    }

    private Behavior<Message> onSpeakAnew(SpeakAnew forgotten) {
        if (announced && forgotten.version() >= self.version()) {
            say(self.with(forgotten.version() + 1, self.load()));
        }
        return this;
    }

    /** The node's endpoint changed; says so to its listener and, once it announced itself, to all. */
    private void say(Endpoint endpoint) {
        if (self.status().isByOthers()) {
            return;
        }
        self = endpoint;
        if (announced && audience != null) {
            audience.tellOwn(number, endpoint);
            board.tell(new Board.Say(endpoint, getContext().getSelf()));
        }
    }

    private Behavior<Message> onLookedAround() {
        if (audience != null) {
            audience.tellLookedAround();
        }
        return this;
    }

    /** Of itself a node hears only what it said, that others removed it, and before it says anything, what it was. */
    private Behavior<Message> onPicture(Picture picture) {
        if (audience != null) {
            hearOfItself(picture.knowledge());
            picture.news().stream()
                    .filter(node -> node != number || isEarlierLife(picture))
                    .forEach(audience::noteNews);
            audience.tellNews(picture.knowledge());
            var peers = (BitSet) picture.members().clone();
            peers.clear(number);
            audience.tellReachability(peers, picture.down());
            picture.forgotten().stream().filter(node -> node != number).forEach(audience::tellRemoved);
        }
        return this;
    }

    private void hearOfItself(Knowledge knowledge) {
        var known = knowledge.state(number);
        if (known != null
                && audience != null
                && known.endpoint().status().isByOthers()
                && known.endpoint().isNewerThan(self)) {
            self = known.endpoint();
            audience.tellOwn(number, self);
        }
    }

    private boolean isEarlierLife(Picture picture) {
        var own = picture.knowledge().state(number);
        return !announced && own != null && own.generation() < self.generation();
    }
}
