package io.ringsim.network.remote;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A host with an Artery of its own on a free port of this machine. */
public final class TestHost implements AutoCloseable {
    /** A host's signs of life come often enough for a test to wait for their absence. */
    static final HostNetworkSettings QUICK =
            new HostNetworkSettings(Duration.ofMillis(50), Duration.ofSeconds(1), 8, 1 << 20);

    private final ActorSystem<Void> system;

    private TestHost(int port, String settings) {
        system = ActorSystem.create(
                Behaviors.empty(),
                "ring",
                ConfigFactory.parseString(settings)
                        .withFallback(ConfigFactory.parseString("akka { actor.provider = remote, loglevel = WARNING,"
                                + " log-dead-letters = off,"
                                + " remote.artery.advanced.shutdown-flush-timeout = 50ms,"
                                + " remote.artery.canonical { hostname = 127.0.0.1, port = "
                                + port + " } }"))
                        .withFallback(HostNetwork.recommended())
                        .withFallback(ConfigFactory.load()));
    }

    public static TestHost start() {
        return new TestHost(0, "");
    }

    static TestHost start(String settings) {
        return new TestHost(0, settings);
    }

    /** A host where another one was. */
    static TestHost startAt(Address address) {
        return new TestHost(address.getPort().orElseThrow(), "");
    }

    public HostNetwork network(Hosts hosts) {
        return HostNetwork.create(system, hosts, QUICK);
    }

    public Address address() {
        return system.address();
    }

    ActorSystem<Void> system() {
        return system;
    }

    @Override
    public void close() {
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the host does not end", e);
        }
    }
}
