package io.ringsim.streaming;

import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Outlet;
import akka.stream.SourceShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractOutHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.data.Bytes;
import io.ringsim.streaming.Piece.Outgoing;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Cuts files into pieces, as many as are asked for; files come in through the materialised callback, one after another. */
final class FileSource extends AbstractGraphStageWithMaterializedValue<SourceShape<Piece>, AsyncCallback<Outgoing>> {
    private final Outlet<Piece> out = Outlet.create("FileSource.out");
    private final SourceShape<Piece> shape = SourceShape.of(out);

    @Override
    public SourceShape<Piece> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, AsyncCallback<Outgoing>> createLogicAndMaterializedValuePair(Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.files);
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<Outgoing> files = createAsyncCallback(this::onFile);
        private final Queue<Outgoing> waiting = new ArrayDeque<>();
        private @Nullable Outgoing current;
        private long offset;

        Logic() {
            super(shape);
            setHandler(out, new AbstractOutHandler() {
                @Override
                public void onPull() {
                    pushNext();
                }
            });
        }

        private void onFile(Outgoing file) {
            waiting.add(file);
            if (isAvailable(out)) {
                pushNext();
            }
        }

        private void pushNext() {
            var file = current == null ? waiting.poll() : current;
            if (file == null) {
                return;
            }
            offset = current == null ? file.from() : offset;
            long left = file.file().bytes() - offset;
            int length = (int) Math.min(left, file.chunkBytes());
            push(out, new Piece(file, offset, length, Bytes.EMPTY, false));
            boolean ended = length == left;
            offset += length;
            current = ended ? null : file;
        }
    }
}
