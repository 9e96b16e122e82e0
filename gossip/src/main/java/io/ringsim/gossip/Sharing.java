package io.ringsim.gossip;

import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.ClusterActorRefProvider;
import java.util.List;

/** What a host's board needs of the other hosts; it is told when they have said all that they know. */
interface Sharing {
    /** This run of this host. */
    Incarnation here();

    /** Has the other hosts tell the board what they know, once this one is in the cluster. */
    void lookAround();

    /** Makes what this host knows better known to the others. */
    void publish(List<Entry> entries);

    /** For a board; with other hosts if its system is in an Akka Cluster, else there are none. */
    static Sharing of(ActorContext<Board.Command> board, ClusterLayerSettings settings) {
        var system = Adapter.toClassic(board.getSystem());
        if (system instanceof akka.actor.ExtendedActorSystem extended
                && extended.provider() instanceof ClusterActorRefProvider) {
            return new SharedStates(board, settings);
        }
        board.getSelf().tell(new Board.Looked(EndpointStates.NONE, true));
        return alone(new Incarnation(board.getSystem().address().toString(), 0));
    }

    private static Sharing alone(Incarnation here) {
        return new Sharing() {
            @Override
            public Incarnation here() {
                return here;
            }

            @Override
            public void lookAround() {}

            @Override
            public void publish(List<Entry> entries) {}
        };
    }
}
