package io.ringsim.sim;

import io.ringsim.gossip.ClusterSettings;
import io.ringsim.gossip.GossipSettings;
import io.ringsim.network.NetworkSettings;
import io.ringsim.operation.OperationSettings;
import io.ringsim.runtime.SchedulingPolicy;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamingSettings;
import java.util.List;

/**
 * The settings of everything a simulated ring is made of.
 *
 * @param membership by which of the two the nodes know each other; the other's settings then mean nothing
 */
public record RingSettings(
        SchedulingPolicy policy,
        OperationSettings operations,
        MembershipKind membership,
        ClusterSettings cluster,
        GossipSettings gossip,
        StreamingSettings streaming,
        StorageSettings storage,
        NetworkSettings network) {
    /** Those of profile 2.1. */
    public static RingSettings defaults() {
        return new RingSettings(
                SchedulingPolicy.SEEDED,
                OperationSettings.defaults(),
                MembershipKind.CLUSTER,
                ClusterSettings.defaults(List.of()),
                GossipSettings.defaults(List.of()),
                StreamingSettings.profile21(),
                StorageSettings.defaults(),
                NetworkSettings.defaults());
    }

    public RingSettings with(SchedulingPolicy other) {
        return new RingSettings(other, operations, membership, cluster, gossip, streaming, storage, network);
    }

    public RingSettings with(OperationSettings other) {
        return new RingSettings(policy, other, membership, cluster, gossip, streaming, storage, network);
    }

    public RingSettings with(ClusterSettings other) {
        return new RingSettings(policy, operations, membership, other, gossip, streaming, storage, network);
    }

    public RingSettings with(MembershipKind other) {
        return new RingSettings(policy, operations, other, cluster, gossip, streaming, storage, network);
    }

    public RingSettings with(GossipSettings other) {
        return new RingSettings(policy, operations, membership, cluster, other, streaming, storage, network);
    }

    public RingSettings with(StreamingSettings other) {
        return new RingSettings(policy, operations, membership, cluster, gossip, other, storage, network);
    }

    public RingSettings with(StorageSettings other) {
        return new RingSettings(policy, operations, membership, cluster, gossip, streaming, other, network);
    }

    public RingSettings with(NetworkSettings other) {
        return new RingSettings(policy, operations, membership, cluster, gossip, streaming, storage, other);
    }
}
