package io.ringsim.deploy;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Source;
import io.ringsim.node.Node;
import java.util.Optional;

/** What happens to the nodes of a host, as a stream: modes, steps of operations, streams of files. */
public final class HostEvents {
    private static final int BUFFER = 1_000;

    private HostEvents() {}

    /**
     * Begins when it is run, with the mode of each node that has started, and goes on until it is cancelled, or its actor system ends. Who takes slower than things happen misses the
     * oldest of more than {@value #BUFFER} events; nobody waits for who watches.
     */
    public static Source<Node.Event, NotUsed> watch(ActorRef<RingHost.Command> host) {
        return Source.<Node.Event>actorRef(
                        event -> Optional.empty(), event -> Optional.empty(), BUFFER, OverflowStrategy.dropHead())
                .mapMaterializedValue(watcher -> {
                    host.tell(new RingHost.Watch(Adapter.<Node.Event>toTyped(watcher)));
                    return NotUsed.getInstance();
                });
    }
}
