package io.ringsim.deploy;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.SpawnProtocol;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ringsim.data.TableMetadata;
import io.ringsim.network.remote.HostNetwork;
import io.ringsim.network.remote.HostNetworkSettings;
import io.ringsim.network.remote.Hosts;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.storage.Housekeeping;
import io.ringsim.storage.Storage;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.StorageEngine;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.streaming.Streamer;
import io.ringsim.streaming.StreamingSettings;
import io.ringsim.streaming.Throughput;
import io.ringsim.streaming.lane.DataChannelSettings;
import io.ringsim.streaming.lane.DataChannels;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * A host of nodes that keep rows and stream them, with real files and sockets; not yet members of a ring. It has an actor
 * system of its own, at a free port of the loopback address, on which nodes of several hosts talk.
 */
public final class StreamingHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final ActorSystem<SpawnProtocol.Command> system;
    private final HostNetwork network;
    private final DataChannels channels;
    private final Settings settings;

    /**
     * What its nodes have in common.
     *
     * @param akka settings of its actor system, over which those of a host go
     * @param streaming of its nodes; each has a throughput of its own
     * @param content where it takes content for them
     */
    public record Settings(
            Config akka,
            List<TableMetadata> schema,
            EngineSettings engine,
            StreamingSettings streaming,
            HostNetworkSettings network,
            DataChannelSettings content) {
        /** Less patient than others, for whoever waits here waits for a process that is gone. */
        private static final HostNetworkSettings NETWORK =
                new HostNetworkSettings(Duration.ofSeconds(1), Duration.ofSeconds(5), 1024, 256L << 20);

        private static final int SIGNS_OF_LIFE = 5;

        public Settings {
            schema = List.copyOf(schema);
        }

        /** Profile 4.1, at any free ports of the loopback address. */
        public static Settings of(Config akka, List<TableMetadata> schema, EngineSettings engine) {
            return new Settings(
                    akka, schema, engine, StreamingSettings.profile41(), NETWORK, DataChannelSettings.at("127.0.0.1"));
        }

        /** Gives up a host that is silent for so long. */
        public Settings withHostPatience(Duration patience) {
            var hosts = new HostNetworkSettings(
                    patience.dividedBy(SIGNS_OF_LIFE), patience, network.window(), network.queueBytesMax());
            return new Settings(akka, schema, engine, streaming, hosts, content);
        }

        /** Gives up a session on whose connection nothing moves for so long. */
        public Settings withSessionPatience(Duration patience) {
            var sessions = new StreamingSettings.Patience(
                    patience,
                    patience.dividedBy(SIGNS_OF_LIFE),
                    streaming.patience().streamTransferTaskTimeout());
            return new Settings(akka, schema, engine, streaming.with(sessions), network, content);
        }

        public Settings with(DataChannelSettings changed) {
            return new Settings(akka, schema, engine, streaming, network, changed);
        }
    }

    /** A node that is up, and its parent, which stops it. */
    public record Node(
            NodeId id,
            ActorRef<Stop> parent,
            ActorRef<LocalStore.Command> store,
            ActorRef<RangeStreamer.Command> streamer,
            StorageEngine engine) {}

    /** Ends a node. */
    public enum Stop {
        INSTANCE
    }

    private StreamingHost(
            ActorSystem<SpawnProtocol.Command> system, HostNetwork network, DataChannels channels, Settings settings) {
        this.settings = settings;
        this.system = system;
        this.network = network;
        this.channels = channels;
    }

    /**
     * Starts a host.
     *
     * @throws UncheckedIOException when it cannot listen
     */
    public static StreamingHost start(Hosts hosts, Settings settings) {
        LoggerFactory.getILoggerFactory(); // before many threads log at once
        var config = ConfigFactory.parseString("""
                        akka.actor.provider = remote
                        akka.remote.use-unsafe-remote-features-outside-cluster = on
                        akka.remote.warn-about-direct-use = off
                        akka.remote.artery.canonical { hostname = "127.0.0.1", port = 0 }
                        """)
                .withFallback(HostNetwork.recommended())
                .withFallback(settings.akka())
                .resolve();
        var system = ActorSystem.create(SpawnProtocol.create(), "ringsim", config);
        try {
            var network = HostNetwork.create(system, hosts, settings.network());
            return new StreamingHost(system, network, DataChannels.open(settings.content()), settings);
        } catch (IOException failed) {
            system.terminate();
            throw new UncheckedIOException(failed);
        }
    }

    /** Of its actor system. */
    public Address address() {
        return system.address();
    }

    /** Where it takes content; what is told to peers may be another. */
    public int contentPort() {
        return channels.port();
    }

    public ActorSystem<SpawnProtocol.Command> system() {
        return system;
    }

    /** A node on that directory, when its store is open. */
    public Node node(String name, Path directory, Throughput throughput) {
        var id = new NodeId(name);
        var engine = new CompletableFuture<StorageEngine>();
        var stores = new CompletableFuture<ActorRef<LocalStore.Command>>();
        var streamer = new CompletableFuture<ActorRef<RangeStreamer.Command>>();
        var parent = spawn(Behaviors.<Stop>setup(context -> {
            var store = context.spawn(Storage.create(store(directory, engine)), "store");
            stores.complete(store);
            var streaming = settings.streaming().with(throughput);
            var setup = new Streamer.Setup(id, streaming, network, store, peer -> false, system.ignoreRef());
            streamer.complete(context.spawn(Streamer.create(setup.with(channels)), "streamer"));
            return Behaviors.receiveMessage(stop -> Behaviors.stopped());
        }));
        sessions(streamer.join());
        return new Node(id, parent, stores.join(), streamer.join(), engine.join());
    }

    private int sessions(ActorRef<RangeStreamer.Command> streamer) {
        return AskPattern.<RangeStreamer.Command, Streamer.Sessions>ask(
                        streamer, Streamer.GetSessions::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join()
                .open();
    }

    /** Sessions of a node, references they hold, and files that are being received; 0 when none streams. */
    public int open(Node node) {
        var files = AskPattern.<LocalStore.Command, Housekeeping.Open>ask(
                        node.store(), Housekeeping.GetOpen::new, PATIENCE, system.scheduler())
                .toCompletableFuture()
                .join();
        return sessions(node.streamer()) + files.references() + files.temporaries();
    }

    /** Streams as the plan of a node; what it came to. */
    public CompletableFuture<RangeStreamer.Finished> stream(
            Node node, String plan, List<Transfer> transfers, Consumer<? super RangeStreamer.Event> watching) {
        var done = new CompletableFuture<RangeStreamer.Finished>();
        var listener = spawn(Behaviors.<RangeStreamer.Event>receiveMessage(event -> {
            watching.accept(event);
            if (event instanceof RangeStreamer.Finished finished) {
                done.complete(finished);
                return Behaviors.stopped();
            }
            return Behaviors.same();
        }));
        node.streamer().tell(new RangeStreamer.Stream(plan, "Bootstrap", transfers, listener));
        return done;
    }

    private Storage.Setup store(Path directory, CompletableFuture<StorageEngine> engine) throws IOException {
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        return new Storage.Setup(
                RealDisk.at(directory),
                () -> 0,
                Partitioner.MURMUR3,
                settings.schema(),
                settings.engine(),
                new SSTableWriter.Options(blocking::execute, false),
                engine::complete);
    }

    /** Spawns an actor beside its nodes. */
    public <T> ActorRef<T> spawn(Behavior<T> behavior) {
        return AskPattern.<SpawnProtocol.Command, ActorRef<T>>ask(
                        system,
                        replyTo -> new SpawnProtocol.Spawn<>(behavior, "", Props.empty(), replyTo),
                        PATIENCE,
                        system.scheduler())
                .toCompletableFuture()
                .join();
    }

    /** Stops a node and waits until its store is closed. */
    public void stop(Node node) {
        network.detach(node.id());
        var stopped = new CompletableFuture<Boolean>();
        spawn(Behaviors.<Boolean>setup(context -> {
            context.watchWith(node.parent(), true);
            node.parent().tell(Stop.INSTANCE);
            return Behaviors.receiveMessage(over -> {
                stopped.complete(over);
                return Behaviors.stopped();
            });
        }));
        stopped.join();
    }

    @Override
    public void close() {
        try {
            channels.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        system.terminate();
        system.getWhenTerminated().toCompletableFuture().join();
    }
}
