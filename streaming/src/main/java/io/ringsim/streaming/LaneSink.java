package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.japi.Pair;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractGraphStageWithMaterializedValue;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.AsyncCallback;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.OutgoingContent;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Open;
import io.ringsim.storage.StreamStore.Opened;
import io.ringsim.storage.sstable.ContentSource;
import io.ringsim.streaming.Piece.Outgoing;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.lane.DataChannels;
import io.ringsim.streaming.lane.OutgoingLane;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * Moves pieces from the disk into a lane, each file's first after its header. Waits for the peer to say where it takes them,
 * which comes in through the materialised callback. Blocks while the lane takes no more.
 */
final class LaneSink extends AbstractGraphStageWithMaterializedValue<SinkShape<Piece>, AsyncCallback<Listening>> {
    private final Inlet<Piece> in = Inlet.create("LaneSink.in");
    private final SinkShape<Piece> shape = SinkShape.of(in);
    private final SessionId id;
    private final Wire wire;
    private final String selection;
    private final DataChannels.Opening opening;
    private final Clock clock;
    private final ActorRef<LocalStore.Command> store;
    private final Consumer<StreamSession.Local> session;

    LaneSink(
            SessionId id,
            Wire wire,
            String selection,
            DataChannels.Opening opening,
            Clock clock,
            ActorRef<LocalStore.Command> store,
            Consumer<StreamSession.Local> session) {
        this.id = id;
        this.wire = wire;
        this.selection = selection;
        this.opening = opening;
        this.clock = clock;
        this.store = store;
        this.session = session;
    }

    @Override
    public SinkShape<Piece> shape() {
        return shape;
    }

    @Override
    public Pair<GraphStageLogic, AsyncCallback<Listening>> createLogicAndMaterializedValuePair(Attributes attributes) {
        var logic = new Logic();
        return Pair.create(logic, logic.addresses);
    }

    private final class Logic extends GraphStageLogic {
        private final AsyncCallback<Listening> addresses = createAsyncCallback(this::onListening);
        private final ProgressMeter progress = new ProgressMeter(clock);
        private @Nullable OutgoingLane lane;
        private @Nullable OutgoingContent content;
        /** What the pieces are of. */
        private @Nullable ContentSource file;

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    send(grab(in));
                }
            });
        }

        @Override
        public void preStart() {
            getStageActor(message -> {
                onOutcome(message._2());
                return BoxedUnit.UNIT;
            });
            store.tell(new Open(selection, Adapter.toTyped(stageActor().ref())));
        }

        private void onListening(Listening at) {
            if (lane != null) {
                session.accept(new StreamSession.Violated("says twice where it takes content"));
                return;
            }
            try {
                lane = opening.connect(new DataChannels.Address(at.host(), at.port()), at.key());
                begin();
            } catch (IOException failed) {
                session.accept(new StreamSession.ContentFailed(LaneContent.why(failed)));
            }
        }

        private void onOutcome(Object outcome) {
            if (outcome instanceof Opened opened) {
                content = opened.content();
                begin();
            } else if (outcome instanceof IoFailed failed) {
                session.accept(new StreamSession.ContentFailed("cannot read: " + failed.reason()));
            }
        }

        /** When it has both what to send and where to. */
        private void begin() {
            if (lane != null && content != null) {
                pull(in);
            }
        }

        private void send(Piece piece) {
            var out = piece.file();
            try {
                if (piece.isFirst()) {
                    open(out);
                }
                if (file != null && lane != null) {
                    wire.carried(piece.length()); // before, so that what has arrived has been counted
                    file.transfer(piece.offset(), piece.length(), lane);
                }
            } catch (IOException failed) {
                session.accept(new StreamSession.ContentFailed("cannot send "
                        + out.file().sstable() + " of " + out.table() + " from " + piece.offset() + " on: "
                        + LaneContent.why(failed)));
                return;
            }
            if (progress.isWorthTelling(piece.end(), out.file().bytes())) {
                session.accept(new StreamSession.FileSending(
                        out.table(),
                        out.file().sstable(),
                        piece.end(),
                        out.file().bytes()));
            }
            pull(in);
        }

        private void open(Outgoing out) throws IOException {
            if (content != null && lane != null) {
                file = content.file(out.table(), out.file().sstable());
                lane.write(FileFrame.write(new File(id, out.table(), out.sequence(), out.from(), out.header())));
            }
        }

        @Override
        public void postStop() {
            LaneContent.close(opening);
        }
    }
}
