package io.ringsim.nodetool;

import java.util.OptionalLong;

/**
 * One line about one node, as a tool printed it.
 *
 * @param line where it stands in its file
 * @param token the text of the token; empty when the tool does not print it
 * @param tokens how many tokens the node has; 0 when the tool does not print it
 * @param hostId empty when it is not printed
 */
record Row(
        int line,
        int column,
        String address,
        String datacenter,
        String rack,
        Liveness liveness,
        State state,
        OptionalLong load,
        String token,
        int tokens,
        String hostId) {}
