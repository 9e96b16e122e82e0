package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ring of real processes with real files, written to at QUORUM all the time, while hosts come, go, die and fall silent. With
 * {@code -Dringsim.rounds=N} the middle part is done so often.
 */
class DeployedRingTest {
    private static final int NODES = 4;

    /** Stays when something is wrong: with what was acknowledged, all directories, and what each host said. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final List<TestHost> hosts = new ArrayList<>();

    @AfterEach
    void end() {
        hosts.forEach(TestHost::end);
    }

    @Test
    void noAcknowledgedWriteIsLostWhileHostsComeGoDieAndFallSilent() throws Exception {
        var ports = List.of(TestHost.freePort(), TestHost.freePort(), TestHost.freePort());
        for (int i = 0; i < 3; i++) {
            hosts.add(TestHost.of(folder, "h" + (i + 1), "r" + (i + 1), ports.get(i), ports, NODES));
            hosts.get(i).start();
        }
        awaitUp(hosts, 3 * NODES);
        for (var host : hosts) { // not before: a host that knows a part of the ring takes others for the replicas
            write(host);
        }

        var fourth = TestHost.of(folder, "h4", "r1", TestHost.freePort(), ports, 1);
        hosts.add(fourth);
        fourth.start();
        awaitUp(hosts, 3 * NODES + 1);
        write(fourth);

        for (int round = 0; round < Integer.getInteger("ringsim.rounds", 1); round++) {
            killAndStartAgain(hosts.get(1));
            silence(hosts.get(2));
        }

        var decommissioned = hosts.get(0).post("/admin/decommission?node=h1-1");
        assertThat(decommissioned.lines().reduce("", (before, last) -> last)).contains("\"completed\"");
        awaitUp(hosts, 3 * NODES);

        verify();
        stopAll();
    }

    private void killAndStartAgain(TestHost host) throws Exception {
        int others = 2 * NODES + 1;
        host.kill();
        var rest = hosts.stream().filter(each -> each != host).toList();
        awaitUp(rest, others);
        host.start();
        awaitUp(hosts, others + NODES);
        assertThat(host.page("/info")).contains("\"generation\": " + host.lives());
        write(host);
    }

    /** As a cable that is pulled: nothing is closed, nothing answers. */
    private void silence(TestHost host) throws Exception {
        int others = 2 * NODES + 1;
        host.signal("STOP");
        var rest = hosts.stream().filter(each -> each != host).toList();
        awaitUp(rest, others);
        host.signal("CONT");
        awaitUp(hosts, others + NODES);
    }

    private static void write(TestHost host) throws IOException {
        assertThat(host.tell("write")).isEqualTo("writing");
    }

    private static void awaitUp(List<TestHost> hosts, int nodes) {
        for (var host : hosts) {
            TestHost.await(
                    host.name() + " is ready and sees " + nodes + " nodes up",
                    () -> host.isReady() && host.nodesUp() == nodes);
        }
    }

    private void verify() throws IOException {
        for (var host : hosts) {
            assertThat(host.tell("pause")).startsWith("paused");
        }
        Files.writeString(folder.resolve("ring.json"), hosts.get(0).page("/ring"));
        for (int i = 0; i < hosts.size(); i++) {
            var writer = hosts.get(i);
            var reader = hosts.get((i + 1) % hosts.size());
            int written = Files.readAllLines(writer.acknowledged()).size();
            assertThat(written).as("writes that %s acknowledged", writer.name()).isPositive();
            assertThat(reader.tell("verify " + writer.acknowledged()))
                    .as("%s reads what %s wrote", reader.name(), writer.name())
                    .isEqualTo("verified " + written + " of " + written);
        }
        var rings = hosts.stream().map(host -> host.page("/ring")).distinct().toList();
        assertThat(rings).as("the ring as each host sees it").hasSize(1);
    }

    private void stopAll() throws Exception {
        for (var host : hosts) {
            assertThat(host.page("/netstats")).contains("\"streams\": []");
            assertThat(host.stop()).as("%s stops in order", host.name()).isTrue();
        }
        for (var host : hosts) {
            try (var files = Files.walk(host.data())) {
                assertThat(files.map(Path::toString).filter(file -> file.endsWith(".tmp")))
                        .isEmpty();
            }
        }
    }
}
