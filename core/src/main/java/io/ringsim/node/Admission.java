package io.ringsim.node;

import io.ringsim.ring.NodeId;
import io.ringsim.spi.NodeRecord.Stage;
import java.util.Optional;

/**
 * Whether a node may begin an operation now, whatever the ring is like; refusals are in Cassandra's words.
 *
 * @param busyWith the name of the operation it runs
 */
record Admission(NodeId node, Mode mode, Stage stage, Optional<String> busyWith) {
    static final String REMOVE_NODE = "removenode";

    /** Why the node may not become a member without data; nothing when it may. */
    Optional<String> whyNotJoin() {
        return mode == Mode.JOINING
                ? Optional.of(node + " is joining already")
                : whyNotEnter("This node is already a member of the token ring; join aborted.");
    }

    Optional<String> whyNotBootstrap() {
        return whyNotEnter("This node is already a member of the token ring; bootstrap aborted.");
    }

    Optional<String> whyNotReplace() {
        return whyNotEnter("Cannot replace address with a node that is already bootstrapped");
    }

    Optional<String> whyNotDecommission() {
        return whyBusy().or(() -> switch (mode) {
            case NORMAL, LEAVING -> Optional.empty();
            case STARTING, JOINING, DECOMMISSIONED, DRAINED -> Optional.of(whyNoMember());
        });
    }

    Optional<String> whyNotRemoveNode() {
        if (busyWith.filter(REMOVE_NODE::equals).isPresent()) {
            return Optional.of("This node is already processing a removal. Wait for it to complete, or use 'removenode"
                    + " force' if this has failed.");
        }
        return whyBusy().or(() -> switch (mode) {
            case NORMAL -> Optional.empty();
            case LEAVING -> Optional.of(node + " is leaving the ring itself");
            case STARTING, JOINING, DECOMMISSIONED, DRAINED -> Optional.of(whyNoMember());
        });
    }

    /** A node that left never becomes a member again with what is on its disk; one that was a member is one without asking. */
    private Optional<String> whyNotEnter(String alreadyMember) {
        return whyBusy().or(() -> switch (mode) {
            case STARTING, JOINING -> stage == Stage.COMPLETED ? Optional.of(alreadyMember) : Optional.empty();
            case NORMAL, LEAVING -> Optional.of(alreadyMember);
            case DECOMMISSIONED, DRAINED ->
                Optional.of(
                        node + " was " + howItWent() + " and will not rejoin the ring; start it with an empty disk");
        });
    }

    private String whyNoMember() {
        return mode.hasLeft()
                ? "Node has already been " + howItWent() + "."
                : "local node is not a member of the token ring yet";
    }

    private Optional<String> whyBusy() {
        return busyWith.map(operation -> node + " is busy with its " + operation);
    }

    private String howItWent() {
        return stage == Stage.REMOVED ? "removed from the ring by others" : "decommissioned";
    }
}
