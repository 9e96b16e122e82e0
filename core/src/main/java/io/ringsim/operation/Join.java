package io.ringsim.operation;

import akka.actor.typed.Behavior;
import io.ringsim.operation.Operation.Command;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.List;

/**
 * Makes the node a member of the ring at once and without any data, as a seed or a node with {@code auto_bootstrap: false}
 * becomes one; but not in the place of a member of that name.
 */
public final class Join {
    private Join() {}

    /**
     * The join from its first step.
     *
     * @param tokens the tokens the node is to own
     * @param now the ring as the node knows it at this moment
     */
    public static Behavior<Command> create(OperationContext operation, List<Token> tokens, Surroundings now) {
        return JoinSteps.begin(
                operation,
                steps -> steps.lookAround(
                        now,
                        known -> isTaken(operation.node(), known)
                                ? steps.refused(nameTaken(operation.node()))
                                : steps.joined(tokens, List.of(), "NORMAL: joined without streaming")));
    }

    /** Whether the ring has a member of that name, which is not this node in its present life. */
    static boolean isTaken(NodeId node, Surroundings now) {
        return now.view().ring().isMember(node);
    }

    static String nameTaken(NodeId node) {
        return "A node with address " + node
                + " already exists, cancelling join. Use replace (cassandra.replace_address)"
                + " if you want to replace this node.";
    }
}
