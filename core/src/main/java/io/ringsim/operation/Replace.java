package io.ringsim.operation;

import akka.actor.typed.Behavior;
import io.ringsim.operation.Operation.Command;
import io.ringsim.ring.MovementPlan;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.RangeMovement;
import io.ringsim.ring.Refusal;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.spi.Membership.Announce;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Puts the node into a dead member's place, with all of its tokens and its data: {@code cassandra.replace_address}.
 *
 * <p>A node of another name announces BOOT_REPLACE, so that it gets the writes of the dead one's ranges meanwhile. A node
 * of the dead one's own name, whose directory was lost, cannot be told from it: it announces {@code hibernate}, counts as
 * down and gets no writes until it is done, so what was written in between must come by hints or repair.
 *
 * <p>The steps are those of Cassandra's {@code StorageService.joinTokenRing}: look at the ring, whether the member is
 * known; wait for ring information and schema agreement; wait some more, and refuse when the member is alive after all;
 * announce; sleep the ring delay; stream each range from the nearest live replica; announce NORMAL. Then the dead one is
 * forgotten by everybody. When a session fails the node stays JOINING; replacing again then streams only what is missing.
 */
public final class Replace {
    private final OperationContext operation;
    private final JoinSteps steps;
    private final NodeId dead;

    private Replace(OperationContext operation, JoinSteps steps, NodeId dead) {
        this.operation = operation;
        this.steps = steps;
        this.dead = dead;
    }

    /**
     * A replacement from its first step.
     *
     * @param dead the member whose place the node is to take; it may have the node's own name
     * @param now the ring as the node knows it at this moment
     */
    public static Behavior<Command> create(OperationContext operation, NodeId dead, Surroundings now) {
        return JoinSteps.begin(operation, steps -> {
            var replace = new Replace(operation, steps, dead);
            return steps.lookAround(now, dead.equals(operation.node()) ? replace::hibernate : replace::meet);
        });
    }

    /** The replacement by a node that is JOINING already: streams what an earlier attempt did not. */
    public static Behavior<Command> resume(OperationContext operation, NodeId dead, Surroundings now) {
        return JoinSteps.begin(operation, steps -> new Replace(operation, steps, dead).goOn(now));
    }

    private Behavior<Command> goOn(Surroundings now) {
        boolean isThis = dead.equals(operation.node())
                ? now.view().ring().isMember(dead)
                : dead.equals(now.view().replacing().get(operation.node()));
        return isThis
                ? stream(now)
                : steps.refused(operation.node() + " is joining already, but not in the place of " + dead);
    }

    /** Whom others know by its name is the dead one; as soon as it hibernates it is that node itself, with nothing yet. */
    private Behavior<Command> hibernate(Surroundings now) {
        if (!now.view().ring().isMember(dead)) {
            return steps.refused(unknown());
        }
        var tokens = tokens(now);
        steps.begun(tokens);
        operation.membership().tell(new Announce(Status.HIBERNATE, tokens, List.of()));
        return steps.awaitRing(now, this::sleepBeforeStreaming);
    }

    private Behavior<Command> sleepBeforeStreaming(Surroundings now) {
        var delay = operation.settings().ringDelay();
        steps.step("JOINING: sleeping " + delay.toMillis() + " ms before streaming");
        return steps.sleep(delay, now, this::streamToHibernating);
    }

    private Behavior<Command> streamToHibernating(Surroundings now) {
        steps.step(replacing(tokens(now)));
        return stream(now);
    }

    private Behavior<Command> meet(Surroundings now) {
        return Join.isTaken(operation.node(), now)
                ? steps.refused(Join.nameTaken(operation.node()))
                : steps.awaitRing(now, this::lookOut);
    }

    private Behavior<Command> lookOut(Surroundings now) {
        if (!now.view().ring().isMember(dead)) {
            return steps.refused(unknown());
        }
        var delay = operation.settings().replaceDelay();
        steps.step("JOINING: sleeping " + delay.toMillis() + " ms to be sure that " + dead + " is not alive");
        return steps.sleep(delay, now, this::announce);
    }

    private Behavior<Command> announce(Surroundings now) {
        var refusal = refusal(now);
        if (refusal.isPresent()) {
            return steps.refused(refusal.get());
        }
        var tokens = tokens(now);
        steps.step(replacing(tokens));
        steps.begun(tokens);
        operation.membership().tell(Announce.replacing(dead, tokens));
        return steps.awaitPendingRanges(now, this::stream);
    }

    /** A dead source is no reason not to begin; only what makes the replacement wrong as such is. */
    private Optional<String> refusal(Surroundings now) {
        var others = now.view().replacing().entrySet().stream()
                .filter(other ->
                        other.getValue().equals(dead) && !other.getKey().equals(operation.node()))
                .findFirst();
        if (others.isPresent()) {
            return Optional.of(others.get().getKey() + " is replacing " + dead + " already");
        }
        var plan = plan(now, node -> !node.equals(dead) || now.up().contains(dead));
        return plan instanceof Refusal refusal ? Optional.of(refusal.reason()) : Optional.empty();
    }

    private Behavior<Command> stream(Surroundings now) {
        return steps.fetch(
                now,
                plan(now, peer -> now.up().contains(peer)),
                tokens(now),
                "replace " + dead,
                "NORMAL: replacement of " + dead + " completed");
    }

    private MovementPlan plan(Surroundings now, Predicate<NodeId> alive) {
        return RangeMovement.replace(
                now.view(),
                operation.keyspaces(),
                dead,
                operation.node(),
                operation.location(),
                steps.sources(false, alive));
    }

    private List<Token> tokens(Surroundings now) {
        return now.view().ring().tokensOf(dead);
    }

    private static String replacing(List<Token> tokens) {
        return "JOINING: Replacing a node with token(s): " + tokens;
    }

    private String unknown() {
        return "Cannot replace " + dead + " because it is not a member of the ring";
    }
}
