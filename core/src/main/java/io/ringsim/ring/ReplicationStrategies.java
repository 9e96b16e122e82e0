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

    private static final List<String> PER_DATACENTER =
            List.of("NetworkTopologyStrategy", "DatacenterShardStrategy", "DatacenterShardStategy");

    private ReplicationStrategies() {}

    static ReplicationStrategy of(String className, SortedMap<String, String> options) {
        String name = simple(className);
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

    static ReplicationStrategy of(String className, SortedMap<String, String> options, Collection<String> datacenters) {
        if (!PER_DATACENTER.contains(simple(className))) {
            return of(className, options);
        }
        var expanded = new TreeMap<>(options);
        var everywhere = expanded.remove(FACTOR);
        if (everywhere != null) {
            datacenters.forEach(datacenter -> expanded.putIfAbsent(datacenter, everywhere));
        }
        for (var datacenter : expanded.keySet()) {
            if (!datacenters.contains(datacenter)) {
                throw new IllegalArgumentException("unknown datacenter '" + datacenter + "'; there are "
                        + String.join(", ", new TreeSet<>(datacenters)));
            }
        }
        return of(className, expanded);
    }

    private static String simple(String className) {
        return className.strip().replaceFirst("^org\\.apache\\.cassandra\\.locator\\.", "");
    }

    private static int onlyFactor(String name, SortedMap<String, String> options) {
        for (var option : options.keySet()) {
            if (!option.equals(FACTOR)) {
                throw new IllegalArgumentException(name + " has no option '" + option + "'; its only one is " + FACTOR);
            }
        }
        var factor = options.get(FACTOR);
        if (factor == null) {
            throw new IllegalArgumentException(name + " requires the option " + FACTOR);
        }
        return factor(FACTOR, factor);
    }

    private static SortedMap<String, Integer> factors(String name, SortedMap<String, String> options) {
        if (options.isEmpty()) {
            throw new IllegalArgumentException(name + " requires a replication factor for at least one datacenter");
        }
        if (options.containsKey(FACTOR)) {
            throw new IllegalArgumentException(name + " requires a replication factor for each datacenter by its name; "
                    + FACTOR + " alone says nothing where the datacenters are not known");
        }
        var factors = new TreeMap<String, Integer>();
        options.forEach((datacenter, factor) -> factors.put(datacenter, factor(datacenter, factor)));
        return factors;
    }

    private static int factor(String option, String text) {
        if (text.contains("/")) {
            throw new IllegalArgumentException("transient replicas are not modelled: " + option + " is '" + text
                    + "'; a whole number of full replicas is expected");
        }
        if (!text.strip().matches("-?\\d{1,9}")) {
            throw new IllegalArgumentException(
                    "a replication factor is a whole number; " + option + " is '" + text + "'");
        }
        return requireFactor(option, Integer.parseInt(text.strip()));
    }

    /** The factor itself, unless it is negative. */
    static int requireFactor(String option, int factor) {
        if (factor < 0) {
            throw new IllegalArgumentException(
                    "a replication factor must not be negative; " + option + " is " + factor);
        }
        return factor;
    }
}
