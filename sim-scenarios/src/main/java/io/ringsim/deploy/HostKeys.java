package io.ringsim.deploy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.deploy.HostSettings.Joining;
import io.ringsim.deploy.HostSettings.RingSettings;
import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.operation.OperationSettings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Token;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.SyncMode;
import io.ringsim.streaming.StreamingSettings;
import io.ringsim.streaming.lane.DataChannelSettings;
import io.ringsim.streaming.lane.Tls;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import javax.net.ssl.SSLContext;

/** Reads the keys of {@code ringsim.host}, and gathers what is wrong with them. */
final class HostKeys {
    private final Path file;
    private final Config keys;
    private final Problems problems;

    HostKeys(Path file, Config keys, Problems problems) {
        this.file = file;
        this.keys = keys;
        this.problems = problems;
    }

    /** The value, or a stand-in when it is wrong: then what is built of it is never used. */
    private <T> T read(String key, T standIn, Function<Config, T> reader, String remedy) {
        try {
            return reader.apply(keys);
        } catch (ConfigException | IllegalArgumentException wrong) {
            var what =
                    wrong instanceof ConfigException ? "is not what it should be" : String.valueOf(wrong.getMessage());
            wrong(key, what, remedy);
            return standIn;
        }
    }

    private void wrong(String key, String what, String remedy) {
        int line = 0;
        if (keys.hasPath(key)) {
            var origin = keys.getValue(key).origin();
            line = origin.description().startsWith(file.toString()) ? Math.max(0, origin.lineNumber()) : 0;
        }
        problems.add(new Problem(file.toString(), line, 1, 0, false, key + ": " + what, remedy, ""));
    }

    String text(String key) {
        return read(key, "", config -> config.getString(key), "write a text");
    }

    /** Where it listens. */
    String bindAddress() {
        var bind = text("bind-address");
        return bind.isEmpty() ? text("listen-address") : bind;
    }

    int port(String key) {
        int port = read(key, 0, config -> config.getInt(key), "write a port");
        if (port < 0 || port > 0xFFFF) {
            wrong(key, port + " is no port", "write 0 to 65535");
        }
        return port;
    }

    private int count(String key) {
        int count = read(key, 1, config -> config.getInt(key), "write a number");
        if (count < 1) {
            wrong(key, count + " is too few", "write 1 or more");
        }
        return Math.max(1, count);
    }

    Optional<Path> file(String key) {
        return Optional.of(text(key)).filter(path -> !path.isEmpty()).map(Path::of);
    }

    /** Addresses with ports. */
    List<String> seeds() {
        var seeds =
                read("seeds", List.<String>of(), config -> config.getStringList("seeds"), "write [\"ADDRESS:PORT\"]");
        for (var seed : seeds) {
            if (!seed.matches("[^\\s:]+:\\d{1,5}")) {
                wrong("seeds", "'" + seed + "' is no ADDRESS:PORT", "write 10.0.0.1:25520");
            }
        }
        if (seeds.isEmpty()) {
            wrong("seeds", "there is none", "name the hosts through which others find the ring; the first begins it");
        }
        return seeds;
    }

    HostSettings settings() {
        var name = text("name");
        boolean isName = name.matches("[A-Za-z0-9_.-]+");
        if (!isName) {
            wrong("name", "'" + name + "' is no name of a host", "write letters, digits, '.', '_' or '-'");
        }
        var location = new Location(text("datacenter"), text("rack"));
        var ring = ring();
        int nodes = count("nodes");
        var host = isName ? name : "host";
        var settings = HostSettings.of(ring, host, location, nodes, Path.of(text("data-directory")));
        for (var node : replaced().keySet()) {
            if (!settings.nodes().containsKey(node)) {
                wrong(
                        "replace",
                        "this host has no node " + node,
                        "name one of " + settings.nodes().keySet());
            }
        }
        return settings.withTokens(tokens(ring.partitioner()))
                .with(joining())
                .with(engine())
                .with(streaming())
                .with(operations())
                .with(channels());
    }

    private RingSettings ring() {
        var partitioner = read(
                "partitioner",
                Partitioner.MURMUR3,
                config -> Partitioner.named(config.getString("partitioner")),
                "write Murmur3Partitioner");
        var keyspaces = new ArrayList<Keyspace>();
        var schema = new ArrayList<TableMetadata>();
        for (var name : read(
                        "keyspaces",
                        (SortedMap<String, Config>) new TreeMap<String, Config>(),
                        HostKeys::keyspaces,
                        "write { NAME { ... } }")
                .entrySet()) {
            var path = "keyspaces." + HostConfig.quoted(name.getKey());
            replication(path, name.getValue())
                    .ifPresent(replication -> keyspaces.add(new Keyspace(name.getKey(), replication)));
            for (var table : read(
                    path + ".tables",
                    List.<String>of(),
                    config -> name.getValue().getStringList("tables"),
                    "write tables = [NAME, ...]")) {
                schema.add(TableMetadata.standard(new TableId(name.getKey(), table)));
            }
        }
        return new RingSettings(text("cluster-name"), partitioner, keyspaces, schema);
    }

    private static SortedMap<String, Config> keyspaces(Config config) {
        var all = new TreeMap<String, Config>();
        var keyspaces = config.getConfig("keyspaces");
        keyspaces.root().keySet().forEach(name -> all.put(name, keyspaces.getConfig(HostConfig.quoted(name))));
        return all;
    }

    private Optional<ReplicationStrategy> replication(String path, Config keyspace) {
        return read(
                path + ".replication",
                Optional.<ReplicationStrategy>empty(),
                config -> {
                    var options = new TreeMap<String, String>();
                    keyspace.getConfig("replication")
                            .root()
                            .forEach((option, value) -> options.put(option, String.valueOf(value.unwrapped())));
                    var strategy = Optional.ofNullable(options.remove("class")).orElse("");
                    return Optional.of(ReplicationStrategy.of(strategy, options));
                },
                "write replication { class = NetworkTopologyStrategy, dc1 = 3 }");
    }

    private SortedMap<NodeId, List<Token>> tokens(Partitioner partitioner) {
        return read(
                "initial-tokens",
                new TreeMap<NodeId, List<Token>>(),
                config -> {
                    var all = new TreeMap<NodeId, List<Token>>();
                    var given = config.getConfig("initial-tokens");
                    given.root()
                            .keySet()
                            .forEach(node -> all.put(
                                    new NodeId(node),
                                    given.getStringList(HostConfig.quoted(node)).stream()
                                            .map(partitioner::parse)
                                            .toList()));
                    return all;
                },
                "write initial-tokens { NODE = [\"TOKEN\", ...] }");
    }

    private Joining joining() {
        var own = text("listen-address") + ":" + port("port");
        return new Joining(
                read("auto-bootstrap", true, config -> config.getBoolean("auto-bootstrap"), "write on or off"),
                seeds().contains(own),
                count("num-tokens"),
                read(
                        "bootstrap-retry",
                        Joining.defaults().retry(),
                        config -> config.getDuration("bootstrap-retry"),
                        "write 30s"),
                replaced());
    }

    private SortedMap<NodeId, NodeId> replaced() {
        return read(
                "replace",
                new TreeMap<NodeId, NodeId>(),
                config -> {
                    var all = new TreeMap<NodeId, NodeId>();
                    var given = config.getConfig("replace");
                    given.root()
                            .keySet()
                            .forEach(node ->
                                    all.put(new NodeId(node), new NodeId(given.getString(HostConfig.quoted(node)))));
                    return all;
                },
                "write replace { NODE = DEAD-NODE }");
    }

    private EngineSettings engine() {
        var engine = EngineSettings.defaults();
        return engine.with(read("commitlog-sync", engine.sync(), this::sync, "write periodic, batch or group"))
                .withMemory(read(
                        "memtable-space", engine.memory(), config -> config.getBytes("memtable-space"), "write 64MiB"))
                .withEntireSSTables(read(
                        "stream-entire-sstables",
                        true,
                        config -> config.getBoolean("stream-entire-sstables"),
                        "write on or off"));
    }

    private SyncMode sync(Config config) {
        var mode = config.getString("commitlog-sync");
        return switch (mode) {
            case "periodic" -> new SyncMode.Periodic(config.getDuration("commitlog-sync-period"));
            case "batch" -> SyncMode.batch();
            case "group" -> new SyncMode.Group(config.getDuration("commitlog-sync-group-window"));
            default -> throw new IllegalArgumentException("'" + mode + "' is no way to sync");
        };
    }

    private StreamingSettings streaming() {
        var profile = text("profile");
        if (!profile.equals("2.1") && !profile.equals("4.1")) {
            wrong("profile", "'" + profile + "' is no profile of streaming", "write 2.1 or 4.1");
        }
        long rate = read(
                "stream-throughput-outbound",
                0L,
                config -> config.getBytes("stream-throughput-outbound"),
                "write bytes per second such as 24MiB, or 0");
        var settings = profile.equals("2.1") ? StreamingSettings.profile21() : StreamingSettings.profile41();
        return settings.withThroughput(rate, rate);
    }

    private OperationSettings operations() {
        var settings = OperationSettings.defaults();
        return settings.withRingDelay(read(
                        "ring-delay", settings.ringDelay(), config -> config.getDuration("ring-delay"), "write 30s"))
                .withReplaceDelay(read(
                        "replace-delay",
                        settings.replaceDelay(),
                        config -> config.getDuration("replace-delay"),
                        "write 60s"));
    }

    private DataChannelSettings channels() {
        var channels = DataChannelSettings.at(bindAddress())
                .advertising(text("listen-address"))
                .withPort(port("stream-port"));
        try {
            return tls().map(channels::withTls).orElse(channels);
        } catch (IOException unreadable) {
            wrong("stream-tls", String.valueOf(unreadable.getMessage()), "name files that can be read");
            return channels;
        }
    }

    /** Of PEM files, or of key stores. */
    private Optional<SSLContext> tls() throws IOException {
        var certificates = file("stream-tls.certificates");
        var keys = file("stream-tls.key-store");
        if (certificates.isPresent() && keys.isPresent()) {
            wrong("stream-tls", "has certificates and a key-store", "name PEM files or key stores, not both");
        } else if (certificates.isPresent()) {
            var key = file("stream-tls.key");
            var trusted = file("stream-tls.trusted");
            if (key.isPresent() && trusted.isPresent()) {
                return Optional.of(Tls.ofPem(certificates.get(), key.get(), trusted.get()));
            }
            wrong("stream-tls", "has certificates and no key, or trusts nobody", "name all three files, or none");
        } else if (keys.isPresent()) {
            var trusted = file("stream-tls.trust-store");
            if (trusted.isPresent()) {
                var password = text("stream-tls.key-store-password").toCharArray();
                var trustedPassword = text("stream-tls.trust-store-password").toCharArray();
                return Optional.of(Tls.ofKeyStores(keys.get(), password, trusted.get(), trustedPassword));
            }
            wrong("stream-tls", "has a key-store and trusts nobody", "name a trust-store too");
        }
        return Optional.empty();
    }
}
