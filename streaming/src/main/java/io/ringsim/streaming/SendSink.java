package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.runtime.Clock;
import io.ringsim.streaming.StreamMessage.Chunk;
import io.ringsim.streaming.StreamMessage.File;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Sends pieces as chunks, each file's first after its header, as far as the receiver granted bytes; what it grants comes in
 * through the materialised callback.
 */
final class SendSink extends AbstractGraphStageWithMaterializedValue<SinkShape<Piece>, AsyncCallback<Long>> {
    private final Inlet<Piece> in = Inlet.create("SendSink.in");
    private final SinkShape<Piece> shape = SinkShape.of(in);
    private final SessionId id;
    private final Wire wire;
    private final Clock clock;
    private final ActorRef<? super StreamSession.Command> session;

    SendSink(SessionId id, Wire wire, Clock clock, ActorRef<? super StreamSession.Command> session) {
        this.id = id;
        this.wire = wire;
        this.clock = clock;
        this.session = session;
    }

    @Override
    public SinkShape<Piece> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, AsyncCallback<Long>> createLogicAndMaterializedValuePair(Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.grants);
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<Long> grants = createAsyncCallback(this::onGrant);
        private final ProgressMeter progress = new ProgressMeter(clock);
        /** The piece that waits for the receiver; empty when none does. */
        private final Queue<Piece> waiting = new ArrayDeque<>(1);

        private long granted;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    waiting.add(grab(in));
                    sendIfGranted();
                }
            });
        }

        @Override
        public void preStart() {
            pull(in);
        }

        private void onGrant(long bytes) {
            granted += bytes;
            sendIfGranted();
        }

        private void sendIfGranted() {
            var piece = waiting.peek();
            if (piece != null && piece.length() <= granted) {
                waiting.remove();
                granted -= piece.length();
                send(piece);
                pull(in);
            }
        }

        private void send(Piece piece) {
            var out = piece.file();
            var file = out.file();
            if (piece.isFirst()) {
                wire.send(new File(id, out.table(), out.sequence(), out.from(), out.header()));
            }
            int checksum = Checksum.ofChunk(out.checksum(), piece.offset(), piece.length(), piece.content());
            var chunk = new Chunk(
                    id, out.table(), out.sequence(), piece.offset(), piece.length(), checksum, piece.content());
            wire.send(piece.corrupt() ? chunk.corrupted() : chunk);
            if (progress.isWorthTelling(piece.end(), file.bytes())) {
                session.tell(new StreamSession.FileSending(out.table(), file.sstable(), piece.end(), file.bytes()));
            }
        }
    }
}
