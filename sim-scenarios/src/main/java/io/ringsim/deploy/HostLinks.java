package io.ringsim.deploy;

import akka.actor.typed.ActorSystem;
import com.typesafe.config.Config;
import io.ringsim.network.DirectNetwork;
import io.ringsim.network.Network;
import io.ringsim.network.remote.HostNetwork;
import io.ringsim.network.remote.HostNetworkSettings;
import io.ringsim.network.remote.Hosts;
import io.ringsim.streaming.lane.DataChannels;
import java.io.IOException;
import java.util.Optional;

/**
 * How the nodes of a host talk to others: messages, and the content of files.
 *
 * @param channels of a host that others can reach; within one host content is handed over
 */
record HostLinks(Network network, Optional<DataChannels> channels) implements AutoCloseable {
    /** Those that suit an actor system: one without Artery has nodes of its own only. */
    static HostLinks open(ActorSystem<?> system, HostSettings settings, Hosts hosts) throws IOException {
        if (!hasArtery(system.settings().config())) {
            return new HostLinks(new DirectNetwork(), Optional.empty());
        }
        if (settings.channels().isEmpty()) {
            throw new IllegalArgumentException(system.name()
                    + " has other hosts, whose files need a way here: give the host's settings data channels");
        }
        var channels = DataChannels.open(settings.channels().get());
        return new HostLinks(HostNetwork.create(system, hosts, HostNetworkSettings.defaults()), Optional.of(channels));
    }

    static boolean hasArtery(Config config) {
        return !config.getString("akka.actor.provider").equals("local")
                && config.getBoolean("akka.remote.artery.enabled");
    }

    @Override
    public void close() throws IOException {
        if (network instanceof HostNetwork remote) {
            remote.close();
        }
        if (channels.isPresent()) {
            channels.get().close();
        }
    }
}
