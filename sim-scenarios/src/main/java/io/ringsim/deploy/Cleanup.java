package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.KeyspaceRanges;

/** Has a node's store drop what the node, as it sees the ring, is no replica of: {@code nodetool cleanup}. */
final class Cleanup {
    private Cleanup() {}

    static Behavior<Node.State> create(
            ActorRef<Node.Command> node,
            ActorRef<LocalStore.Command> store,
            HostSettings settings,
            ActorRef<? super Housekeeping.Kept> replyTo) {
        return Behaviors.setup(context -> {
            node.tell(new Node.GetState(context.getSelf()));
            return Behaviors.receiveMessage(state -> {
                if (state.mode() == Mode.NORMAL) {
                    var ring = state.surroundings().view().ring();
                    var owned = KeyspaceRanges.owned(settings.ring().keyspaces(), ring, state.node());
                    store.tell(new Housekeeping.Cleanup(owned, replyTo));
                } else {
                    replyTo.tell(new Housekeeping.Failed(
                            state.node() + " is " + state.mode() + "; only a NORMAL node knows what it owns"));
                }
                return Behaviors.stopped();
            });
        });
    }
}
