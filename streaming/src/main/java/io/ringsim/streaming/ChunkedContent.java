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
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.Piece.Outgoing;
import io.ringsim.streaming.StreamMessage.Credit;
import io.ringsim.streaming.StreamMessage.Listening;
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
    public void send(TableId table, int sequence, long offset, StreamableFile file) {
        if (sending == null) {
            throw new IllegalStateException(id + " did not begin to send");
        }
        int chunkBytes = limits.settings().chunks().bytesFor(file.bytes());
        sending.first()
                .invoke(new Outgoing(table, sequence, offset, file, chunkBytes, Checksum.ofFile(table, sequence)));
    }

    @Override
    public void heard(StreamMessage message) {
        if (message instanceof Credit credit) {
            if (sending != null) {
                sending.second().invoke(credit.bytes());
            }
        } else if (message instanceof Listening) {
            context.getSelf()
                    .tell(new StreamSession.Violated(
                            "takes content on a connection of its own, which this node has none of"));
        } else if (receiving != null) {
            receiving.invoke(message);
        }
    }

    @Override
    public boolean isApart() {
        return false;
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
                .via(new ThrottleStage(limits.clock(), limits.throttles(), wire.toOtherDatacenter()))
                .toMat(new SendSink(id, wire, limits.clock(), context.getSelf()), Keep.both());
    }

    private RunnableGraph<AsyncCallback<StreamMessage>> receivingGraph() {
        return Source.fromGraph(
                        new ArrivalSource(id, wire, limits.settings().chunks().windowBytes(), context.getSelf()))
                .via(new VerifyStage())
                .toMat(
                        new WriteSink(
                                id, wire, limits.clock(), limits.settings().resumeRetries(), store, context.getSelf()),
                        Keep.left());
    }
}
