package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.range;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.KeepAlive;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.StreamMessage.Prepare;
import io.ringsim.streaming.StreamMessage.Received;
import io.ringsim.streaming.StreamMessage.Retry;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.StreamMessage.Summary;
import io.ringsim.streaming.StreamSession.Chosen;
import io.ringsim.streaming.StreamSession.Command;
import io.ringsim.streaming.StreamSession.TableReceived;
import io.ringsim.streaming.StreamSession.TableSent;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in every state has a decided answer: profile 2.1. */
class StreamSessionTest {
    private static final SessionId ID = SessionFixture.ID;
    private static final StreamableFile FILE = SessionFixture.FILE;

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
                            Listening.class,
                            Complete.class),
            State.WAIT_COMPLETE_OF_OWN_TASKS,
                    List.of(
                            KeepAlive.class,
                            File.class,
                            Chunk.class,
                            Received.class,
                            Retry.class,
                            Credit.class,
                            Listening.class),
            State.WAIT_COMPLETE_OF_PEER, List.of(KeepAlive.class, Credit.class, Listening.class, Complete.class)));

    /** A session in some state. */
    private static SessionFixture in(State state) {
        var ranges = List.of(new KeyspaceRanges("shop", List.of(range(0, 10))));
        var plan = new StreamPlan.Session(node(2), 0, ranges, state == State.CHOOSING ? ranges : List.of(), List.of());
        var end = state.initiator
                ? SessionFixture.initiating(StreamingSettings.profile21(), plan)
                : SessionFixture.following(StreamingSettings.profile21());
        lead(end, state);
        return end;
    }

    private static void lead(SessionFixture end, State state) {
        if (state.initiator || state == State.INITIALIZED) {
            return;
        }
        end.kit.run(new StreamInit(ID, "Bootstrap", false));
        if (state == State.CONNECTED) {
            return;
        }
        var request = new KeyspaceRanges("shop", List.of(range(0, 10)));
        end.kit.run(new Prepare(ID, List.of(request), List.of(new Summary(ITEMS, 1, 100))));
        if (state == State.PREPARING) {
            return;
        }
        end.kit.run(new Chosen(List.of(FILE)));
        if (state == State.WAIT_COMPLETE_OF_OWN_TASKS) {
            end.kit.run(new Complete(ID));
        } else if (state == State.WAIT_COMPLETE_OF_PEER) {
            end.kit.run(new TableSent(ORDERS));
            end.kit.run(new TableReceived(ITEMS));
        } else if (state == State.OVER) {
            end.kit.run(new SessionFailed(ID, "over"));
        }
    }

    static Stream<Arguments> everyMessageInEveryState() {
        return Stream.of(State.values())
                .flatMap(state ->
                        SessionFixture.samples().values().stream().map(message -> Arguments.of(state, message)));
    }

    static Stream<Arguments> everyWireMessageInEveryState() {
        return everyMessageInEveryState()
                .filter(pair -> pair.get()[0] != State.OVER && pair.get()[1] instanceof StreamMessage);
    }

    @Test
    void theSamplesAreAllThereIs() {
        assertThat(SessionFixture.samples().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        SessionFixture.leaves(Command.class).toList());
    }

    @ParameterizedTest
    @MethodSource("everyMessageInEveryState")
    void answersAndEndsAtMostOnce(State state, Command message) {
        var end = in(state);
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
            SessionFixture.samples().values().forEach(end.kit::run);
            assertThat(end.sent).isEmpty();
            assertThat(end.outcomes()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("everyWireMessageInEveryState")
    void aPeerThatBreaksTheProtocolFailsTheSession(State state, StreamMessage message) {
        var end = in(state);
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
        var end = in(State.STREAMING);

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
        var end = in(State.STREAMING);
        int max = StreamingSettings.profile21().maxStreamingRetries();

        for (int i = 0; i < max; i++) {
            end.kit.run(new StreamSession.FileDamaged(ITEMS, i, "bits flipped", 0));
        }
        assertThat(end.sent.stream().filter(Retry.class::isInstance)).hasSize(max);
        assertThat(end.outcomes()).isEmpty();
        end.kit.run(new StreamSession.FileDamaged(ITEMS, max, "bits flipped", 0));

        assertThat(end.sent.stream().filter(Retry.class::isInstance)).hasSize(max);
        assertThat(end.outcomes().get(0).result().failure()).contains("too many retries");
    }

    @Test
    void saysThatItIsThereUntilThePeerIsSilentForTooLong() {
        var settings = StreamingSettings.profile21();
        var end = in(State.STREAMING);
        var period = settings.patience().streamingKeepAlivePeriod();
        end.sent.clear();

        for (var waited = period;
                waited.compareTo(settings.patience().streamingSocketTimeout()) < 0;
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
        var end = in(State.STREAMING);

        end.kit.signal(PostStop.instance());

        assertThat(end.sent.get(end.sent.size() - 1)).isEqualTo(new SessionFailed(ID, "n2 stops"));
        assertThat(end.store.getAllReceived()).anyMatch(StreamStore.ReleaseAll.class::isInstance);
    }
}
