package io.ringsim.storage.commitlog;

import io.ringsim.data.Mutation;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.MutationCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What of the writes read is handed on: the updates of known tables that are not in SSTables yet. */
final class ReplayedWrites {
    private final Partitioner partitioner;
    private final ReplayFilter filter;
    private final MutationHandler handler;
    private long bytes;
    private long replayed;
    private long alreadyFlushed;
    private long ofUnknownTables;

    ReplayedWrites(Partitioner partitioner, ReplayFilter filter, MutationHandler handler) {
        this.partitioner = partitioner;
        this.filter = filter;
        this.handler = handler;
    }

    /** Takes an entry whose checksum is right. */
    void accept(ByteBuffer entry, CommitLogPosition position) throws IOException, Malformed {
        int size = entry.remaining();
        var mutation = MutationCodec.read(entry, partitioner);
        if (entry.hasRemaining()) {
            throw new Malformed("it ends " + entry.remaining() + " bytes early");
        }
        bytes += size;
        var wanted = new ArrayList<Mutation.Update>(mutation.updates().size());
        for (var update : mutation.updates()) {
            var flushed = filter.flushed(update.table());
            if (flushed.isEmpty()) {
                ofUnknownTables++;
            } else if (flushed.get().contains(position)) {
                alreadyFlushed++;
            } else {
                wanted.add(update);
            }
        }
        if (!wanted.isEmpty()) {
            replayed++;
            handler.replay(
                    wanted.size() == mutation.updates().size() ? mutation : new Mutation(mutation.key(), wanted),
                    position);
        }
    }

    ReplayReport report(int segments, List<ReplayReport.LeftOut> torn, List<ReplayReport.LeftOut> corrupt) {
        return new ReplayReport(segments, bytes, replayed, alreadyFlushed, ofUnknownTables, torn, corrupt);
    }
}
