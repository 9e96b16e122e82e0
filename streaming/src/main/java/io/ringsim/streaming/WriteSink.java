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
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore.ChunkWritten;
import io.ringsim.storage.StreamStore.Discard;
import io.ringsim.storage.StreamStore.IoFailed;
import io.ringsim.storage.StreamStore.Rewind;
import io.ringsim.storage.StreamStore.Rewound;
import io.ringsim.storage.StreamStore.Write;
import io.ringsim.streaming.VerifyStage.Verified;
import java.util.ArrayDeque;
import java.util.Queue;
import scala.runtime.BoxedUnit;

/**
 * Writes what arrives to the disk, one chunk at a time, and asks for the next when it is written: here begins the
 * backpressure that ends at the sender's disk. Tells the session of each file that is written, or has to come again.
 */
final class WriteSink extends GraphStage<SinkShape<Verified>> {
    private final Inlet<Verified> in = Inlet.create("WriteSink.in");
    private final SinkShape<Verified> shape = SinkShape.of(in);
    private final SessionId id;
    private final Wire wire;
    private final Clock clock;
    private final boolean resumes;
    private final ActorRef<LocalStore.Command> store;
    private final ActorRef<? super StreamSession.Command> session;

    /**
     * A sink for one session.
     *
     * @param resumes whether what was right of a damaged file is kept
     */
    WriteSink(
            SessionId id,
            Wire wire,
            Clock clock,
            boolean resumes,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super StreamSession.Command> session) {
        this.resumes = resumes;
        this.id = id;
        this.wire = wire;
        this.clock = clock;
        this.store = store;
        this.session = session;
    }

    @Override
    public SinkShape<Verified> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private final ProgressMeter progress = new ProgressMeter(clock);
        /** What is being written; empty when nothing is. */
        private final Queue<Arrival> writing = new ArrayDeque<>(1);

        private boolean damaged;
        private String damage = "";

        Logic() {
            super(shape);
            setHandler(in, new AbstractInHandler() {
                @Override
                public void onPush() {
                    var verified = grab(in);
                    if (verified.intact() && !damaged) {
                        write(verified.arrival());
                    } else {
                        pass(verified.arrival(), "its checksum does not match");
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

        private void write(Arrival arrival) {
            writing.add(arrival);
            var file = arrival.file();
            var chunk = arrival.chunk();
            store.tell(new Write(
                    receiving(file.table()),
                    file.sequence(),
                    chunk.offset(),
                    chunk.length(),
                    chunk.content(),
                    Adapter.toTyped(stageActor().ref())));
        }

        private void onOutcome(Object outcome) {
            var arrival = writing.remove();
            if (outcome instanceof Rewound rewound) {
                askAgain(arrival.file(), rewound.offset());
                pull(in);
            } else if (outcome instanceof ChunkWritten written) {
                if (written.corrupt()) {
                    pass(arrival, "it was not written as it arrived");
                } else {
                    written(arrival);
                }
            } else if (outcome instanceof IoFailed failed) {
                session.tell(new StreamSession.ContentFailed("cannot write: " + failed.reason()));
            }
        }

        private void written(Arrival arrival) {
            var file = arrival.file();
            if (arrival.isLast()) {
                session.tell(new StreamSession.FileArrived(file.table(), file.sequence(), file.header()));
            } else if (progress.isWorthTelling(arrival.end(), file.header().bytes())) {
                session.tell(new StreamSession.FileReceiving(
                        file.table(),
                        file.sequence(),
                        arrival.end(),
                        file.header().bytes()));
            }
            pull(in);
        }

        /** Drops a part of a damaged file; with its last one the file can be asked for again. */
        private void pass(Arrival arrival, String why) {
            damage = damaged ? damage : why;
            damaged = true;
            if (!arrival.isLast()) {
                pull(in);
                return;
            }
            damaged = false;
            var file = arrival.file();
            if (resumes) {
                writing.add(arrival);
                store.tell(new Rewind(
                        receiving(file.table()),
                        file.sequence(),
                        Adapter.toTyped(stageActor().ref())));
            } else {
                store.tell(new Discard(receiving(file.table()), file.sequence()));
                askAgain(file, 0);
                pull(in);
            }
        }

        private void askAgain(Arrival.Incoming file, long right) {
            var how = Damage.of(file.header().sstable(), wire.peer(), damage);
            session.tell(new StreamSession.FileDamaged(file.table(), file.sequence(), how, right));
        }

        private ReceiveId receiving(TableId table) {
            return new ReceiveId(id.plan(), wire.peer(), id.index(), table);
        }
    }
}
