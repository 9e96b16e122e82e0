package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.Attributes;
import akka.stream.Inlet;
import akka.stream.SinkShape;
import akka.stream.stage.AbstractInHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore.Discard;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Receive;
import io.ringsim.storage.StreamStore.Receiving;
import io.ringsim.storage.StreamStore.Rewind;
import io.ringsim.storage.StreamStore.Rewound;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.sstable.ContentReceiver;
import io.ringsim.streaming.LaneSource.Begin;
import io.ringsim.streaming.LaneSource.Landed;
import io.ringsim.streaming.LaneSource.Part;
import io.ringsim.streaming.StreamMessage.File;
import java.io.IOException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import scala.runtime.BoxedUnit;

/**
 * Appends what comes out of a lane to the files that are being received, and asks for more when it is written: here begins the
 * backpressure that ends at the sender's disk. Tells the session of each file that is written, or has to come again.
 */
final class AppendSink extends GraphStage<SinkShape<Landed>> {
    private final Inlet<Landed> in = Inlet.create("AppendSink.in");
    private final SinkShape<Landed> shape = SinkShape.of(in);
    private final SessionId id;
    private final Wire wire;
    private final Limits limits;
    private final ActorRef<LocalStore.Command> store;
    private final Consumer<StreamSession.Local> session;

    AppendSink(
            SessionId id,
            Wire wire,
            Limits limits,
            ActorRef<LocalStore.Command> store,
            Consumer<StreamSession.Local> session) {
        this.id = id;
        this.wire = wire;
        this.limits = limits;
        this.store = store;
        this.session = session;
    }

    @Override
    public SinkShape<Landed> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final ProgressMeter progress = new ProgressMeter(limits.clock());
        private @Nullable File current;
        private @Nullable ContentReceiver content;
        /** What is wrong with the file that arrives; empty when nothing is. */
        private String damage = "";

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    var landed = grab(in);
                    if (landed instanceof Begin begin) {
                        open(begin.file());
                    } else if (landed instanceof Part part) {
                        append(part);
                    }
                }
            });
        }

        @Override
        public void preStart() {
            getStageActor(message -> {
                onOutcome(message._2());
                return BoxedUnit.UNIT;
            });
            pull(in);
        }

        private void open(File file) {
            current = file;
            damage = "";
            store.tell(new Receive(
                    receiving(file.table()),
                    file.sequence(),
                    file.offset(),
                    Adapter.toTyped(stageActor().ref())));
        }

        private void onOutcome(Object outcome) {
            if (outcome instanceof Receiving receiving) {
                content = receiving.content();
                pull(in);
            } else if (outcome instanceof Rewound rewound) {
                askAgain(rewound.offset());
            } else if (outcome instanceof IoFailed failed) {
                session.accept(new StreamSession.ContentFailed("cannot write: " + failed.reason()));
            }
        }

        private void append(Part part) {
            try {
                if (damage.isEmpty() && content != null) {
                    content.append(part.bytes());
                }
            } catch (CorruptFile corrupt) {
                damage = String.valueOf(corrupt.getMessage());
            } catch (IOException failed) {
                session.accept(new StreamSession.ContentFailed("cannot write: " + failed.getMessage()));
                return;
            }
            var file = part.file();
            long bytes = file.header().bytes();
            if (part.isLast()) {
                end(file);
                return;
            }
            if (damage.isEmpty() && progress.isWorthTelling(part.end(), bytes)) {
                session.accept(new StreamSession.FileReceiving(file.table(), file.sequence(), part.end(), bytes));
            }
            pull(in);
        }

        private void end(File file) {
            if (damage.isEmpty()) {
                session.accept(new StreamSession.FileArrived(file.table(), file.sequence(), file.header()));
                pull(in);
            } else if (limits.settings().resumeRetries()) {
                store.tell(new Rewind(
                        receiving(file.table()),
                        file.sequence(),
                        Adapter.toTyped(stageActor().ref())));
            } else {
                store.tell(new Discard(receiving(file.table()), file.sequence()));
                askAgain(0);
            }
        }

        private void askAgain(long right) {
            if (current != null) {
                var how = Damage.of(current.header().sstable(), wire.peer(), damage);
                session.accept(new StreamSession.FileDamaged(current.table(), current.sequence(), how, right));
            }
            pull(in);
        }

        private ReceiveId receiving(TableId table) {
            return new ReceiveId(id.plan(), wire.peer(), id.index(), table);
        }
    }
}
