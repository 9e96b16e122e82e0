package io.ringsim.deploy;

import io.ringsim.data.TableMetadata;
import io.ringsim.operation.OperationSettings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.streaming.StreamingSettings;
import io.ringsim.streaming.lane.DataChannelSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a host of nodes is told: of the ring, which must be the same on all hosts, of its own nodes, and how they work.
 *
 * @param directory where each node has a directory of its name
 * @param nodes the nodes of this host, with the tokens of those that shall not choose their own
 * @param channels through which the content of files comes from other hosts; a host of a ring of several needs them
 */
public record HostSettings(
        RingSettings ring,
        Location location,
        Path directory,
        SortedMap<NodeId, List<Token>> nodes,
        Joining joining,
        EngineSettings engine,
        StreamingSettings streaming,
        OperationSettings operations,
        Optional<DataChannelSettings> channels) {
    /** What all hosts of a ring agree on. */
    public record RingSettings(
            String cluster, Partitioner partitioner, List<Keyspace> keyspaces, List<TableMetadata> schema) {
        public RingSettings {
            keyspaces = List.copyOf(keyspaces);
            schema = List.copyOf(schema);
        }
    }

    /**
     * How nodes that were never members become some.
     *
     * @param bootstrap whether they fetch their data from others: {@code auto_bootstrap}
     * @param seed whether this host is a seed, whose nodes never bootstrap
     * @param tokens how many each chooses: {@code num_tokens}
     * @param retry how long after a bootstrap that failed or was refused the next one is tried
     * @param replaced whose place a node of this host takes, its own name when its directory was lost; means nothing to a
     *     node that is a member already ({@code cassandra.replace_address_first_boot})
     */
    public record Joining(
            boolean bootstrap, boolean seed, int tokens, Duration retry, SortedMap<NodeId, NodeId> replaced) {
        public Joining {
            replaced = Collections.unmodifiableSortedMap(new TreeMap<>(replaced));
            if (tokens < 1) {
                throw new IllegalArgumentException("a node needs a token, not " + tokens);
            }
        }

        /** Cassandra's defaults: bootstrap, 16 tokens; again after 30 s. */
        public static Joining defaults() {
            return new Joining(true, false, 16, Duration.ofSeconds(30), Collections.emptySortedMap());
        }

        /** Of a host whose nodes begin a ring. */
        public Joining asSeed() {
            return new Joining(bootstrap, true, tokens, retry, replaced);
        }

        /** Of a host of which some nodes, by name, take the places of dead ones. */
        public Joining replacing(SortedMap<NodeId, NodeId> dead) {
            return new Joining(bootstrap, seed, tokens, retry, dead);
        }

        Optional<NodeId> replaced(NodeId node) {
            return Optional.ofNullable(replaced.get(node));
        }

        /** Whether a node that was never a member fetches its data first; Cassandra's start rules. */
        boolean bootstraps() {
            return bootstrap && !seed;
        }
    }

    public HostSettings {
        nodes = Collections.unmodifiableSortedMap(new TreeMap<>(nodes));
    }

    /** That many nodes, named after the host, which choose their tokens; all else as Cassandra 4.1 has it. */
    public static HostSettings of(RingSettings ring, String host, Location location, int nodes, Path directory) {
        return new HostSettings(
                ring,
                location,
                directory,
                named(host, nodes),
                Joining.defaults(),
                EngineSettings.defaults(),
                StreamingSettings.profile41(),
                OperationSettings.defaults(),
                Optional.empty());
    }

    private static SortedMap<NodeId, List<Token>> named(String host, int count) {
        var nodes = new TreeMap<NodeId, List<Token>>();
        for (int i = 1; i <= count; i++) {
            nodes.put(new NodeId(host + "-" + i), List.of());
        }
        return nodes;
    }

    public HostSettings with(Joining changed) {
        return new HostSettings(ring, location, directory, nodes, changed, engine, streaming, operations, channels);
    }

    public HostSettings with(EngineSettings changed) {
        return new HostSettings(ring, location, directory, nodes, joining, changed, streaming, operations, channels);
    }

    public HostSettings with(StreamingSettings changed) {
        return new HostSettings(ring, location, directory, nodes, joining, engine, changed, operations, channels);
    }

    public HostSettings with(OperationSettings changed) {
        return new HostSettings(ring, location, directory, nodes, joining, engine, streaming, changed, channels);
    }

    /** With these tokens of its nodes, by name; others choose their own. */
    public HostSettings withTokens(SortedMap<NodeId, List<Token>> tokens) {
        var all = new TreeMap<>(nodes);
        all.replaceAll((node, own) -> tokens.getOrDefault(node, own));
        return new HostSettings(ring, location, directory, all, joining, engine, streaming, operations, channels);
    }

    public HostSettings with(DataChannelSettings taking) {
        return new HostSettings(
                ring, location, directory, nodes, joining, engine, streaming, operations, Optional.of(taking));
    }
}
