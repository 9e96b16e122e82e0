package io.ringsim.deploy;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.node.Node;
import io.ringsim.runtime.RealWorld;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What happens to the nodes of a host, for a thread that waits for it. Who takes too slowly misses some, and can tell. */
@RealWorld("a thread waits")
final class HostWatch implements Closeable {
    private static final int EVENTS_MAX = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ENDED = "nobody watches any more";
    private static final AtomicLong NAMES = new AtomicLong();

    private final BlockingQueue<Node.Event> events = new LinkedBlockingQueue<>(EVENTS_MAX);
    private final AtomicLong missed = new AtomicLong();
    private final Semaphore answers = new Semaphore(0);
    private final ActorSystem<RingHost.Command> host;
    private final ActorRef<Object> watcher;

    HostWatch(ActorSystem<RingHost.Command> host) {
        this.host = host;
        this.watcher = host.systemActorOf(
                Behaviors.receive(Object.class)
                        .onMessage(Node.Event.class, event -> {
                            if (!events.offer(event)) {
                                missed.incrementAndGet();
                            }
                            return Behaviors.same();
                        })
                        .onMessage(RingHost.State.class, state -> {
                            answers.release();
                            return Behaviors.same();
                        })
                        .onMessageEquals(ENDED, Behaviors::stopped)
                        .build(),
                "ringsim-watch-" + NAMES.incrementAndGet(),
                Props.empty());
        host.tell(new RingHost.Watch(watcher));
    }

    /** The next; nothing when there is none for so long. */
    Optional<Node.Event> next(Duration within) throws IOException {
        try {
            return Optional.ofNullable(events.poll(within.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException stopped) {
            throw new IOException("the host stops", stopped);
        }
    }

    /** Waits until all that has happened is here, by asking the host something: its answer comes after. */
    void catchUp() throws IOException {
        host.tell(new RingHost.GetState(watcher));
        try {
            if (!answers.tryAcquire(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new IOException("the host does not answer");
            }
        } catch (InterruptedException stopped) {
            throw new IOException("the host stops", stopped);
        }
    }

    /** How many were missed since this was asked last. */
    long missed() {
        return missed.getAndSet(0);
    }

    @Override
    public void close() {
        watcher.tell(ENDED);
    }
}
