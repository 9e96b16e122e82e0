package io.ringsim.ring;

import java.util.ArrayList;
import java.util.List;

/**
 * What has to be moved for one node's change of its place in the ring.
 *
 * @param node the node that changes its place
 * @param transfers each range of each keyspace with the node that has it and the one that needs it, cut and wrapping as
 *     the ring has them
 * @param warnings what an operator should know before going on
 */
public record RangeMovement(NodeId node, List<Transfer> transfers, List<String> warnings) implements MovementPlan {
    public RangeMovement {
        transfers = List.copyOf(transfers);
        warnings = List.copyOf(warnings);
    }

    /**
     * What a node has to fetch that joins at these tokens. With a strict choice, nobody else may be joining, leaving or
     * moving, and each range comes from the one node that loses it.
     */
    public static MovementPlan bootstrap(
            RingView view,
            List<Keyspace> keyspaces,
            NodeId node,
            Location location,
            List<Token> tokens,
            SourceChoice choice) {
        return Joining.bootstrap(view, keyspaces, node, location, tokens, choice);
    }

    /**
     * What a node has to fetch that takes a dead member's place and tokens; it may have that member's name.
     *
     * @param choice whether it is strict does not matter: the node that loses the ranges is dead
     */
    public static MovementPlan replace(
            RingView view, List<Keyspace> keyspaces, NodeId dead, NodeId node, Location location, SourceChoice choice) {
        return Joining.replace(view, keyspaces, dead, node, location, choice);
    }

    /**
     * What a member has to send that leaves: each of its ranges to each node that will hold it and does not yet.
     *
     * @param force leave even when a keyspace will then have fewer replicas than it wants
     */
    public static MovementPlan decommission(RingView view, List<Keyspace> keyspaces, NodeId node, boolean force) {
        return Leaving.decommission(view, keyspaces, node, force);
    }

    /**
     * What the remaining members have to fetch from one another when a dead one is removed.
     *
     * @param choice tells who is alive and near; whether it is strict does not matter
     */
    public static MovementPlan remove(RingView view, List<Keyspace> keyspaces, NodeId dead, SourceChoice choice) {
        return Leaving.remove(view, keyspaces, dead, choice);
    }

    /** What a member with a single token has to send and to fetch when it goes to another one. */
    public static MovementPlan move(
            RingView view, List<Keyspace> keyspaces, NodeId node, Token token, SourceChoice choice) {
        return Moving.plan(view, keyspaces, node, token, choice);
    }

    /** What a member has to fetch to have all of its ranges anew. */
    public static MovementPlan rebuild(RingView view, List<Keyspace> keyspaces, NodeId node, SourceChoice choice) {
        return Rebuilding.fromAnywhere(view, keyspaces, node, choice);
    }

    /** What a member has to fetch from the nodes of one datacenter to have all of its ranges anew. */
    public static MovementPlan rebuild(
            RingView view, List<Keyspace> keyspaces, NodeId node, String fromDatacenter, SourceChoice choice) {
        return Rebuilding.from(view, keyspaces, node, fromDatacenter, choice);
    }

    /** The movement of all keyspaces, or the first refusal among them. */
    static MovementPlan together(NodeId node, List<MovementPlan> plans) {
        var transfers = new ArrayList<Transfer>();
        var warnings = new ArrayList<String>();
        for (var plan : plans) {
            if (plan instanceof RangeMovement movement) {
                transfers.addAll(movement.transfers());
                warnings.addAll(movement.warnings());
            } else {
                return plan;
            }
        }
        return new RangeMovement(node, transfers, warnings);
    }
}
