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
import java.util.function.Predicate;

/**
 * Makes the node a member of the ring, with its data.
 *
 * <p>The steps are those of Cassandra's {@code StorageService.joinTokenRing}: look at the ring, and refuse when it has a
 * member of that name already; wait for ring information and schema agreement; refuse when a token is taken, or (under
 * consistent range movement) others are moving; announce BOOT with the tokens; sleep the ring delay, so that every
 * coordinator knows the pending ranges before any data moves; stream each range from the replica that loses it; announce
 * NORMAL. When a session fails the node stays JOINING with its tokens announced; bootstrapping again then streams only
 * what is missing.
 */
public final class Bootstrap {
    private final OperationContext operation;
    private final JoinSteps steps;
    private final List<Token> tokens;

    private Bootstrap(OperationContext operation, JoinSteps steps, List<Token> tokens) {
        this.operation = operation;
        this.steps = steps;
        this.tokens = List.copyOf(tokens);
    }

    /**
     * A bootstrap from its first step.
     *
     * @param tokens the tokens the node is to own
     * @param now the ring as the node knows it at this moment
     */
    public static Behavior<Command> create(OperationContext operation, List<Token> tokens, Surroundings now) {
        return JoinSteps.begin(operation, steps -> {
            var bootstrap = new Bootstrap(operation, steps, tokens);
            return steps.lookAround(now, bootstrap::meet);
        });
    }

    /** The bootstrap of a node that is JOINING already: streams what an earlier attempt did not. */
    public static Behavior<Command> resume(OperationContext operation, List<Token> tokens, Surroundings now) {
        return JoinSteps.begin(operation, steps -> new Bootstrap(operation, steps, tokens).stream(now));
    }

    private Behavior<Command> meet(Surroundings now) {
        return Join.isTaken(operation.node(), now)
                ? steps.refused(Join.nameTaken(operation.node()))
                : steps.awaitRing(now, this::announce);
    }

    private Behavior<Command> announce(Surroundings now) {
        // Asked for with everybody alive: only what makes the operation wrong as such is a refusal, a dead source is
        // not.
        if (plan(now, node -> true) instanceof Refusal refusal) {
            return steps.refused(refusal.reason());
        }
        steps.begun(tokens);
        operation.membership().tell(new Announce(Status.BOOT, tokens, List.of()));
        return steps.awaitPendingRanges(now, this::stream);
    }

    private Behavior<Command> stream(Surroundings now) {
        return steps.fetch(
                now, plan(now, peer -> now.up().contains(peer)), tokens, "bootstrap it", "NORMAL: bootstrap completed");
    }

    private MovementPlan plan(Surroundings now, Predicate<NodeId> alive) {
        return RangeMovement.bootstrap(
                now.view(),
                operation.keyspaces(),
                operation.node(),
                operation.location(),
                tokens,
                steps.sources(operation.settings().consistentRangeMovement(), alive));
    }
}
