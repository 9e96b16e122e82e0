package io.ringsim.deploy;

import akka.Done;
import akka.actor.CoordinatedShutdown;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.BehaviorSignalInterceptor;
import akka.actor.typed.PostStop;
import akka.actor.typed.Signal;
import akka.actor.typed.TypedActorContext;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.RealWorld;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * A process that is a host: an actor system of a cluster with a {@link RingHost}, and the way to watch and operate it. It
 * begins in the order in which a node of Cassandra does: configuration, tables with their commit logs replayed, what each
 * node was, listening, membership, the decision to bootstrap; watching is possible from the begin.
 *
 * <p>When it is told to stop ({@link #close}, SIGTERM) it drains its nodes, leaves the cluster, and ends. When the cluster has
 * taken it for dead ({@link End#DOWNED}) its actor system ends at once and it has to be started anew, as another life.
 */
@RealWorld("it is a process")
public final class HostProcess implements AutoCloseable {
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(90);

    /**
     * How long an actor system may take to end when its nodes have: over TLS, Akka's remoting now and then waits for a peer to end
     * as well (2.6.21).
     */
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);

    /** Why a host ended. */
    public enum End {
        STOPPED,
        /** The others decided that it is gone; they may be right about that from their side of the network. */
        DOWNED
    }

    private final HostDirectory directory;
    private final ActorSystem<RingHost.Command> system;
    private final AdminServer admin;
    /** Completes when the host and all of its nodes have stopped. */
    private final CompletableFuture<Done> stopped;

    private HostProcess(
            HostDirectory directory,
            ActorSystem<RingHost.Command> system,
            AdminServer admin,
            CompletableFuture<Done> stopped) {
        this.directory = directory;
        this.system = system;
        this.admin = admin;
        this.stopped = stopped;
    }

    /**
     * Starts it.
     *
     * @throws IOException when the directory is taken, or not this ring's, or an address cannot be listened at
     */
    public static HostProcess start(HostConfig config) throws IOException {
        var token = AdminToken.read(config.admin().tokenFile());
        var directory = HostDirectory.take(
                config.settings().directory(), config.settings().ring());
        try {
            var stopped = new CompletableFuture<Done>();
            var host = telling(RingHost.create(config.settings()), stopped);
            var system = ActorSystem.create(host, HostConfig.SYSTEM, config.akka());
            try {
                var admin = AdminServer.start(system, config, token);
                drainFirst(system);
                return new HostProcess(directory, system, admin, stopped);
            } catch (IOException failed) {
                system.terminate();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            directory.close();
            throw asIOException(failed);
        }
    }

    /** Tells when the host has stopped; as the guardian, that is after all of its nodes. */
    private static Behavior<RingHost.Command> telling(
            Behavior<RingHost.Command> host, CompletableFuture<Done> stopped) {
        return Behaviors.intercept(
                () -> new BehaviorSignalInterceptor<>() {
                    @Override
                    public Behavior<RingHost.Command> aroundSignal(
                            TypedActorContext<RingHost.Command> context,
                            Signal signal,
                            SignalTarget<RingHost.Command> target) {
                        var next = target.apply(context, signal);
                        if (signal instanceof PostStop) {
                            stopped.complete(Done.getInstance());
                        }
                        return next;
                    }
                },
                host);
    }

    /** What Akka throws when it cannot bind is no exception of the port's. */
    private static IOException asIOException(Exception failed) {
        if (failed instanceof IOException io) {
            return io;
        }
        return new IOException("the host cannot start: " + failed.getMessage(), failed);
    }

    private static void drainFirst(ActorSystem<RingHost.Command> system) {
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "drain-nodes", () -> drain(system));
    }

    private static CompletionStage<Done> drain(ActorSystem<RingHost.Command> system) {
        return AskPattern.<RingHost.Command, RingHost.Drained>ask(
                        system, RingHost.Drain::new, DRAIN_PATIENCE, system.scheduler())
                .thenApply(drained -> {
                    drained.problems().forEach(problem -> system.log().warn("not flushed: {}", problem));
                    return Done.getInstance();
                });
    }

    /** Of its nodes; for whoever shares the process. */
    public ActorRef<RingHost.Command> host() {
        return system;
    }

    public ActorSystem<RingHost.Command> system() {
        return system;
    }

    /** Where it is watched. */
    public InetSocketAddress admin() {
        return admin.address();
    }

    /** Waits until it is over, and gives back its directory. */
    public End awaitEnd() throws IOException {
        try {
            var terminated = system.getWhenTerminated().toCompletableFuture();
            CompletableFuture.anyOf(terminated, stopped.thenCompose(done -> patience()))
                    .join();
            if (!terminated.isDone()) {
                LoggerFactory.getLogger(HostProcess.class)
                        .warn("all nodes stopped, but Akka still waits for its connections: left as they are");
            }
        } catch (CompletionException failed) {
            throw new IOException("the host ended: " + failed.getCause(), failed);
        } finally {
            admin.close();
            directory.close();
        }
        var reason = CoordinatedShutdown.get(system).getShutdownReason();
        return reason.filter(CoordinatedShutdown.clusterDowningReason().getClass()::isInstance)
                        .isPresent()
                ? End.DOWNED
                : End.STOPPED;
    }

    private static CompletableFuture<Done> patience() {
        return new CompletableFuture<Done>()
                .completeOnTimeout(Done.getInstance(), END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Drains the nodes, leaves the cluster, and waits for the end. */
    @Override
    public void close() throws IOException {
        system.terminate();
        awaitEnd();
    }
}
