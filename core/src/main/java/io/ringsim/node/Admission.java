package io.ringsim.node;

import io.ringsim.ring.NodeId;
import java.util.Optional;

/** Which operations a node may begin while it does what it does; refusals are in Cassandra's words. */
record Admission(NodeId node, Mode mode, Optional<String> running) {
    /** Why the node may not become a member without data; nothing when it may. */
    Optional<String> whyNotJoin() {
        return mode == Mode.JOINING
                ? Optional.of(node + " is joining already")
                : whyNot("This node is already a member of the token ring; join aborted.");
    }

    Optional<String> whyNotBootstrap() {
        return whyNot("This node is already a member of the token ring; bootstrap aborted.");
    }

    Optional<String> whyNotReplace() {
        return whyNot("Cannot replace address with a node that is already bootstrapped");
    }

    Optional<String> whyNotDecommission() {
        return busy().or(() -> switch (mode) {
            case NORMAL, LEAVING -> Optional.empty();
            case STARTING, JOINING -> Optional.of("local node is not a member of the token ring yet");
            case DECOMMISSIONED -> Optional.of("Node has already been decommissioned.");
        });
    }

    /** Whether the node may become a member; a decommissioned one never does again. */
    private Optional<String> whyNot(String alreadyMember) {
        return busy().or(() -> switch (mode) {
            case STARTING, JOINING -> Optional.empty();
            case NORMAL, LEAVING -> Optional.of(alreadyMember);
            case DECOMMISSIONED ->
                Optional.of(node + " was decommissioned and will not rejoin the ring; start it with an empty disk");
        });
    }

    private Optional<String> busy() {
        return running.map(operation -> node + " is busy with its " + operation);
    }
}
