package io.ringsim.sim;

import io.ringsim.coordinator.CoordinatorSettings;
import io.ringsim.gossip.ClusterSettings;
import io.ringsim.gossip.GossipSettings;
import io.ringsim.network.NetworkSettings;
import io.ringsim.operation.OperationSettings;
import io.ringsim.runtime.SchedulingPolicy;
import io.ringsim.storage.StorageSettings;
import io.ringsim.storage.engine.SyncMode;
import io.ringsim.streaming.StreamingSettings;
import java.util.List;

/**
 * The settings of everything a simulated ring is made of.
 *
 * @param requests how long nodes wait for replicas when they serve clients
 * @param commitLogSync when nodes that keep rows acknowledge a write: unless it is safe by then, a crash loses it
 * @param membership by which of the two the nodes know each other; the other's settings then mean nothing
 */
public record RingSettings(
        SchedulingPolicy policy,
        OperationSettings operations,
        CoordinatorSettings requests,
        MembershipKind membership,
        ClusterSettings cluster,
        GossipSettings gossip,
        StreamingSettings streaming,
        StorageSettings storage,
        SyncMode commitLogSync,
        NetworkSettings network) {
    /** Those of profile 2.1. */
    public static RingSettings defaults() {
        return new RingSettings(
                SchedulingPolicy.SEEDED,
                OperationSettings.defaults(),
                CoordinatorSettings.defaults(),
                MembershipKind.CLUSTER,
                ClusterSettings.defaults(List.of()),
                GossipSettings.defaults(List.of()),
                StreamingSettings.profile21(),
                StorageSettings.defaults(),
                SyncMode.periodic(),
                NetworkSettings.defaults());
    }

    public RingSettings with(SchedulingPolicy other) {
        return new RingSettings(
                other, operations, requests, membership, cluster, gossip, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(OperationSettings other) {
        return new RingSettings(
                policy, other, requests, membership, cluster, gossip, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(CoordinatorSettings other) {
        return new RingSettings(
                policy, operations, other, membership, cluster, gossip, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(ClusterSettings other) {
        return new RingSettings(
                policy, operations, requests, membership, other, gossip, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(MembershipKind other) {
        return new RingSettings(
                policy, operations, requests, other, cluster, gossip, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(GossipSettings other) {
        return new RingSettings(
                policy, operations, requests, membership, cluster, other, streaming, storage, commitLogSync, network);
    }

    public RingSettings with(StreamingSettings other) {
        return new RingSettings(
                policy, operations, requests, membership, cluster, gossip, other, storage, commitLogSync, network);
    }

    public RingSettings with(StorageSettings other) {
        return new RingSettings(
                policy, operations, requests, membership, cluster, gossip, streaming, other, commitLogSync, network);
    }

    public RingSettings with(SyncMode other) {
        return new RingSettings(
                policy, operations, requests, membership, cluster, gossip, streaming, storage, other, network);
    }

    public RingSettings with(NetworkSettings other) {
        return new RingSettings(
                policy, operations, requests, membership, cluster, gossip, streaming, storage, commitLogSync, other);
    }
}
