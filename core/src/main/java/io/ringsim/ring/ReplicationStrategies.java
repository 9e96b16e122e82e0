package io.ringsim.ring;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes strategies from the names and options by which schemas and configuration files know them. */
final class ReplicationStrategies {
    private static final String FACTOR = "replication_factor";
    private static final List<String> KNOWN = List.of(
            "SimpleStrategy",
            "NetworkTopologyStrategy",
            "OldNetworkTopologyStrategy",
            "EverywhereStrategy",
            "LocalStrategy",
            "RackUnawareStrategy (0.6)",
            "RackAwareStrategy (0.6)",
            "DatacenterShardStrategy (0.7 beta)");

    private ReplicationStrategies() {}

    static ReplicationStrategy of(String className, SortedMap<String, String> options) {
        String name = className.strip().replaceFirst("^org\\.apache\\.cassandra\\.locator\\.", "");
        return switch (name) {
            case "SimpleStrategy", "RackUnawareStrategy" -> new SimpleStrategy(onlyFactor(name, options));
            case "OldNetworkTopologyStrategy", "RackAwareStrategy" ->
                new OldNetworkTopologyStrategy(onlyFactor(name, options));
            case "NetworkTopologyStrategy" -> new NetworkTopologyStrategy(factors(name, options));
            case "DatacenterShardStrategy", "DatacenterShardStategy" ->
                new DatacenterShardStrategy(factors(name, options));
            case "LocalStrategy" -> new LocalStrategy();
            case "EverywhereStrategy" -> new EverywhereStrategy();
            default ->
                throw new IllegalArgumentException(
                        "unknown replication strategy '" + className + "'; known are " + String.join(", ", KNOWN));
        };
    }

    static ReplicationStrategy of(
            String className, SortedMap<String, String> options, Collection<String> knownDatacenters) {
        var known = new TreeSet<>(knownDatacenters);
        boolean perDatacenter = (className.endsWith("NetworkTopologyStrategy") && !className.contains("Old"))
                || className.contains("DatacenterShard");
        if (!perDatacenter) {
            return of(className, options);
        }
        var expanded = new TreeMap<>(options);
        String everywhere = expanded.remove(FACTOR);
        if (everywhere != null) {
            known.forEach(datacenter -> expanded.putIfAbsent(datacenter, everywhere));
        }
        for (var datacenter : expanded.keySet()) {
            if (!known.contains(datacenter)) {
                throw new IllegalArgumentException(
                        "unknown datacenter '" + datacenter + "'; the ring has " + String.join(", ", known));
            }
        }
        return of(className, expanded);
    }

    private static int onlyFactor(String name, SortedMap<String, String> options) {
        var factor = options.get(FACTOR);
        if (factor == null) {
            throw new IllegalArgumentException(name + " requires the option " + FACTOR);
        }
        for (var option : options.keySet()) {
            if (!option.equals(FACTOR)) {
                throw new IllegalArgumentException(name + " has no option '" + option + "'; its only one is " + FACTOR);
            }
        }
        return factor(FACTOR, factor);
    }

    private static SortedMap<String, Integer> factors(String name, SortedMap<String, String> options) {
        if (options.isEmpty()) {
            throw new IllegalArgumentException(name + " requires a replication factor for at least one datacenter");
        }
        if (options.containsKey(FACTOR)) {
            throw new IllegalArgumentException(name + " takes a replication factor per datacenter, and " + FACTOR
                    + " only where the datacenters are known");
        }
        var factors = new TreeMap<String, Integer>();
        options.forEach((datacenter, factor) -> factors.put(datacenter, factor(datacenter, factor)));
        return factors;
    }

    private static int factor(String option, String text) {
        if (text.contains("/")) {
            throw new IllegalArgumentException("transient replication is not modelled: " + option + " is '" + text
                    + "'; give the number of replicas");
        }
        try {
            int factor = Integer.parseInt(text.strip());
            if (factor >= 0) {
                return factor;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "replication factor must be a whole number: " + option + " is '" + text + "'", e);
        }
        throw new IllegalArgumentException("replication factor must not be negative: " + option + " is '" + text + "'");
    }
}
