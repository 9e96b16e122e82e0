package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamStore.ChunkRead;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Read;
import java.util.ArrayDeque;
import java.util.Queue;
import scala.runtime.BoxedUnit;

/** Passes a piece on when the disk has read it. One piece is read at a time. */
final class ReadStage extends GraphStage<FlowShape<Piece, Piece>> {
    private final Inlet<Piece> in = Inlet.create("ReadStage.in");
    private final Outlet<Piece> out = Outlet.create("ReadStage.out");
    private final FlowShape<Piece, Piece> shape = FlowShape.of(in, out);
    private final ActorRef<LocalStore.Command> store;
    private final String selection;
    private final ActorRef<? super StreamSession.Command> session;

    ReadStage(ActorRef<LocalStore.Command> store, String selection, ActorRef<? super StreamSession.Command> session) {
        this.store = store;
        this.selection = selection;
        this.session = session;
    }

    @Override
    public FlowShape<Piece, Piece> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        /** The piece being read; empty when none is. */
        private final Queue<Piece> reading = new ArrayDeque<>(1);

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    read(grab(in));
                }

                @Override
                public void onPull() {
                    pull(in);
                }
            });
        }

        @Override
        public void preStart() {
            getStageActor(message -> {
                onOutcome(message._2());
                return BoxedUnit.UNIT;
            });
        }

        private void read(Piece piece) {
            reading.add(piece);
            var file = piece.file();
            store.tell(new Read(
                    selection,
                    file.table(),
                    file.file().sstable(),
                    piece.offset(),
                    piece.length(),
                    Adapter.toTyped(stageActor().ref())));
        }

        private void onOutcome(Object outcome) {
            var piece = reading.remove();
            if (outcome instanceof ChunkRead read) {
                push(out, piece.read(read.content(), read.corrupt()));
            } else if (outcome instanceof IoFailed failed) {
                session.tell(new StreamSession.ContentFailed("cannot read: " + failed.reason()));
            }
        }
    }
}
