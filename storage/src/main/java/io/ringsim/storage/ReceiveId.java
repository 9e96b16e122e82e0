package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import java.util.Comparator;

/** Names what arrives for one table in one stream session: the files that become visible in one step. */
public record ReceiveId(String plan, NodeId peer, int session, TableId table) implements Comparable<ReceiveId> {
    private static final Comparator<ReceiveId> ORDER = Comparator.comparing(ReceiveId::plan)
            .thenComparing(ReceiveId::peer)
            .thenComparingInt(ReceiveId::session)
            .thenComparing(ReceiveId::table);

    @Override
    public int compareTo(ReceiveId other) {
        return ORDER.compare(this, other);
    }
}
