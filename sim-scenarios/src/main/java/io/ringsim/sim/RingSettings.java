package io.ringsim.sim;

import io.ringsim.gossip.ClusterSettings;
import io.ringsim.network.NetworkSettings;
import io.ringsim.operation.OperationSettings;
import io.ringsim.runtime.SchedulingPolicy;
import io.ringsim.storage.StorageSettings;
import io.ringsim.streaming.StreamingSettings;
import java.util.List;

/** The settings of everything a simulated ring is made of. */
public record RingSettings(
        SchedulingPolicy policy,
        OperationSettings operations,
        ClusterSettings cluster,
        StreamingSettings streaming,
        StorageSettings storage,
        NetworkSettings network) {
    /** Those of profile 2.1. */
    public static RingSettings defaults() {
        return new RingSettings(
                SchedulingPolicy.SEEDED,
                OperationSettings.defaults(),
                ClusterSettings.defaults(List.of()),
                StreamingSettings.profile21(),
                StorageSettings.defaults(),
                NetworkSettings.defaults());
    }

    public RingSettings with(SchedulingPolicy other) {
        return new RingSettings(other, operations, cluster, streaming, storage, network);
    }

    public RingSettings with(OperationSettings other) {
        return new RingSettings(policy, other, cluster, streaming, storage, network);
    }

    public RingSettings with(ClusterSettings other) {
        return new RingSettings(policy, operations, other, streaming, storage, network);
    }

    public RingSettings with(StreamingSettings other) {
        return new RingSettings(policy, operations, cluster, other, storage, network);
    }

    public RingSettings with(StorageSettings other) {
        return new RingSettings(policy, operations, cluster, streaming, other, network);
    }

    public RingSettings with(NetworkSettings other) {
        return new RingSettings(policy, operations, cluster, streaming, storage, other);
    }
}
