package io.ringsim.streaming;

import static java.util.Objects.requireNonNull;

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
import io.ringsim.storage.IncomingContent;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Receive;
import io.ringsim.storage.StreamStore.Receiving;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.sstable.ContentReceiver;
import io.ringsim.streaming.LaneSource.Begin;
import io.ringsim.streaming.LaneSource.Landed;
import io.ringsim.streaming.LaneSource.Part;
import io.ringsim.streaming.StreamMessage.File;
import java.io.IOException;
import java.util.SortedMap;
import java.util.TreeMap;
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
    private final Appetite appetite;
    private final ActorRef<LocalStore.Command> store;
    private final Consumer<StreamSession.Local> session;

    AppendSink(
            SessionId id,
            Wire wire,
            Limits limits,
            Appetite appetite,
            ActorRef<LocalStore.Command> store,
            Consumer<StreamSession.Local> session) {
        this.id = id;
        this.wire = wire;
        this.limits = limits;
        this.appetite = appetite;
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

    private interface Step {
        void run() throws IOException;
    }

    private final class Logic extends GraphStageLogic {
        private final ProgressMeter progress = new ProgressMeter(limits.clock());
        /** Where the content of each table goes, once the store has said so. */
        private final SortedMap<TableId, IncomingContent> tables = new TreeMap<>();

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
                        begin(begin.file());
                    } else if (landed instanceof Part part) {
                        writing(() -> append(part));
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

        private void begin(File file) {
            current = file;
            damage = "";
            var known = tables.get(file.table());
            if (known != null) {
                open(file, known);
                return;
            }
            var receiving = new ReceiveId(id.plan(), wire.peer(), id.index(), file.table());
            store.tell(new Receive(receiving, Adapter.toTyped(stageActor().ref())));
        }

        private void onOutcome(Object outcome) {
            if (outcome instanceof Receiving receiving && current != null) {
                tables.put(current.table(), receiving.content());
                open(current, receiving.content());
            } else if (outcome instanceof IoFailed failed) {
                failed(failed.reason());
            }
        }

        private void open(File file, IncomingContent table) {
            writing(() -> {
                var opened = table.file(file.sequence(), file.offset());
                appetite.is(opened.convenient());
                content = opened;
            });
        }

        /** Does some of the work and asks for more, unless it could not be done. */
        private void writing(Step step) {
            try {
                step.run();
                pull(in);
            } catch (IOException failed) {
                failed(String.valueOf(failed.getMessage()));
            }
        }

        private void failed(String why) {
            session.accept(new StreamSession.ContentFailed("cannot write: " + why));
        }

        private void append(Part part) throws IOException {
            try {
                if (damage.isEmpty() && content != null) {
                    content.append(part.bytes());
                    appetite.is(content.convenient());
                }
            } catch (CorruptFile corrupt) {
                damage = String.valueOf(corrupt.getMessage());
            }
            var file = part.file();
            long bytes = file.header().bytes();
            if (part.isLast()) {
                end(file);
            } else if (damage.isEmpty() && progress.isWorthTelling(part.end(), bytes)) {
                session.accept(new StreamSession.FileReceiving(file.table(), file.sequence(), part.end(), bytes));
            }
        }

        private void end(File file) throws IOException {
            if (damage.isEmpty()) {
                session.accept(new StreamSession.FileArrived(file.table(), file.sequence(), file.header()));
                return;
            }
            long right = takeBack(file);
            var how = Damage.of(file.header().sstable(), wire.peer(), damage);
            session.accept(new StreamSession.FileDamaged(file.table(), file.sequence(), how, right));
        }

        /** Drops what is wrong of a file; bytes of it that are right. */
        private long takeBack(File file) throws IOException {
            var table = requireNonNull(tables.get(file.table()));
            if (limits.settings().resumeRetries()) {
                return table.rewind(file.sequence());
            }
            table.discard(file.sequence());
            return 0;
        }
    }
}
