package io.ringsim.streaming;

import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.lane.IncomingLane;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a lane what is asked for, and no more: files, and their content. The lane comes in through the materialised
 * callback. Blocks while nothing arrives.
 */
final class LaneSource
        extends AbstractGraphStageWithMaterializedValue<SourceShape<LaneSource.Landed>, AsyncCallback<IncomingLane>> {
    /** Something that came out of a lane. */
    sealed interface Landed {}

    /** A file begins. */
    record Begin(File file) implements Landed {}

    /**
     * Some of its content.
     *
     * @param bytes valid until the next is asked for
     * @param end bytes of the file up to the end of this
     */
    record Part(File file, ByteBuffer bytes, long end) implements Landed {
        boolean isLast() {
            return end == file.header().bytes();
        }
    }

    private final Outlet<Landed> out = Outlet.create("LaneSource.out");
    private final SourceShape<Landed> shape = SourceShape.of(out);
    private final SessionId id;
    private final Wire wire;
    private final Appetite appetite;
    private final Consumer<StreamSession.Local> session;

    LaneSource(SessionId id, Wire wire, Appetite appetite, Consumer<StreamSession.Local> session) {
        this.appetite = appetite;
        this.id = id;
        this.wire = wire;
        this.session = session;
    }

    @Override
    public SourceShape<Landed> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, AsyncCallback<IncomingLane>> createLogicAndMaterializedValuePair(
            Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.lanes);
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<IncomingLane> lanes = createAsyncCallback(this::onLane);
        private @Nullable IncomingLane lane;
        private @Nullable File current;
        private long position;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushNext();
                }
            });
        }

        private void onLane(IncomingLane opened) {
            lane = opened;
            if (isAvailable(out)) {
                pushNext();
            }
        }

        private void pushNext() {
            if (lane == null) {
                return;
            }
            try {
                if (current == null) {
                    begin(lane);
                } else {
                    part(lane, current);
                }
            } catch (IOException broken) {
                session.accept(new StreamSession.ContentFailed(
                        "content of " + wire.peer() + " does not arrive" + where() + ": " + LaneContent.why(broken)));
            } catch (Malformed wrong) {
                session.accept(new StreamSession.Violated("sent what is no file: " + wrong.getMessage()));
            }
        }

        private String where() {
            return current == null
                    ? ""
                    : ", file " + current.sequence() + " of " + current.table() + " from " + position + " on";
        }

        private void begin(IncomingLane from) throws IOException, Malformed {
            var length = new byte[Integer.BYTES];
            int first = read(from, length, 0, length.length);
            if (first == 0) {
                return; // the sender has no more; whether that is all, the session knows
            }
            if (first < length.length) {
                throw new EOFException("the connection ended within a file's header");
            }
            int rest = FileFrame.checkLength(ByteBuffer.wrap(length).getInt()) + Integer.BYTES;
            var frame = Arrays.copyOf(length, length.length + rest);
            if (read(from, frame, length.length, rest) < rest) {
                throw new EOFException("the connection ended within a file's header");
            }
            var file = FileFrame.read(id, frame);
            current = file;
            position = file.offset();
            push(out, new Begin(file));
        }

        private int read(IncomingLane from, byte[] into, int offset, int count) throws IOException {
            int done = 0;
            while (done < count) {
                var some = from.read(count - done);
                if (!some.hasRemaining()) {
                    return done;
                }
                int length = some.remaining();
                some.get(into, offset + done, length);
                done += length;
            }
            return done;
        }

        private void part(IncomingLane from, File file) throws IOException {
            var bytes = from.read((int) Math.min(appetite.bytes(), file.header().bytes() - position));
            if (!bytes.hasRemaining()) {
                throw new EOFException("the connection ended");
            }
            position += bytes.remaining();
            var part = new Part(file, bytes, position);
            current = part.isLast() ? null : file;
            push(out, part);
        }

        @Override
        public void postStop() {
            if (lane != null) {
                LaneContent.close(lane);
            }
        }
    }
}
