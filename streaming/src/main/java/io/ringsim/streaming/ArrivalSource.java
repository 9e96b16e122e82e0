package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.streaming.Arrival.Incoming;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.File;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Emits what arrives, {@link File}s and their {@link Chunk}s, which come in through the materialised callback. Grants the
 * sender new bytes as the disk asks for those that arrived: what waits here is never more than the window.
 */
final class ArrivalSource
        extends AbstractGraphStageWithMaterializedValue<SourceShape<Arrival>, AsyncCallback<StreamMessage>> {
    /** Credit is granted when half of the window can be: it costs few messages, and the other half is still on its way. */
    private static final int CREDITS_PER_WINDOW = 2;

    private final Outlet<Arrival> out = Outlet.create("ArrivalSource.out");
    private final SourceShape<Arrival> shape = SourceShape.of(out);
    private final SessionId id;
    private final Wire wire;
    private final long windowBytes;
    private final ActorRef<? super StreamSession.Command> session;

    ArrivalSource(SessionId id, Wire wire, long windowBytes, ActorRef<? super StreamSession.Command> session) {
        this.id = id;
        this.wire = wire;
        this.windowBytes = windowBytes;
        this.session = session;
    }

    @Override
    public SourceShape<Arrival> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, AsyncCallback<StreamMessage>> createLogicAndMaterializedValuePair(
            Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.messages);
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<StreamMessage> messages = createAsyncCallback(this::onMessage);
        private final Queue<Arrival> waiting = new ArrayDeque<>();
        private @Nullable Incoming current;
        private long expectedOffset;
        private long consumed;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushNext();
                }
            });
        }

        @Override
        public void preStart() {
            wire.send(new Credit(id, windowBytes));
        }

        private void onMessage(StreamMessage message) {
            if (message instanceof Chunk chunk) {
                onChunk(chunk);
            } else if (message instanceof File file) {
                onFile(file);
            }
        }

        private void onFile(File file) {
            if (current != null) {
                violated("file " + file.sequence() + " of " + file.table() + " began inside of another");
                return;
            }
            current = new Incoming(
                    file.table(), file.sequence(), file.header(), Checksum.ofFile(file.table(), file.sequence()));
            expectedOffset = file.offset();
        }

        private void onChunk(Chunk chunk) {
            var file = current;
            if (file == null
                    || chunk.sequence() != file.sequence()
                    || chunk.offset() != expectedOffset
                    || chunk.length() > file.header().bytes() - expectedOffset) {
                violated("chunk at " + chunk.offset() + " of file " + chunk.sequence() + " of " + chunk.table()
                        + " does not follow what came before");
                return;
            }
            var arrival = new Arrival(file, chunk);
            expectedOffset = arrival.end();
            current = arrival.isLast() ? null : file;
            waiting.add(arrival);
            if (isAvailable(out)) {
                pushNext();
            }
        }

        private void pushNext() {
            var arrival = waiting.poll();
            if (arrival == null) {
                return;
            }
            push(out, arrival);
            consumed += arrival.chunk().length();
            if (consumed >= windowBytes / CREDITS_PER_WINDOW) {
                wire.send(new Credit(id, consumed));
                consumed = 0;
            }
        }

        private void violated(String how) {
            session.tell(new StreamSession.ContentFailed(wire.peer() + " broke the protocol: " + how));
        }
    }
}
