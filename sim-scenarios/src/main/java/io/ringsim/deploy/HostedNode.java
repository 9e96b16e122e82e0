package io.ringsim.deploy;

import io.ringsim.node.Mode;
import io.ringsim.ring.NodeId;
import java.util.Optional;

/**
 * A node of a host at one moment.
 *
 * @param mode what it is doing; STARTING until it says otherwise
 * @param generation of this start; 0 until the store is open
 * @param activity the last step of its operation, in an operator's words; empty without one
 * @param problem why it does not run, or what its last try to join failed at
 */
public record HostedNode(
        NodeId node, boolean running, Mode mode, int generation, String activity, Optional<String> problem) {
    static HostedNode of(NodeId node) {
        return new HostedNode(node, false, Mode.STARTING, 0, "", Optional.empty());
    }

    HostedNode running(boolean now) {
        return new HostedNode(node, now, mode, generation, activity, problem);
    }

    HostedNode with(Mode now) {
        return new HostedNode(node, running, now, generation, activity, problem);
    }

    HostedNode withGeneration(int known) {
        return new HostedNode(node, running, mode, known, activity, problem);
    }

    HostedNode doing(String step) {
        return new HostedNode(node, running, mode, generation, step, problem);
    }

    HostedNode with(Optional<String> trouble) {
        return new HostedNode(node, running, mode, generation, activity, trouble);
    }

    /** Whether it serves, or has left and need not any more. */
    public boolean isSettled() {
        return running && (mode == Mode.NORMAL || mode.hasLeft());
    }
}
