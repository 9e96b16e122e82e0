package io.ringsim.streaming;

import static io.ringsim.streaming.SessionFixture.FILE;
import static io.ringsim.streaming.SessionFixture.ID;
import static io.ringsim.streaming.StreamRing.ITEMS;
import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.range;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamStore;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Complete;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.KeepAlive;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.StreamMessage.PrepareAck;
import io.ringsim.streaming.StreamMessage.PrepareSyn;
import io.ringsim.streaming.StreamMessage.PrepareSynAck;
import io.ringsim.streaming.StreamMessage.Received;
import io.ringsim.streaming.StreamMessage.SessionFailed;
import io.ringsim.streaming.StreamMessage.StreamInit;
import io.ringsim.streaming.StreamMessage.Summary;
import io.ringsim.streaming.StreamSession.Chosen;
import io.ringsim.streaming.StreamSession.Command;
import io.ringsim.streaming.StreamSession.TableReceived;
import io.ringsim.streaming.StreamSession.TableSent;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every message in every state has a decided answer: profile 4.1. */
class StreamSession41Test {
    private static final List<KeyspaceRanges> RANGES = List.of(new KeyspaceRanges("shop", List.of(range(0, 10))));
    private static final List<Summary> SUMMARIES = List.of(new Summary(ITEMS, 1, 100));

    /** The states, and what brings a session there. */
    enum State {
        CHOOSING(true),
        AWAITING_SYN_ACK(true),
        INITIALIZED(false),
        PREPARING(false),
        PREPARED(false),
        RECEIVING_WITHOUT_ACK(false),
        STREAMING(false),
        INITIATOR_STREAMING(true),
        WAIT_COMPLETE_OF_OWN_TASKS(true),
        WAIT_COMPLETE_OF_PEER(true),
        OVER(false);

        private final boolean initiator;

        State(boolean initiator) {
            this.initiator = initiator;
        }
    }

    /** What a peer may say in a state; everything else breaks the protocol. */
    private static final Map<State, List<Class<? extends StreamMessage>>> ALLOWED = new EnumMap<>(Map.of(
            State.CHOOSING, List.of(KeepAlive.class),
            State.AWAITING_SYN_ACK, List.of(KeepAlive.class, PrepareSynAck.class),
            State.INITIALIZED, List.of(KeepAlive.class, PrepareSyn.class),
            State.PREPARING, List.of(KeepAlive.class),
            State.PREPARED, List.of(KeepAlive.class, PrepareAck.class),
            State.RECEIVING_WITHOUT_ACK,
                    List.of(KeepAlive.class, File.class, Chunk.class, Credit.class, Listening.class),
            State.STREAMING,
                    List.of(KeepAlive.class, File.class, Chunk.class, Received.class, Credit.class, Listening.class),
            State.INITIATOR_STREAMING,
                    List.of(
                            KeepAlive.class,
                            File.class,
                            Chunk.class,
                            Received.class,
                            Credit.class,
                            Listening.class,
                            Complete.class),
            State.WAIT_COMPLETE_OF_OWN_TASKS,
                    List.of(KeepAlive.class, File.class, Chunk.class, Received.class, Credit.class, Listening.class),
            State.WAIT_COMPLETE_OF_PEER, List.of(KeepAlive.class, Credit.class, Listening.class, Complete.class)));

    private static SessionFixture in(State state) {
        var settings = StreamingSettings.profile41();
        if (state.initiator) {
            boolean offers = state != State.AWAITING_SYN_ACK;
            var plan = new StreamPlan.Session(node(2), 0, RANGES, offers ? RANGES : List.of(), List.of());
            var end = SessionFixture.initiating(settings, plan);
            if (state.compareTo(State.INITIATOR_STREAMING) >= 0) {
                end.kit.run(new Chosen(List.of(FILE)));
                end.kit.run(new PrepareSynAck(ID, SUMMARIES));
            }
            if (state == State.WAIT_COMPLETE_OF_OWN_TASKS) {
                end.kit.run(new Complete(ID));
            } else if (state == State.WAIT_COMPLETE_OF_PEER) {
                end.kit.run(new TableSent(ORDERS));
                end.kit.run(new TableReceived(ITEMS));
            }
            return end;
        }
        var end = SessionFixture.following(settings);
        if (state == State.INITIALIZED) {
            return end;
        }
        end.kit.run(new PrepareSyn(ID, state == State.RECEIVING_WITHOUT_ACK ? List.of() : RANGES, SUMMARIES));
        if (state == State.PREPARING || state == State.RECEIVING_WITHOUT_ACK) {
            return end;
        }
        end.kit.run(new Chosen(List.of(FILE)));
        if (state != State.PREPARED) {
            end.kit.run(new PrepareAck(ID));
        }
        if (state == State.OVER) {
            end.kit.run(new SessionFailed(ID, "over"));
        }
        return end;
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

    @ParameterizedTest
    @MethodSource("everyMessageInEveryState")
    void answersAndEndsAtMostOnce(State state, Command message) {
        var end = in(state);
        assertThat(end.outcomes()).hasSize(state == State.OVER ? 1 : 0);

        end.kit.run(message);

        assertThat(end.kit.returnedBehavior()).isNotEqualTo(Behaviors.unhandled());
        boolean ended = !end.outcomes().isEmpty() || state == State.OVER;
        assertThat(end.content.told.contains("closed")).isEqualTo(ended);
        if (ended) {
            assertThat(end.store.getAllReceived()).anyMatch(StreamStore.Abort.class::isInstance);
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
            assertThat(end.sent).isEmpty();
        } else if (allowed) {
            assertThat(outcomes).allMatch(ended -> ended.result().completed());
        } else {
            assertThat(outcomes).hasSize(1);
            assertThat(outcomes.get(0).result().failure()).contains("broke the protocol: " + message.kind());
            assertThat(end.sent).hasSize(1).allMatch(SessionFailed.class::isInstance);
        }
    }

    @Test
    void theInitiatorAcknowledgesOnlyWhatWillBeSentToIt() {
        var asked = in(State.AWAITING_SYN_ACK);
        asked.kit.run(new PrepareSynAck(ID, SUMMARIES));
        assertThat(asked.sent).contains(new PrepareAck(ID));

        var nothing = in(State.AWAITING_SYN_ACK);
        nothing.kit.run(new PrepareSynAck(ID, List.of()));
        assertThat(nothing.sent).doesNotContain(new PrepareAck(ID));
    }

    @Test
    void oneConnectionIsOpened() {
        var end = in(State.AWAITING_SYN_ACK);

        assertThat(end.sent.stream().filter(StreamInit.class::isInstance)).hasSize(1);
        assertThat(end.sent.get(1)).isEqualTo(new PrepareSyn(ID, RANGES, List.of()));
    }

    @Test
    void onlyTheFollowerSaysComplete() {
        var follower = in(State.STREAMING);
        follower.kit.run(new TableSent(ORDERS));
        assertThat(follower.outcomes()).isEmpty();
        follower.kit.run(new TableReceived(ITEMS));
        assertThat(follower.outcomes())
                .hasSize(1)
                .allMatch(ended -> ended.result().completed());
        assertThat(follower.sent.get(follower.sent.size() - 1)).isEqualTo(new Complete(ID));

        var initiator = in(State.WAIT_COMPLETE_OF_PEER);
        assertThat(initiator.outcomes()).isEmpty();
        initiator.kit.run(new Complete(ID));
        assertThat(initiator.outcomes())
                .hasSize(1)
                .allMatch(ended -> ended.result().completed());
        assertThat(initiator.sent).doesNotContain(new Complete(ID));
    }

    @Test
    void aDamagedFileFailsTheSession() {
        var end = in(State.STREAMING);

        end.kit.run(new StreamSession.FileDamaged(ITEMS, 0, "bits flipped", 0));

        assertThat(end.outcomes().get(0).result().failure()).contains("is damaged: bits flipped");
    }
}
