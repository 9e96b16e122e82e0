package io.ringsim.network.remote;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.ringsim.data.Bytes;
import io.ringsim.network.Channel;
import io.ringsim.network.DirectNetwork;
import io.ringsim.network.Inbox;
import io.ringsim.network.Network;
import io.ringsim.network.Traffic;
import io.ringsim.network.WireMessage;
import io.ringsim.network.wire.Kinds;
import io.ringsim.network.wire.WireCodec;
import io.ringsim.ring.NodeId;
import java.util.List;

/**
 * The network of one host among several in real time: its nodes reach each other at once, as in a {@link
 * DirectNetwork}, and those of other hosts over Artery. May be used from any thread.
 *
 * <p>Every host has one, in an ActorSystem of the user's. They find each other by address alone, so all that has to be
 * known of a node is its host: see {@link Hosts}. A node with an inbox here is here, whatever they say.
 *
 * <p>Reliable channels are in order, and nothing is lost of which not both ends are told: a connection of two nodes
 * ends when one of them is detached, its host stops, starts again or is silent for longer than {@link
 * HostNetworkSettings#patience()}, a message cannot be read at its receiver's, or nobody knows the host. Message
 * classes are written by {@link WireCodec}.
 */
public final class HostNetwork implements Network, AutoCloseable {
    /** Artery's header, the paths of two offices, and an envelope's numbers. */
    private static final int FRAME_HEADER_BYTES = 2048;

    private static final String FRAME_MAX = "akka.remote.artery.advanced.maximum-frame-size";

    private final DirectNetwork direct = new DirectNetwork();
    private final Address here;
    private final Hosts hosts;
    private final int frameBytesMax;
    private final WireCodec codec;
    private final ActorRef<PostOffice.Command> office;

    private HostNetwork(Address here, Hosts hosts, int frameBytesMax, ActorRef<PostOffice.Command> office) {
        this.here = here;
        this.hosts = hosts;
        this.frameBytesMax = frameBytesMax;
        this.codec = new WireCodec(frameBytesMax);
        this.office = office;
    }

    /**
     * Opens the network of this host; a system can have one at a time.
     *
     * @throws IllegalArgumentException when the system has no Artery
     */
    public static HostNetwork create(ActorSystem<?> system, Hosts hosts, HostNetworkSettings settings) {
        var config = system.settings().config();
        var here = system.address();
        if (here.hasLocalScope() || !config.getBoolean("akka.remote.artery.enabled")) {
            throw new IllegalArgumentException(
                    system.name() + " has no Artery: set akka.actor.provider to cluster (or remote)");
        }
        boolean watches = config.getString("akka.actor.provider").contains("luster")
                || config.getBoolean("akka.remote.use-unsafe-remote-features-outside-cluster");
        var office = system.systemActorOf(PostOffice.create(settings, watches), PostOffice.NAME, Props.empty());
        int frameBytesMax = (int) Math.min(Integer.MAX_VALUE, config.getBytes(FRAME_MAX));
        return new HostNetwork(here, hosts, frameBytesMax, office);
    }

    /** Settings of Akka that suit this network, to be put before one's own fallbacks. */
    public static Config recommended() {
        return ConfigFactory.parseResources(HostNetwork.class, "host.conf");
    }

    /**
     * Opens a node's inbox for a channel; replaces an earlier one.
     *
     * @throws IllegalArgumentException when the channel's type is neither sealed nor a record: its kinds are not known
     */
    @Override
    public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {
        var port = new Port<>(channel, Kinds.of(channel.type()), inbox, codec);
        direct.attach(node, channel, inbox);
        office.tell(new PostOffice.Attach(node, port));
    }

    @Override
    public void detach(NodeId node) {
        direct.detach(node);
        office.tell(new PostOffice.Detach(node));
    }

    /**
     * Sends a message; returns at once.
     *
     * @throws IllegalArgumentException when it goes to another host and is larger than a frame may be, or has no form
     *     on the wire
     */
    @Override
    public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
        if (from.equals(to) || direct.isAttached(to)) {
            direct.send(from, to, channel, message);
            return;
        }
        var host = hosts.hostOf(to).orElse(null);
        if (here.equals(host)) {
            direct.send(from, to, channel, message);
            return;
        }
        direct.count(from, to, message);
        boolean isReliable = channel.promise() == Channel.Promise.RELIABLE;
        var kind = message.getClass().getSimpleName();
        office.tell(new PostOffice.Dispatch(from, to, channel.name(), isReliable, kind, body(message), host));
    }

    @Override
    public void carried(NodeId from, NodeId to, String kind, long bytes) {
        direct.carried(from, to, kind, bytes);
    }

    private Bytes body(WireMessage message) {
        var body = codec.write(message);
        if (body.length > frameBytesMax - FRAME_HEADER_BYTES) {
            throw new IllegalArgumentException(message.getClass().getSimpleName() + " takes " + body.length
                    + " bytes and " + FRAME_HEADER_BYTES + " around it, but a frame has at most " + frameBytesMax
                    + ": raise " + FRAME_MAX + " on every host, or send less in one message");
        }
        return Bytes.wrap(body);
    }

    /** What this host's nodes sent so far, as {@link DirectNetwork#traffic()}. */
    public List<Traffic.Entry> traffic() {
        return direct.traffic();
    }

    /** Ends all connections with other hosts. Nodes here still reach each other; nothing else is sent or told any more. */
    @Override
    public void close() {
        office.tell(PostOffice.Close.INSTANCE);
    }
}
