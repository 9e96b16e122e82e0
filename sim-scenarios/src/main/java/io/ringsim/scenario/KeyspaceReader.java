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
import org.jspecify.annotations.Nullable;

/** Reads {@code keyspaces:}. */
final class KeyspaceReader {
    static final int DEFAULT_SSTABLES = 8;
    private static final int MAX_ROWS = 1_000_000;
    private static final int MAX_ROW_BYTES = 256 << 10;
    private static final long MAX_TABLE_BYTES = 1L << 30;
    private static final String OTHERS = "others";
    private static final String IMPORTED = "imported";

    private final Known known;
    private final Map<NodeId, Long> loads;
    private boolean loadsUsed;
    /** The first table that holds rows, or the first that holds a size: all others have to be like it. */
    private @Nullable String firstWithRows;

    private @Nullable String firstSized;

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
        var rowTables = new ArrayList<KeyspaceSpec.RowTable>();
        keys.map("tables")
                .ifPresent(map ->
                        map.forEach((table, value) -> Keys.of(value, map.path() + "." + table, known.problems())
                                .ifPresent(spec -> {
                                    if (isOfRows(table, spec)) {
                                        rows(table, spec).ifPresent(rowTables::add);
                                    } else {
                                        table(table, spec).ifPresent(tables::add);
                                    }
                                })));
        keys.finish();
        return replication.map(checked -> new KeyspaceSpec(name, checked, tables, rowTables));
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

    /** Whether a table holds rows rather than a size, like the tables before it. */
    private boolean isOfRows(String name, Keys keys) {
        var rows = keys.has("rows") ? "rows" : "row";
        if (!keys.has(rows)) {
            if (firstWithRows != null && keys.has("data_per_node")) {
                mixed(keys, "data_per_node", "a size", firstWithRows + " has rows");
            }
            firstSized = firstSized == null && firstWithRows == null ? name : firstSized;
            return false;
        }
        for (var size : keys.present(List.of("data_per_node", "sstables"))) {
            keys.error(
                    size, size + " is of a table that is only a size, not of one with rows", "leave one of them out");
        }
        if (firstSized != null) {
            mixed(keys, rows, "rows", firstSized + " is only a size");
        }
        firstWithRows = firstSized == null && firstWithRows == null ? name : firstWithRows;
        return true;
    }

    private static void mixed(Keys keys, String key, String what, String other) {
        keys.error(key, "this table has " + what + " but " + other, "let all tables have rows, or all a size");
    }

    private Optional<KeyspaceSpec.RowTable> rows(String name, Keys keys) {
        Optional<Integer> rows = keys.require("rows", "write rows: 20k, how many the table has")
                ? keys.read("rows", KeyspaceReader::rowCount)
                : Optional.empty();
        Optional<Integer> bytes = keys.require("row", "write row: 1KiB, the size of each")
                ? keys.read("row", KeyspaceReader::rowBytes)
                : Optional.empty();
        keys.finish();
        if (rows.isEmpty() || bytes.isEmpty()) {
            return Optional.empty();
        }
        long all = (long) rows.get() * bytes.get();
        if (all > MAX_TABLE_BYTES) {
            keys.error(
                    "rows",
                    Units.writeSize(all) + " of rows do not fit into memory, where a simulation keeps them",
                    "keep to " + Units.writeSize(MAX_TABLE_BYTES) + ", or write data_per_node: and no rows");
            return Optional.empty();
        }
        return Optional.of(new KeyspaceSpec.RowTable(name, rows.get(), bytes.get()));
    }

    private static int rowCount(String text) {
        long count = Units.count(text);
        if (count < 1 || count > MAX_ROWS) {
            throw new Malformed("'" + text + "' is out of range", "write a number from 1 to 1M");
        }
        return (int) count;
    }

    private static int rowBytes(String text) {
        long bytes = Units.size(text);
        if (bytes < 1 || bytes > MAX_ROW_BYTES) {
            throw new Malformed("'" + text + "' is out of range", "write a size from 1B to 256KiB");
        }
        return (int) bytes;
    }

    private Optional<KeyspaceSpec.Table> table(String name, Keys keys) {
        int sstables = keys.read("sstables", text -> {
                    long count = Units.count(text);
                    if (count < 1 || count > 1_000_000) {
                        throw new Malformed("'" + text + "' is out of range", "write a number from 1 to 1M");
                    }
                    return (int) count;
                })
                .orElse(DEFAULT_SSTABLES);
        Optional<Yaml> data = keys.value("data_per_node");
        if (data.isEmpty()) {
            keys.require("data_per_node", "write data_per_node: 420GiB, or rows: 20k and row: 1KiB");
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
