package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.ReplicationStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code keyspaces:}. */
final class KeyspaceReader {
    static final int DEFAULT_SSTABLES = 8;
    private static final String OTHERS = "others";
    private static final String IMPORTED = "imported";

    private final Known known;
    private final Map<NodeId, Long> loads;
    private boolean loadsUsed;

    /**
     * Reads keyspaces of a known ring.
     *
     * @param loads what each node of an imported ring reported
     */
    KeyspaceReader(Known known, Map<NodeId, Long> loads) {
        this.known = known;
        this.loads = loads;
    }

    List<KeyspaceSpec> read(Keys keys) {
        var keyspaces = new ArrayList<KeyspaceSpec>();
        keys.forEach((name, value) -> Keys.of(value, "keyspaces." + name, known.problems())
                .flatMap(spec -> keyspace(name, spec))
                .ifPresent(keyspaces::add));
        return keyspaces;
    }

    private Optional<KeyspaceSpec> keyspace(String name, Keys keys) {
        Optional<KeyspaceSpec.Replication> replication =
                keys.require("replication", "write replication: { class: SimpleStrategy, replication_factor: 3 }")
                        ? replication(keys)
                        : Optional.empty();
        var tables = new ArrayList<KeyspaceSpec.Table>();
        keys.map("tables")
                .ifPresent(map ->
                        map.forEach((table, value) -> Keys.of(value, map.path() + "." + table, known.problems())
                                .flatMap(spec -> table(table, spec))
                                .ifPresent(tables::add)));
        keys.finish();
        return replication.map(checked -> new KeyspaceSpec(name, checked, tables));
    }

    private Optional<KeyspaceSpec.Replication> replication(Keys keys) {
        Optional<Keys> map = keys.map("replication");
        if (map.isEmpty() || !map.get().require("class", "write class: SimpleStrategy or NetworkTopologyStrategy")) {
            return Optional.empty();
        }
        Optional<String> className = map.get().text("class");
        var options = new TreeMap<String, String>();
        map.get().forEach((option, value) -> {
            if (!option.equals("class")) {
                Keys.text(value, option, known.problems()).ifPresent(text -> options.put(option, text));
            }
        });
        if (className.isEmpty()) {
            return Optional.empty();
        }
        try {
            KeyspaceSpec.Replication checked = Replications.checked(className.get(), options, known.datacenters());
            checkFactors(map.get(), Replications.strategy(checked), checked.options());
            return Optional.of(checked);
        } catch (IllegalArgumentException wrong) {
            keys.error("replication", String.valueOf(wrong.getMessage()), "");
            return Optional.empty();
        }
    }

    private void checkFactors(Keys keys, ReplicationStrategy strategy, SortedMap<String, String> options) {
        List<RingSpec.Datacenter> datacenters = known.ring().datacenters();
        if (known.ring().nodes().isEmpty()) {
            return;
        }
        if (!Replications.isPerDatacenter(strategy)) {
            int nodes = known.ring().nodes().size();
            if (strategy.replicationFactor() > nodes && options.containsKey(Replications.FACTOR)) {
                tooMany(keys, Replications.FACTOR, strategy.replicationFactor(), "the ring", nodes);
            }
            return;
        }
        for (RingSpec.Datacenter datacenter : datacenters) {
            int factor = Integer.parseInt(
                    options.getOrDefault(datacenter.name(), "0").strip());
            if (factor > datacenter.nodes().size()) {
                String key = keys.has(datacenter.name()) ? datacenter.name() : Replications.FACTOR;
                tooMany(keys, key, factor, datacenter.name(), datacenter.nodes().size());
            }
        }
    }

    private static void tooMany(Keys keys, String key, int factor, String where, int nodes) {
        keys.error(
                key,
                factor + " replicas, but " + where + " has " + nodes + " node" + (nodes == 1 ? "" : "s"),
                "lower the factor or add nodes");
    }

    private Optional<KeyspaceSpec.Table> table(String name, Keys keys) {
        if (keys.has("rows") || keys.has("row")) {
            keys.error(
                    keys.has("rows") ? "rows" : "row",
                    "tables of real rows cannot be run yet",
                    "write data_per_node: 420GiB and sstables: 60");
        }
        int sstables = keys.read("sstables", text -> {
                    long count = Units.count(text);
                    if (count < 1 || count > 1_000_000) {
                        throw new Malformed("'" + text + "' is out of range", "write a number from 1 to 1M");
                    }
                    return (int) count;
                })
                .orElse(DEFAULT_SSTABLES);
        Optional<Yaml> data = keys.value("data_per_node");
        if (data.isEmpty() && !keys.has("rows")) {
            keys.require("data_per_node", "write data_per_node: 420GiB");
        }
        keys.finish();
        return data.flatMap(value -> sized(name, value, sstables));
    }

    private Optional<KeyspaceSpec.Table> sized(String name, Yaml value, int sstables) {
        if (value instanceof Yaml.Scalar scalar && scalar.text().equals(IMPORTED)) {
            return imported(name, value, sstables);
        }
        if (value instanceof Yaml.Scalar) {
            return Keys.read(value, "data_per_node", Units::size, known.problems())
                    .map(bytes -> new KeyspaceSpec.Table(name, bytes, new TreeMap<>(), sstables));
        }
        return Keys.of(value, "data_per_node", known.problems()).map(keys -> {
            long others = keys.read(OTHERS, Units::size).orElse(0L);
            var exceptions = new TreeMap<NodeId, Long>();
            keys.forEach((node, size) -> {
                if (!node.equals(OTHERS)) {
                    var text = new Yaml.Scalar(size.place(), node, false, false, false);
                    Optional<NodeId> id = known.node(text, "node");
                    Optional<Long> bytes = Keys.read(size, node, Units::size, known.problems());
                    if (id.isPresent() && bytes.isPresent()) {
                        exceptions.put(id.get(), bytes.get());
                    }
                }
            });
            return new KeyspaceSpec.Table(name, others, exceptions, sstables);
        });
    }

    private Optional<KeyspaceSpec.Table> imported(String name, Yaml value, int sstables) {
        if (loads.isEmpty() || loadsUsed) {
            Keys.error(
                    known.problems(),
                    value.place(),
                    loadsUsed ? "another table has the imported load already" : "no load was imported",
                    loadsUsed ? "give this one a size" : "import nodetool_status, or give a size");
            return Optional.empty();
        }
        loadsUsed = true;
        return Optional.of(new KeyspaceSpec.Table(name, 0, new TreeMap<>(loads), sstables));
    }
}
