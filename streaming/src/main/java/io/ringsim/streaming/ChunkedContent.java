package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import akka.japi.Pair;
import akka.stream.Materializer;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.RunnableGraph;
import akka.stream.javadsl.Source;
import akka.stream.stage.AsyncCallback;
import io.ringsim.data.TableId;
import io.ringsim.runtime.Clock;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.Piece.Outgoing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Content that travels as chunks over the network: one stream for all that a session sends and one for all it receives,
 * as far as the session does either.
 *
 * <p>Sending: files, cut into pieces, read from the disk, throttled, sent as far as the receiver granted. Receiving: chunks,
 * verified, written to the disk, whose demand becomes the grants.
 */
final class ChunkedContent implements SessionContent {
    private final SessionId id;
    private final Wire wire;
    private final String selection;
    private final Limits limits;
    private final ActorRef<LocalStore.Command> store;
    private final ActorContext<StreamSession.Command> context;
    private @Nullable Materializer materializer;
    private @Nullable Pair<AsyncCallback<Outgoing>, AsyncCallback<Long>> sending;
    private @Nullable AsyncCallback<StreamMessage> receiving;

    /** What all sessions of a node have in common. */
    record Limits(StreamingSettings settings, Clock clock, Throttle outbound, Throttle interDc) {
        static Limits of(StreamingSettings settings, Clock clock) {
            return new Limits(
                    settings,
                    clock,
                    new Throttle(settings.streamThroughputOutbound()),
                    new Throttle(settings.interDcStreamThroughputOutbound()));
        }
    }

    private ChunkedContent(
            SessionId id,
            Wire wire,
            String selection,
            Limits limits,
            ActorRef<LocalStore.Command> store,
            ActorContext<StreamSession.Command> context) {
        this.id = id;
        this.wire = wire;
        this.selection = selection;
        this.limits = limits;
        this.store = store;
        this.context = context;
    }

    static SessionContent.Factory over(Limits limits, ActorRef<LocalStore.Command> store) {
        return (context, id, wire, selection) -> new ChunkedContent(id, wire, selection, limits, store, context);
    }

    @Override
    public void begin(boolean sends, boolean receives) {
        if (!sends && !receives) {
            return;
        }
        var created = Materializer.createMaterializer(context);
        materializer = created;
        if (sends) {
            sending = sendingGraph().run(created);
        }
        if (receives) {
            receiving = receivingGraph().run(created);
        }
    }

    @Override
    public void send(TableId table, int sequence, StreamableFile file) {
        if (sending == null) {
            throw new IllegalStateException(id + " did not begin to send");
        }
        int chunkBytes = limits.settings().chunkBytesFor(file.bytes());
        sending.first().invoke(new Outgoing(table, sequence, file, chunkBytes, Checksum.ofFile(table, sequence)));
    }

    @Override
    public void granted(long bytes) {
        if (sending != null) {
            sending.second().invoke(bytes);
        }
    }

    @Override
    public void arrived(StreamMessage.File file) {
        arrivedMessage(file);
    }

    @Override
    public void arrived(StreamMessage.Chunk chunk) {
        arrivedMessage(chunk);
    }

    private void arrivedMessage(StreamMessage message) {
        if (receiving != null) {
            receiving.invoke(message);
        }
    }

    @Override
    public void close() {
        if (materializer != null) {
            materializer.shutdown();
        }
    }

    private RunnableGraph<Pair<AsyncCallback<Outgoing>, AsyncCallback<Long>>> sendingGraph() {
        return Source.fromGraph(new FileSource())
                .via(new ReadStage(store, selection, context.getSelf()))
                .via(new ThrottleStage(limits.clock(), throttles()))
                .toMat(new SendSink(id, wire, limits.clock(), context.getSelf()), Keep.both());
    }

    private RunnableGraph<AsyncCallback<StreamMessage>> receivingGraph() {
        return Source.fromGraph(new ArrivalSource(id, wire, limits.settings().windowBytes(), context.getSelf()))
                .via(new VerifyStage())
                .toMat(new WriteSink(id, wire, limits.clock(), store, context.getSelf()), Keep.left());
    }

    private List<Throttle> throttles() {
        return wire.toOtherDatacenter() ? List.of(limits.outbound(), limits.interDc()) : List.of(limits.outbound());
    }
}
