package io.ringsim.operation;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.TimerScheduler;
import io.ringsim.operation.Operation.Cancel;
import io.ringsim.operation.Operation.Command;
import io.ringsim.operation.Operation.Completed;
import io.ringsim.operation.Operation.Confirmed;
import io.ringsim.operation.Operation.Ended;
import io.ringsim.operation.Operation.Failed;
import io.ringsim.operation.Operation.Force;
import io.ringsim.operation.Operation.Outcome;
import io.ringsim.operation.Operation.Refused;
import io.ringsim.operation.Operation.RingChanged;
import io.ringsim.operation.Operation.Step;
import io.ringsim.operation.Operation.Waited;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.Status;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.Membership.SpeakFor;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Takes a dead node out of the ring; run by another one, the coordinator of the removal.
 *
 * <p>The steps are those of Cassandra's {@code StorageService.removeNode}: refuse when the node is no member, or alive;
 * sleep the ring delay and look whether it came back meanwhile; say REMOVING of it, in a generation after its own, upon
 * which those who take over its ranges count as pending replicas, fetch the ranges from replicas that are alive, and
 * confirm ({@link RestoreReplicas}); wait for all of them that were alive at the start; say REMOVED. One of them that dies
 * later is waited for until the removal is forced. When the coordinator ends before, the node stays REMOVING, and any
 * other may remove it anew.
 */
public final class RemoveNode {
    /** So that at least one round of gossip is over before the end is told. */
    private static final Duration TWO_ROUNDS = Duration.ofSeconds(2);

    private final ActorContext<Command> context;
    private final TimerScheduler<Command> timers;
    private final OperationContext operation;
    private final ActorRef<Removals.Command> removals;
    private final NodeId dead;

    private RemoveNode(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            OperationContext operation,
            ActorRef<Removals.Command> removals,
            NodeId dead) {
        this.context = context;
        this.timers = timers;
        this.operation = operation;
        this.removals = removals;
        this.dead = dead;
    }

    /**
     * A removal from its first step.
     *
     * @param removals the coordinator's own
     * @param now the ring as the coordinator knows it at this moment
     */
    public static Behavior<Command> create(
            OperationContext operation, ActorRef<Removals.Command> removals, NodeId dead, Surroundings now) {
        return Behaviors.setup(context ->
                Behaviors.withTimers(timers -> new RemoveNode(context, timers, operation, removals, dead).begin(now)));
    }

    private Behavior<Command> begin(Surroundings now) {
        var refusal = whyNot(now);
        if (refusal.isPresent()) {
            return ended(new Refused(refusal.get()));
        }
        var plan = RangeMovement.remove(now.view(), operation.keyspaces(), dead, sources(now));
        if (plan instanceof Refusal impossible) {
            return ended(new Refused(impossible.reason()));
        }
        var movement = (RangeMovement) plan;
        if (now.view().leaving().contains(dead)) {
            step("Node " + dead + " is already being removed, continuing removal anyway");
        }
        movement.warnings().forEach(this::step);
        var delay = operation.settings().ringDelay();
        step("Sleeping for " + delay.toMillis() + " ms to ensure " + dead + " does not change");
        timers.startSingleTimer(Waited.INSTANCE, delay);
        var replicas = movement.transfers().stream().map(Transfer::to).collect(Collectors.toCollection(TreeSet::new));
        return looking(now, now.view().generation(dead), Collections.unmodifiableSortedSet(replicas));
    }

    private Optional<String> whyNot(Surroundings now) {
        if (dead.equals(operation.node())) {
            return Optional.of("Cannot remove self");
        }
        if (!now.view().ring().isMember(dead)) {
            return Optional.of("Node to be removed is not a member of the token ring: " + dead);
        }
        if (now.up().contains(dead)) {
            return Optional.of(
                    "Node " + dead + " is alive and owns this ID. Use decommission command to remove it from the ring");
        }
        return Optional.empty();
    }

    private SourceChoice sources(Surroundings now) {
        return new SourceChoice(
                false,
                peer -> peer.equals(operation.node()) || now.up().contains(peer),
                Proximity.BY_LOCATION,
                operation.settings().balancedSources());
    }

    /** Waiting whether it comes back. Next: removing. */
    private Behavior<Command> looking(Surroundings now, int generation, SortedSet<NodeId> replicas) {
        return Behaviors.receive(Command.class)
                .onMessage(RingChanged.class, change -> looking(change.now(), generation, replicas))
                .onMessageEquals(Waited.INSTANCE, () -> remove(now, generation, replicas))
                .onMessageEquals(Force.INSTANCE, () -> removed(generation, replicas))
                .onMessage(Cancel.class, cancel -> ended(new Failed(cancel.reason(), List.of())))
                .onAnyMessage(nobodyIsAskedYet -> Behaviors.unhandled())
                .build();
    }

    private Behavior<Command> remove(Surroundings now, int generation, SortedSet<NodeId> replicas) {
        if (now.view().generation(dead) != generation || now.up().contains(dead)) {
            return ended(new Failed("Endpoint " + dead + " generation changed while trying to remove it", List.of()));
        }
        int next = generation + 1;
        removals.tell(new Removals.Await(dead, next, context.getSelf()));
        operation.membership().tell(new SpeakFor(dead, next, Status.REMOVING));
        step("Advertising removal for " + dead);
        return waiting(next, replicas);
    }

    private Behavior<Command> waiting(int generation, SortedSet<NodeId> replicas) {
        if (replicas.isEmpty()) {
            return removed(generation, replicas);
        }
        step("Removing node " + dead + ". Waiting for replication confirmation from " + replicas + ".");
        return waitingFor(generation, replicas);
    }

    /** Waiting for replicas to confirm. Next: removed, or failed when somebody else decided about the node. */
    private Behavior<Command> waitingFor(int generation, SortedSet<NodeId> replicas) {
        return Behaviors.receive(Command.class)
                .onMessage(Confirmed.class, confirmed -> {
                    var rest = new TreeSet<>(replicas);
                    return rest.remove(confirmed.peer()) ? waiting(generation, rest) : Behaviors.same();
                })
                .onMessage(RingChanged.class, change -> onRingChanged(change.now(), generation, replicas))
                .onMessageEquals(Force.INSTANCE, () -> removed(generation, replicas))
                .onMessage(Cancel.class, cancel -> ended(new Failed(cancel.reason(), List.of())))
                .onAnyMessage(late -> Behaviors.same())
                .build();
    }

    private Behavior<Command> onRingChanged(Surroundings now, int generation, SortedSet<NodeId> replicas) {
        if (!now.view().ring().isMember(dead)) {
            return ended(new Failed(dead + " is no member any more: another node removed it", List.of()));
        }
        if (now.view().generation(dead) > generation) {
            return ended(new Failed(dead + " came back, or another node removes it", List.of()));
        }
        return waitingFor(generation, replicas);
    }

    /** It is out, said in the generation after the last one in which anything was said of it. */
    private Behavior<Command> removed(int generation, SortedSet<NodeId> missing) {
        if (!missing.isEmpty()) {
            step("Removal not confirmed for " + missing);
        }
        operation.membership().tell(new SpeakFor(dead, generation + 1, Status.REMOVED));
        step("Completing removal of " + dead);
        timers.startSingleTimer(Waited.INSTANCE, TWO_ROUNDS);
        return telling();
    }

    /** Waiting until others have heard it. It cannot be called back any more. */
    private Behavior<Command> telling() {
        return Behaviors.receive(Command.class)
                .onMessageEquals(Waited.INSTANCE, () -> {
                    step("Node " + dead + " is removed");
                    return ended(new Completed(List.of()));
                })
                .onAnyMessage(tooLate -> Behaviors.same())
                .build();
    }

    private Behavior<Command> ended(Outcome outcome) {
        operation.owner().tell(new Ended(outcome));
        return Behaviors.stopped();
    }

    private void step(String text) {
        operation.owner().tell(new Step(text));
    }
}
