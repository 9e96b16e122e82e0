package io.ringsim.nodetool;

import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.List;
import java.util.OptionalLong;

/**
 * A node as the tools tell of it.
 *
 * @param tokens empty when only their number is known
 * @param tokenCount how many tokens it has
 * @param load bytes it reports; unknown when the tool prints a question mark
 * @param hostId empty when it is not known
 */
public record ImportedNode(
        NodeId node,
        Location location,
        List<Token> tokens,
        int tokenCount,
        State state,
        Liveness liveness,
        OptionalLong load,
        String hostId) {
    public ImportedNode {
        tokens = List.copyOf(tokens);
    }

    /** Whether it holds data of its ranges: all but joining nodes do. */
    public boolean isMember() {
        return state != State.JOINING;
    }

    ImportedNode withStatus(State newState, Liveness newLiveness, OptionalLong newLoad, String newHostId) {
        return new ImportedNode(
                node,
                location,
                tokens,
                tokenCount,
                newState,
                newLiveness,
                newLoad.isPresent() ? newLoad : load,
                newHostId.isEmpty() ? hostId : newHostId);
    }
}
