package io.ringsim.bench;

import akka.actor.Address;
import io.ringsim.ring.NodeId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Other processes, one at a time; each is started while the one before it is in use, for that takes seconds. */
final class PeerProcesses implements AutoCloseable {
    /** Quick to start. */
    private static final List<String> JAVA = List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    private final PeerProcess.Settings settings;
    private int left;
    private CompletableFuture<PeerProcess> spare = CompletableFuture.failedFuture(new IllegalStateException("no home"));
    private volatile Optional<PeerProcess> current = Optional.empty();
    private Optional<Address> home = Optional.empty();

    PeerProcesses(int count, long outbound, Duration patience) {
        this.settings = new PeerProcess.Settings(JAVA, outbound, patience);
        this.left = count;
    }

    /** Says where whoever uses them is. */
    void at(Address address) {
        home = Optional.of(address);
        startSpare();
    }

    private void startSpare() {
        left--;
        var address = home.orElseThrow();
        spare = CompletableFuture.supplyAsync(() -> PeerProcess.start(address, settings));
    }

    /** Where nodes are that are not here. */
    Optional<Address> hostOf(NodeId node) {
        return current.map(PeerProcess::address);
    }

    /** Another one instead of the last, which is ended. */
    PeerProcess next() {
        current.ifPresent(PeerProcess::close);
        var next = spare.join();
        current = Optional.of(next);
        if (left > 0) {
            startSpare();
        }
        return next;
    }

    /** The same, with a node on that directory. */
    PeerProcess next(Path directory) {
        var next = next();
        next.open(directory);
        return next;
    }

    @Override
    public void close() {
        current.ifPresent(PeerProcess::close);
        spare.thenAccept(PeerProcess::close).exceptionally(none -> null).join();
    }
}
