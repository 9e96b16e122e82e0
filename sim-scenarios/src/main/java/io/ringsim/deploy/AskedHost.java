package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.AskPattern;
import akka.japi.function.Function;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.ring.NodeId;
import io.ringsim.storage.Housekeeping;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * A host as threads ask it that wait for the answer. When it does not answer in time all that waits throws {@link
 * java.util.concurrent.CompletionException}.
 */
record AskedHost(ActorSystem<RingHost.Command> host) {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** An operation takes as long as it takes. */
    private static final Duration OPERATION_PATIENCE = Duration.ofDays(30);

    RingHost.State state() {
        return ask(host, RingHost.GetState::new, PATIENCE).join();
    }

    /** What a node of the host is and believes; nothing when it does not run. */
    Optional<Node.State> state(NodeId node) {
        return ask(host, (ActorRef<RingHost.Found> replyTo) -> new RingHost.FindNode(node, replyTo), PATIENCE)
                .join()
                .node()
                .map(actor -> ask(actor, Node.GetState::new, PATIENCE).join());
    }

    CompletableFuture<Operation.Outcome> decommission(NodeId node, boolean force) {
        return ask(
                host,
                (ActorRef<Operation.Outcome> replyTo) -> new RingHost.Decommission(node, force, replyTo),
                OPERATION_PATIENCE);
    }

    CompletableFuture<Operation.Outcome> remove(NodeId dead, boolean force) {
        return ask(
                host,
                (ActorRef<Operation.Outcome> replyTo) -> new RingHost.Remove(dead, force, replyTo),
                OPERATION_PATIENCE);
    }

    CompletableFuture<Operation.Outcome> leave(boolean force) {
        return ask(
                host, (ActorRef<Operation.Outcome> replyTo) -> new RingHost.Leave(force, replyTo), OPERATION_PATIENCE);
    }

    Housekeeping.Kept keep(NodeId node, RingHost.Chore chore) {
        return ask(
                        host,
                        (ActorRef<Housekeeping.Kept> replyTo) -> new RingHost.Keep(node, chore, replyTo),
                        OPERATION_PATIENCE)
                .join();
    }

    RingHost.Drained drain() {
        return ask(host, RingHost.Drain::new, OPERATION_PATIENCE).join();
    }

    private <C, A> CompletableFuture<A> ask(ActorRef<C> whom, Function<ActorRef<A>, C> question, Duration patience) {
        return AskPattern.ask(whom, question, patience, host.scheduler()).toCompletableFuture();
    }
}
