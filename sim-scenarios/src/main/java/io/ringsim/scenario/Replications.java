package io.ringsim.scenario;

import io.ringsim.input.Malformed;
import io.ringsim.ring.ReplicationStrategy;
import java.util.Collection;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** Replication as people write it, checked against a ring. */
public final class Replications {
    /** The option of strategies that count all datacenters together. */
    public static final String FACTOR = "replication_factor";

    private static final String RIGHT =
            "write SimpleStrategy:3, NetworkTopologyStrategy:dc1=3,dc2=2 or NetworkTopologyStrategy:3 (each datacenter)";

    private Replications() {}

    /** The strategy a keyspace's definition means. */
    public static ReplicationStrategy strategy(KeyspaceSpec.Replication replication) {
        return ReplicationStrategy.of(replication.className(), replication.options());
    }

    /** A strategy as a keyspace's definition writes it. */
    public static KeyspaceSpec.Replication written(ReplicationStrategy strategy, Collection<String> datacenters) {
        var options = new TreeMap<String, String>();
        if (isPerDatacenter(strategy)) {
            datacenters.forEach(datacenter -> {
                int factor = strategy.replicationFactor(datacenter);
                if (factor > 0) {
                    options.put(datacenter, Integer.toString(factor));
                }
            });
        } else if (strategy.replicationFactor() > 0 && !strategy.name().equals("EverywhereStrategy")) {
            options.put(FACTOR, Integer.toString(strategy.replicationFactor()));
        }
        return new KeyspaceSpec.Replication(strategy.name(), options);
    }

    /**
     * Options with the datacenters filled in, under the strategy's present name.
     *
     * @throws IllegalArgumentException when there is no such strategy, no such datacenter, or no such option
     */
    public static KeyspaceSpec.Replication checked(
            String className, SortedMap<String, String> options, Collection<String> datacenters) {
        ReplicationStrategy strategy = ReplicationStrategy.of(className, options, datacenters);
        var expanded = new TreeMap<>(options);
        if (isPerDatacenter(strategy)) {
            String everywhere = expanded.remove(FACTOR);
            if (everywhere != null) {
                datacenters.forEach(datacenter -> expanded.putIfAbsent(datacenter, everywhere));
            }
        }
        return new KeyspaceSpec.Replication(strategy.name(), expanded);
    }

    /**
     * Reads {@code SimpleStrategy:2}, {@code NetworkTopologyStrategy:dc1=3,dc2=2}, {@code ...:dc1:3,dc2:2}, {@code
     * NetworkTopologyStrategy:3}, with or without the package, names of 0.6 too.
     */
    public static KeyspaceSpec.Replication parse(String text, Collection<String> datacenters) {
        int colon = text.indexOf(':');
        String className = colon < 0 ? text : text.substring(0, colon);
        var options = new TreeMap<String, String>();
        if (colon >= 0) {
            for (String part : text.substring(colon + 1).split(",", -1)) {
                option(text, part.strip(), options);
            }
        }
        return checked(className, options, datacenters);
    }

    private static void option(String text, String part, SortedMap<String, String> options) {
        int split = Math.max(part.lastIndexOf('='), part.lastIndexOf(':'));
        String name = split < 0 ? FACTOR : part.substring(0, split).strip();
        String factor = part.substring(split + 1).strip();
        if (name.toLowerCase(Locale.ROOT).equals("rf")) {
            name = FACTOR;
        }
        if (name.isEmpty() || factor.isEmpty()) {
            throw new Malformed("'" + text + "' is no replication", RIGHT);
        }
        if (options.put(name, factor) != null) {
            throw new Malformed("'" + text + "' gives " + name + " twice", RIGHT);
        }
    }

    /** Whether the strategy has a factor for each datacenter. */
    public static boolean isPerDatacenter(ReplicationStrategy strategy) {
        return strategy.name().equals("NetworkTopologyStrategy")
                || strategy.name().startsWith("DatacenterShard");
    }
}
