package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.range;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.network.Channel;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.network.WireMessage;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.FileHeader;
import io.ringsim.streaming.StreamMessage.KeepAlive;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.StreamMessage.Prepare;
import io.ringsim.streaming.StreamMessage.PrepareAck;
import io.ringsim.streaming.StreamMessage.PrepareSyn;
import io.ringsim.streaming.StreamMessage.PrepareSynAck;
import io.ringsim.streaming.StreamMessage.Received;
import io.ringsim.streaming.StreamMessage.Retry;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.StreamMessage.Summary;
import io.ringsim.streaming.StreamSession.Chosen;
import io.ringsim.streaming.StreamSession.Command;
import io.ringsim.streaming.StreamSession.Ended;
import io.ringsim.streaming.StreamSession.Report;
import io.ringsim.streaming.StreamSession.TableReceived;
import io.ringsim.streaming.StreamSession.TableSent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** One end of a session, alone, and everything that can be said to it. */
final class SessionFixture {
    static final SessionId ID = new SessionId("p", node(1), 0);
    static final FileHeader HEADER = new FileHeader("nb-1-big-Data.db", List.of(range(0, 10)), 100, 90, 1);
    static final StreamableFile FILE =
            new StreamableFile(ORDERS, "nb-1-big-Data.db", Coverage.of(List.of(range(0, 10))), 100, 90, 1);

    final List<StreamMessage> sent = new ArrayList<>();
    final TestInbox<LocalStore.Command> store = TestInbox.create();
    final TestInbox<Report> owner = TestInbox.create();
    final RecordedContent content = new RecordedContent();
    final BehaviorTestKit<Command> kit;
    long now;

    private SessionFixture(StreamingSettings settings, boolean initiator, Optional<StreamPlan.Session> plan) {
        var setup = new StreamSession.Setup(
                ID,
                new Wire(new SentMessages(), node(initiator ? 1 : 2), node(initiator ? 2 : 1), false),
                "Bootstrap",
                settings,
                new SetClock(),
                store.getRef(),
                (context, id, wire, selection) -> content,
                ranges -> true,
                owner.getRef());
        kit = BehaviorTestKit.create(plan.map(session -> StreamSession.initiate(setup, session))
                .orElseGet(() -> StreamSession.follow(setup)));
    }

    static SessionFixture initiating(StreamingSettings settings, StreamPlan.Session plan) {
        return new SessionFixture(settings, true, Optional.of(plan));
    }

    static SessionFixture following(StreamingSettings settings) {
        return new SessionFixture(settings, false, Optional.empty());
    }

    List<Ended> outcomes() {
        return owner.getAllReceived().stream()
                .filter(Ended.class::isInstance)
                .map(Ended.class::cast)
                .toList();
    }

    private final class SetClock implements Clock {
        @Override
        public long nanos() {
            return now;
        }

        @Override
        public Instant instant() {
            return Instant.EPOCH.plusNanos(now);
        }
    }

    private final class SentMessages implements Network {
        @Override
        public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {}

        @Override
        public void detach(NodeId node) {}

        @Override
        public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
            sent.add((StreamMessage) message);
        }
    }

    /** Content that goes nowhere. */
    static final class RecordedContent implements SessionContent {
        final List<Object> told = new ArrayList<>();

        @Override
        public void begin(boolean sends, boolean receives) {
            told.add("sends " + sends + ", receives " + receives);
        }

        @Override
        public void send(TableId table, int sequence, long offset, StreamableFile file) {
            told.add(file);
        }

        @Override
        public void heard(StreamMessage message) {
            told.add(message);
        }

        @Override
        public boolean isApart() {
            return false;
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    static Map<Class<?>, Command> samples() {
        var samples = new LinkedHashMap<Class<?>, Command>();
        for (var sample : List.of(
                new StreamInit(ID, "Bootstrap", false),
                new Prepare(ID, List.of(), List.of(new Summary(ITEMS, 1, 100))),
                new PrepareSyn(ID, List.of(), List.of(new Summary(ITEMS, 1, 100))),
                new PrepareSynAck(ID, List.of(new Summary(ITEMS, 1, 100))),
                new PrepareAck(ID),
                new File(ID, ITEMS, 0, 0, HEADER),
                new Chunk(ID, ITEMS, 0, 0, 100, 1, Bytes.EMPTY),
                new Received(ID, ORDERS, 0),
                new Retry(ID, ORDERS, 0, 0),
                new Credit(ID, 1_000),
                new Listening(ID, "n1.example", 7_000, Bytes.utf8("key")),
                new Complete(ID),
                new SessionFailed(ID, "enough"),
                new KeepAlive(ID),
                new Chosen(List.of(FILE)),
                new StreamSession.ConnectionLost("reset"),
                new StreamSession.Cancel("no more"),
                new StreamSession.FileSending(ORDERS, "nb-1-big-Data.db", 50, 100),
                new StreamSession.FileReceiving(ITEMS, 0, 50, 100),
                new StreamSession.FileArrived(ITEMS, 0, HEADER),
                new StreamSession.FileDamaged(ITEMS, 0, "bits flipped", 0),
                new StreamSession.ContentFailed("disk on fire"),
                new StreamSession.Violated("lied"),
                new StreamSession.FileSent(FILE),
                new StreamSession.FileReceived(ITEMS, 0, HEADER),
                new TableSent(ORDERS),
                new TableReceived(ITEMS),
                StreamSession.Tick.INSTANCE)) {
            samples.put(sample.getClass(), sample);
        }
        return samples;
    }

    static Stream<Class<?>> leaves(Class<?> type) {
        var permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(SessionFixture::leaves);
    }
}
