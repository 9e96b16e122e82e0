package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.range;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.TableId;
import io.ringsim.network.Channel;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.network.WireMessage;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.FileHeader;
import io.ringsim.streaming.StreamMessage.KeepAlive;
import io.ringsim.streaming.StreamMessage.Prepare;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in every state has a decided answer. */
class StreamSessionTest {
    private static final SessionId ID = new SessionId("p", node(1), 0);
    private static final FileHeader HEADER = new FileHeader("nb-1-big-Data.db", List.of(range(0, 10)), 100, 90, 1);
    private static final StreamableFile FILE =
            new StreamableFile(ORDERS, "nb-1-big-Data.db", Coverage.of(List.of(range(0, 10))), 100, 90, 1);

    /** The states, and what brings a session there. */
    enum State {
        CHOOSING(true),
        AWAITING_PREPARE(true),
        INITIALIZED(false),
        CONNECTED(false),
        PREPARING(false),
        STREAMING(false),
        WAIT_COMPLETE_OF_OWN_TASKS(false),
        WAIT_COMPLETE_OF_PEER(false),
        OVER(false);

        private final boolean initiator;

        State(boolean initiator) {
            this.initiator = initiator;
        }
    }

    /** What a peer may say in a state; everything else breaks the protocol. */
    private static final Map<State, List<Class<? extends StreamMessage>>> ALLOWED = new EnumMap<>(Map.of(
            State.CHOOSING, List.of(KeepAlive.class),
            State.AWAITING_PREPARE, List.of(KeepAlive.class, Prepare.class),
            State.INITIALIZED, List.of(KeepAlive.class, StreamInit.class),
            State.CONNECTED, List.of(KeepAlive.class, Prepare.class),
            State.PREPARING, List.of(KeepAlive.class),
            State.STREAMING,
                    List.of(
                            KeepAlive.class,
                            File.class,
                            Chunk.class,
                            Received.class,
                            Retry.class,
                            Credit.class,
                            Complete.class),
            State.WAIT_COMPLETE_OF_OWN_TASKS,
                    List.of(KeepAlive.class, File.class, Chunk.class, Received.class, Retry.class, Credit.class),
            State.WAIT_COMPLETE_OF_PEER, List.of(KeepAlive.class, Credit.class, Complete.class)));

    /** One end of a session, alone. */
    private static final class Fixture {
        private final List<StreamMessage> sent = new ArrayList<>();
        private final TestInbox<LocalStore.Command> store = TestInbox.create();
        private final TestInbox<Report> owner = TestInbox.create();
        private final RecordedContent content = new RecordedContent();
        private final BehaviorTestKit<Command> kit;
        private long now;

        Fixture(State state) {
            var setup = new StreamSession.Setup(
                    ID,
                    new Wire(new SentMessages(), node(state.initiator ? 1 : 2), node(state.initiator ? 2 : 1), false),
                    "Bootstrap",
                    StreamingSettings.profile21(),
                    new SetClock(),
                    store.getRef(),
                    (context, id, wire, selection) -> content,
                    owner.getRef());
            kit = BehaviorTestKit.create(
                    state.initiator ? StreamSession.initiate(setup, plan(state)) : StreamSession.follow(setup));
            lead(state);
        }

        private static StreamPlan.Session plan(State state) {
            var ranges = List.of(new KeyspaceRanges("shop", List.of(range(0, 10))));
            return new StreamPlan.Session(node(2), 0, ranges, state == State.CHOOSING ? ranges : List.of(), List.of());
        }

        private void lead(State state) {
            if (state.initiator || state == State.INITIALIZED) {
                return;
            }
            kit.run(new StreamInit(ID, "Bootstrap", false));
            if (state == State.CONNECTED) {
                return;
            }
            var request = new KeyspaceRanges("shop", List.of(range(0, 10)));
            kit.run(new Prepare(ID, List.of(request), List.of(new Summary(ITEMS, 1, 100))));
            if (state == State.PREPARING) {
                return;
            }
            kit.run(new Chosen(List.of(FILE)));
            if (state == State.WAIT_COMPLETE_OF_OWN_TASKS) {
                kit.run(new Complete(ID));
            } else if (state == State.WAIT_COMPLETE_OF_PEER) {
                kit.run(new TableSent(ORDERS));
                kit.run(new TableReceived(ITEMS));
            } else if (state == State.OVER) {
                kit.run(new SessionFailed(ID, "over"));
            }
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
    }

    /** Content that goes nowhere. */
    private static final class RecordedContent implements SessionContent {
        private final List<Object> told = new ArrayList<>();

        @Override
        public void begin(boolean sends, boolean receives) {
            told.add("sends " + sends + ", receives " + receives);
        }

        @Override
        public void send(TableId table, int sequence, StreamableFile file) {
            told.add(file);
        }

        @Override
        public void granted(long bytes) {
            told.add(bytes);
        }

        @Override
        public void arrived(File file) {
            told.add(file);
        }

        @Override
        public void arrived(Chunk chunk) {
            told.add(chunk);
        }

        @Override
        public void close() {
            told.add("closed");
        }
    }

    private static Map<Class<?>, Command> samples() {
        var samples = new LinkedHashMap<Class<?>, Command>();
        for (var sample : List.of(
                new StreamInit(ID, "Bootstrap", false),
                new Prepare(ID, List.of(), List.of(new Summary(ITEMS, 1, 100))),
                new File(ID, ITEMS, 0, HEADER),
                new Chunk(ID, ITEMS, 0, 0, 100, 1),
                new Received(ID, ORDERS, 0),
                new Retry(ID, ORDERS, 0),
                new Credit(ID, 1_000),
                new Complete(ID),
                new SessionFailed(ID, "enough"),
                new KeepAlive(ID),
                new Chosen(List.of(FILE)),
                new StreamSession.ConnectionLost("reset"),
                new StreamSession.Cancel("no more"),
                new StreamSession.FileSending(ORDERS, "nb-1-big-Data.db", 50, 100),
                new StreamSession.FileReceiving(ITEMS, 0, 50, 100),
                new StreamSession.FileArrived(ITEMS, 0, HEADER),
                new StreamSession.FileDamaged(ITEMS, 0, "bits flipped"),
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

    private static Stream<Class<?>> leaves(Class<?> type) {
        var permitted = type.getPermittedSubclasses();
        return permitted == null ? Stream.of(type) : Stream.of(permitted).flatMap(StreamSessionTest::leaves);
    }

    static Stream<Arguments> everyMessageInEveryState() {
        return Stream.of(State.values())
                .flatMap(state -> samples().values().stream().map(message -> Arguments.of(state, message)));
    }

    static Stream<Arguments> everyWireMessageInEveryState() {
        return everyMessageInEveryState()
                .filter(pair -> pair.get()[0] != State.OVER && pair.get()[1] instanceof StreamMessage);
    }

    @Test
    void theSamplesAreAllThereIs() {
        assertThat(samples().keySet())
                .containsExactlyInAnyOrderElementsOf(leaves(Command.class).toList());
    }

    @ParameterizedTest
    @MethodSource("everyMessageInEveryState")
    void answersAndEndsAtMostOnce(State state, Command message) {
        var end = new Fixture(state);
        assertThat(end.outcomes()).hasSize(state == State.OVER ? 1 : 0);

        end.kit.run(message);

        assertThat(end.kit.returnedBehavior()).isNotEqualTo(Behaviors.unhandled());
        assertThat(end.kit.isAlive()).isTrue();
        boolean ended = !end.outcomes().isEmpty() || state == State.OVER;
        assertThat(end.content.told.contains("closed")).isEqualTo(ended);
        if (ended) {
            var commands = end.store.getAllReceived();
            assertThat(commands).anyMatch(StreamStore.ReleaseAll.class::isInstance);
            assertThat(commands).anyMatch(StreamStore.Abort.class::isInstance);
            end.sent.clear();
            samples().values().forEach(end.kit::run);
            assertThat(end.sent).isEmpty();
            assertThat(end.outcomes()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyWireMessageInEveryState")
    void aPeerThatBreaksTheProtocolFailsTheSession(State state, StreamMessage message) {
        var end = new Fixture(state);
        end.sent.clear();

        end.kit.run(message);

        var outcomes = end.outcomes();
        boolean allowed = ALLOWED.getOrDefault(state, List.of()).contains(message.getClass());
        if (message instanceof SessionFailed) {
            assertThat(outcomes).hasSize(1);
            assertThat(outcomes.get(0).result().failure()).endsWith("says: enough");
            assertThat(end.sent).isEmpty();
        } else if (allowed) {
            assertThat(outcomes).allMatch(ended -> ended.result().completed());
        } else {
            assertThat(outcomes).hasSize(1);
            assertThat(outcomes.get(0).result().failure()).contains("broke the protocol: " + message.kind());
            assertThat(end.sent).hasSize(1).allMatch(SessionFailed.class::isInstance);
        }
    }

    @ParameterizedTest
    @MethodSource("everyWireMessageInEveryState")
    void honestSizesGoOverTheWire(State state, StreamMessage message) {
        assertThat(message.wireBytes()).isGreaterThan(16);
        assertThat(message.session()).isEqualTo(ID);
    }

    @Test
    void completesWhenBothHaveSaidSo() {
        var end = new Fixture(State.STREAMING);

        end.kit.run(new TableSent(ORDERS));
        end.kit.run(new Complete(ID));
        assertThat(end.outcomes()).isEmpty();
        assertThat(end.sent).noneMatch(Complete.class::isInstance);
        end.kit.run(new TableReceived(ITEMS));

        assertThat(end.outcomes()).hasSize(1).allMatch(ended -> ended.result().completed());
        assertThat(end.sent.get(end.sent.size() - 1)).isEqualTo(new Complete(ID));
    }

    @Test
    void asksForDamagedFilesAsOftenAsTheSessionMay() {
        var end = new Fixture(State.STREAMING);
        int max = StreamingSettings.profile21().maxStreamingRetries();

        for (int i = 0; i < max; i++) {
            end.kit.run(new StreamSession.FileDamaged(ITEMS, i, "bits flipped"));
        }
        assertThat(end.sent.stream().filter(Retry.class::isInstance)).hasSize(max);
        assertThat(end.outcomes()).isEmpty();
        end.kit.run(new StreamSession.FileDamaged(ITEMS, max, "bits flipped"));

        assertThat(end.sent.stream().filter(Retry.class::isInstance)).hasSize(max);
        assertThat(end.outcomes().get(0).result().failure()).contains("too many retries");
    }

    @Test
    void saysThatItIsThereUntilThePeerIsSilentForTooLong() {
        var settings = StreamingSettings.profile21();
        var end = new Fixture(State.STREAMING);
        var period = settings.streamingKeepAlivePeriod();
        end.sent.clear();

        for (var waited = period;
                waited.compareTo(settings.streamingSocketTimeout()) < 0;
                waited = waited.plus(period)) {
            end.now += period.toNanos();
            end.kit.run(StreamSession.Tick.INSTANCE);
        }
        assertThat(end.sent).isNotEmpty().allMatch(KeepAlive.class::isInstance);
        assertThat(end.outcomes()).isEmpty();
        end.now += period.toNanos();
        end.kit.run(StreamSession.Tick.INSTANCE);

        assertThat(end.outcomes().get(0).result().failure()).contains("nothing heard for " + Duration.ofHours(1));
    }

    @Test
    void givesUpItsReferencesWhenTheNodeStops() {
        var end = new Fixture(State.STREAMING);

        end.kit.signal(PostStop.instance());

        assertThat(end.sent.get(end.sent.size() - 1)).isEqualTo(new SessionFailed(ID, "n2 stops"));
        assertThat(end.store.getAllReceived()).anyMatch(StreamStore.ReleaseAll.class::isInstance);
    }
}
