package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.japi.Pair;
import akka.stream.ActorAttributes;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.javadsl.Source;
import akka.stream.stage.AsyncCallback;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.Piece.Outgoing;
import io.ringsim.streaming.StreamMessage.Listening;
import io.ringsim.streaming.lane.DataChannels;
import io.ringsim.streaming.lane.IncomingLane;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Content that travels on lanes, one for all that a session sends and one for all it receives. What moves through the streams
 * are places, not bytes: pieces of files to send, and buffers that are filled when the disk asks for them.
 *
 * <p>Each stream blocks a thread of a dispatcher of its kind while its lane, or its disk, makes it wait. Closing the lane frees
 * it.
 */
final class LaneContent implements SessionContent {
    /** Files are sent in pieces of this size: throttled, and told as progress. */
    private static final int PIECE_BYTES = 4 << 20;

    private static final String SEND_DISPATCHER = "ringsim.streaming.send-dispatcher";
    private static final String RECEIVE_DISPATCHER = "ringsim.streaming.receive-dispatcher";
    private static final Logger LOG = LoggerFactory.getLogger(LaneContent.class);

    private final SessionId id;
    private final Wire wire;
    private final String selection;
    private final Limits limits;
    private final DataChannels channels;
    private final ActorRef<LocalStore.Command> store;
    private final ActorContext<StreamSession.Command> context;
    private final Receiving receiving = new Receiving();
    /** Ends what is told of the streams, which may notice only then that their lanes are closed. */
    private volatile boolean closed;

    private @Nullable Materializer materializer;
    private DataChannels.@Nullable Opening opening;
    private @Nullable Pair<AsyncCallback<Outgoing>, AsyncCallback<Listening>> sending;

    /** The receiving end: a lane that may arrive at any time, on any thread. */
    private static final class Receiving {
        private DataChannels.@Nullable Landing landing;
        private @Nullable IncomingLane lane;
        private boolean closed;

        private synchronized DataChannels.Landing expect(DataChannels channels, AsyncCallback<IncomingLane> lanes) {
            var expected = channels.expect(opened -> arrived(opened, lanes));
            landing = expected;
            return expected;
        }

        private synchronized void arrived(IncomingLane opened, AsyncCallback<IncomingLane> lanes) {
            if (closed) {
                cut(opened);
            } else {
                lane = opened;
                lanes.invoke(opened);
            }
        }

        private synchronized void close() {
            closed = true;
            if (landing != null) {
                landing.close();
            }
            if (lane != null) {
                cut(lane);
            }
        }

        private static void cut(IncomingLane lane) {
            LaneContent.close(lane::cut);
        }
    }

    private LaneContent(
            SessionId id,
            Wire wire,
            String selection,
            Limits limits,
            DataChannels channels,
            ActorRef<LocalStore.Command> store,
            ActorContext<StreamSession.Command> context) {
        this.id = id;
        this.wire = wire;
        this.selection = selection;
        this.limits = limits;
        this.channels = channels;
        this.store = store;
        this.context = context;
    }

    static SessionContent.Factory over(DataChannels channels, Limits limits, ActorRef<LocalStore.Command> store) {
        return (context, id, wire, selection) -> new LaneContent(id, wire, selection, limits, channels, store, context);
    }

    /** Closes something of which nothing is needed any more. */
    static void close(Closeable unneeded) {
        try {
            unneeded.close();
        } catch (IOException failed) {
            LOG.debug("what is not needed any more could not be closed", failed);
        }
    }

    /** What an exception says; its kind when it says nothing. */
    static String why(IOException failed) {
        var message = failed.getMessage();
        return message == null ? failed.getClass().getSimpleName() : message;
    }

    @Override
    public void begin(boolean sends, boolean receives) {
        if (!sends && !receives) {
            return;
        }
        var created = Materializer.createMaterializer(context);
        materializer = created;
        if (sends) {
            try {
                var lane = channels.opening();
                opening = lane;
                sending = sendingGraph(lane).run(created);
            } catch (IOException none) {
                context.getSelf().tell(new StreamSession.ContentFailed("cannot open a connection: " + why(none)));
            }
        }
        if (receives) {
            var landing = receiving.expect(channels, receivingGraph().run(created));
            var at = landing.address();
            wire.send(new Listening(id, at.host(), at.port(), landing.key()));
        }
    }

    private RunnableGraph<Pair<AsyncCallback<Outgoing>, AsyncCallback<Listening>>> sendingGraph(
            DataChannels.Opening lane) {
        return Source.fromGraph(new FileSource())
                .via(new ThrottleStage(limits.clock(), limits.throttles(), wire.toOtherDatacenter()))
                .toMat(new LaneSink(id, wire, selection, lane, limits.clock(), store, this::tell), Keep.both())
                .withAttributes(ActorAttributes.dispatcher(SEND_DISPATCHER));
    }

    private RunnableGraph<AsyncCallback<IncomingLane>> receivingGraph() {
        var appetite = new Appetite();
        return Source.fromGraph(new LaneSource(id, wire, appetite, this::tell))
                .toMat(new AppendSink(id, wire, limits, appetite, store, this::tell), Keep.left())
                .withAttributes(ActorAttributes.dispatcher(RECEIVE_DISPATCHER));
    }

    @Override
    public void send(TableId table, int sequence, long offset, StreamableFile file) {
        if (sending != null) {
            sending.first().invoke(new Outgoing(table, sequence, offset, file, PIECE_BYTES, 0));
        }
    }

    @Override
    public void heard(StreamMessage message) {
        if (!(message instanceof Listening listening)) {
            context.getSelf().tell(new StreamSession.Violated("sends content over the network of messages"));
        } else if (sending != null) {
            sending.second().invoke(listening);
        }
    }

    @Override
    public boolean isApart() {
        return true;
    }

    private void tell(StreamSession.Local what) {
        if (!closed) {
            context.getSelf().tell(what);
        }
    }

    @Override
    public void close() {
        closed = true;
        receiving.close();
        if (opening != null) {
            close(opening);
        }
        if (materializer != null) {
            materializer.shutdown();
        }
    }
}
