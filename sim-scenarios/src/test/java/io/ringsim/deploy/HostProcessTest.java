package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostProcessTest {
    @TempDir
    private Path folder;

    /** As Akka's remoting over TLS now and then: {@code leave} was done, and the process stayed. */
    @Test
    void aHostIsOverWhenItsNodesAreThoughTheActorSystemDoesNotEnd() throws Exception {
        var file = Files.writeString(
                folder.resolve("alone.conf"), """
                ringsim.host {
                  name = alone, port = %1$d, seeds = ["127.0.0.1:%1$d"], data-directory = "%2$s", admin.port = 0
                }
                """.formatted(TestLan.freePort(), folder.resolve("alone")));
        var release = new CompletableFuture<Void>();
        var host = HostProcess.start(HostConfig.read(file));
        host.system().systemActorOf(stopsOnlyAfter(release), "connections", Props.empty());

        host.system().terminate();

        assertThat(host.awaitEnd()).isEqualTo(HostProcess.End.STOPPED);
        assertThat(host.system().getWhenTerminated().toCompletableFuture()).isNotDone();
        takeDirectory(HostConfig.read(file)).close();

        release.complete(null);
        host.system().getWhenTerminated().toCompletableFuture().get(1, TimeUnit.MINUTES);
    }

    private static Behavior<Void> stopsOnlyAfter(CompletableFuture<Void> release) {
        return Behaviors.receive(Void.class)
                .onSignal(PostStop.class, stop -> {
                    release.join();
                    return Behaviors.same();
                })
                .build();
    }

    private static HostDirectory takeDirectory(HostConfig config) throws IOException {
        return HostDirectory.take(
                config.settings().directory(), config.settings().ring());
    }
}
