package io.ringsim.operation;

import akka.actor.typed.ActorRef;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.Membership;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.RangeStreamer;
import java.util.List;

/**
 * What every operation of a node works with.
 *
 * @param plan a name for the stream plan, unique per node and generation
 * @param record what the node remembers when the operation begins
 * @param owner told of each step and of the outcome
 */
public record OperationContext(
        NodeId node,
        Location location,
        String plan,
        List<Keyspace> keyspaces,
        String schema,
        OperationSettings settings,
        NodeRecord record,
        ActorRef<Membership.Command> membership,
        ActorRef<RangeStreamer.Command> streamer,
        ActorRef<? super Operation.Event> owner) {
    public OperationContext {
        keyspaces = List.copyOf(keyspaces);
    }

    /** The transfers that an earlier attempt did not finish. */
    List<Transfer> missing(List<Transfer> all) {
        return settings.resumable()
                ? all.stream()
                        .filter(transfer -> !record.done().contains(transfer))
                        .toList()
                : all;
    }
}
