package io.ringsim.plan;

import com.fasterxml.jackson.core.JsonGenerator;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRing;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How evenly the nodes of a datacenter share a keyspace's data.
 *
 * @param keyspace empty when primary ranges are counted
 * @param min the least share of any node, 0 to 1
 */
public record Balance(String keyspace, String datacenter, int nodes, double min, double mean, double max) {
    /** The balance of each datacenter that holds the keyspace. */
    public static List<Balance> of(Keyspace keyspace, TokenRing ring) {
        return of(keyspace.name(), ring, ring.ownership(keyspace.replication()));
    }

    /** The balance of primary ranges, whoever replicates them. */
    public static List<Balance> primary(TokenRing ring) {
        return of("", ring, ring.ownership());
    }

    private static List<Balance> of(String keyspace, TokenRing ring, SortedMap<NodeId, Double> shares) {
        var byDatacenter = new TreeMap<String, List<Double>>();
        shares.forEach((node, share) -> byDatacenter
                .computeIfAbsent(ring.location(node).datacenter(), any -> new ArrayList<>())
                .add(share));
        var balances = new ArrayList<Balance>();
        byDatacenter.forEach((datacenter, owned) -> {
            double sum = owned.stream().mapToDouble(Double::doubleValue).sum();
            double min = owned.stream().mapToDouble(Double::doubleValue).min().orElse(0);
            double max = owned.stream().mapToDouble(Double::doubleValue).max().orElse(0);
            if (sum > 0) {
                balances.add(new Balance(keyspace, datacenter, owned.size(), min, sum / owned.size(), max));
            }
        });
        return balances;
    }

    /** The largest share divided by the mean: 1 is even. */
    public double skew() {
        return max / mean;
    }

    public void write(JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("datacenter", datacenter);
        json.writeStringField("keyspace", keyspace);
        json.writeNumberField("nodes", nodes);
        json.writeNumberField("min", min);
        json.writeNumberField("mean", mean);
        json.writeNumberField("max", max);
        json.writeNumberField("skew", skew());
        json.writeEndObject();
    }
}
