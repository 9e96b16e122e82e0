package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.gossip.ClusterLayer;
import io.ringsim.network.Network;
import io.ringsim.node.Subsystems;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.Membership;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.storage.Storage;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.streaming.Streamer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** Puts the subsystems of a host's nodes together, on real files and sockets. Nodes ask it each from its own thread. */
final class HostWiring implements Subsystems {
    private final HostSettings settings;
    private final ClusterLayer layer;
    private final HostLinks links;
    private final SortedMap<NodeId, ActorRef<LocalStore.Command>> stores = new ConcurrentSkipListMap<>();

    HostWiring(HostSettings settings, ClusterLayer layer, HostLinks links) {
        this.settings = settings;
        this.layer = layer;
        this.links = links;
    }

    @Override
    public Network network() {
        return links.network();
    }

    @Override
    public ActorRef<LocalStore.Command> store(ActorContext<?> node, NodeId self) {
        var store = node.spawn(Storage.create(store(node.getSystem(), self)), "store");
        stores.put(self, store);
        return store;
    }

    private Storage.Setup store(ActorSystem<?> system, NodeId self) {
        var blocking = system.dispatchers().lookup(DispatcherSelector.blocking());
        return new Storage.Setup(
                disk(settings.directory().resolve(self.value())),
                () -> 0,
                settings.ring().partitioner(),
                settings.ring().schema(),
                settings.engine(),
                new SSTableWriter.Options(blocking::execute, false),
                opened -> {});
    }

    private static RealDisk disk(Path directory) {
        try {
            return RealDisk.at(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public ActorRef<Membership.Command> membership(ActorContext<?> node, Self self) {
        return node.spawn(
                layer.member(self.node(), self.location(), self.record().generation(), self.schema()), "membership");
    }

    @Override
    public ActorRef<RangeStreamer.Command> streamer(
            ActorContext<?> node,
            Self self,
            ActorRef<LocalStore.Command> store,
            ActorRef<? super RangeStreamer.Event> watcher) {
        var setup = new Streamer.Setup(
                        self.node(), settings.streaming(), links.network(), store, this::isRemote, watcher)
                .withOwned(new OwnedRanges(self.node(), settings.ring(), layer::endpoints));
        return node.spawn(Streamer.create(links.channels().map(setup::with).orElse(setup)), "streamer");
    }

    private boolean isRemote(NodeId peer) {
        var here = settings.location().datacenter();
        return layer.locationOf(peer)
                .filter(there -> !there.datacenter().equals(here))
                .isPresent();
    }

    /** The store of a node that was started. */
    Optional<ActorRef<LocalStore.Command>> storeOf(NodeId node) {
        return Optional.ofNullable(stores.get(node));
    }

    /** The node is gone; peers with a connection to it learn that. */
    void stopped(NodeId node) {
        links.network().detach(node);
        stores.remove(node);
    }
}
