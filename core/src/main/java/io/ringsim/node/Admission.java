package io.ringsim.node;

import io.ringsim.ring.NodeId;
import io.ringsim.spi.NodeRecord.Stage;
import java.util.Optional;

/**
 * Whether a node may begin an operation now, whatever the ring is like.
 *
 * @param busyWith the name of the operation it runs
 */
record Admission(NodeId node, Mode mode, Stage stage, Optional<String> busyWith) {
    static final String REMOVE_NODE = "removenode";

    Optional<String> whyNotBootstrap() {
        return whyBusy().or(() -> switch (mode) {
            case STARTING, JOINING -> Optional.empty();
            case NORMAL, LEAVING -> Optional.of("This node is already a member of the token ring; bootstrap aborted.");
            case DECOMMISSIONED, DRAINED ->
                Optional.of(
                        node + " was " + howItWent() + " and will not rejoin the ring; start it with an empty disk");
        });
    }

    Optional<String> whyNotDecommission() {
        return whyBusy().or(() -> switch (mode) {
            case NORMAL, LEAVING -> Optional.empty();
            case STARTING, JOINING -> Optional.of("local node is not a member of the token ring yet");
            case DECOMMISSIONED, DRAINED -> Optional.of("Node has already been " + howItWent() + ".");
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
            case STARTING, JOINING -> Optional.of("local node is not a member of the token ring yet");
            case DECOMMISSIONED, DRAINED -> Optional.of("Node has already been " + howItWent() + ".");
        });
    }

    private Optional<String> whyBusy() {
        return busyWith.map(operation -> node + " is busy with its " + operation);
    }

    private String howItWent() {
        return stage == Stage.REMOVED ? "removed from the ring by others" : "decommissioned";
    }
}
