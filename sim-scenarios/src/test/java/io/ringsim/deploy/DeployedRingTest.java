package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.sstable.SSTableFiles;
import io.ringsim.storage.sstable.SSTableVerifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ring of real processes with real files, written to at QUORUM all the time, while hosts come, go, die and are cut off. With
 * {@code -Dringsim.rounds=N} the part in which they die and are cut off is done so often; from the second time on a host is also
 * frozen, and one is cut off until both sides have given it up.
 */
class DeployedRingTest {
    private static final int NODES = 3;

    /** Stays when something is wrong: with what was acknowledged, all directories, and what each host said. */
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    private final TestLan lan = new TestLan();
    private final List<TestLan.Place> seeds = new ArrayList<>();

    /** Those in the ring. */
    private final List<TestHost> hosts = new ArrayList<>();

    private final List<TestHost> departed = new ArrayList<>();

    @AfterEach
    void end() {
        hosts.forEach(TestHost::end);
        departed.forEach(TestHost::end);
        lan.close();
    }

    @Test
    void noAcknowledgedWriteIsLostWhileHostsComeGoDieAndAreCutOff(TestReporter reporter) throws Exception {
        reporter.publishEntry(
                "network",
                lan.whyNoCables()
                        .map(why -> "no host can be cut off, each time one is frozen instead: " + why)
                        .orElse("a namespace for each host, cut off by pulling its cable"));
        begin();
        var fourth = host("h4", "r1");
        hosts.add(fourth);
        fourth.start();
        awaitUp(hosts, 4 * NODES);
        write(fourth);

        leave(hosts.get(0));

        for (int round = 0; round < Integer.getInteger("ringsim.rounds", 1); round++) {
            killAndStartAgain(hosts.get(round % 2));
            cutOffAndHeal(hosts.get(1 - round % 2));
            if (round > 0) {
                freeze(hosts.get(2));
                cutOffForGood(hosts.get(round % 3));
            }
        }

        verify();
        account();
        stopAll();
    }

    private void begin() throws IOException {
        for (int i = 1; i <= 3; i++) {
            seeds.add(lan.place("h" + i));
        }
        for (int i = 1; i <= 3; i++) {
            hosts.add(TestHost.of(folder, "h" + i, "r" + i, seeds.get(i - 1), seeds, NODES));
        }
        for (var host : hosts) {
            host.start();
        }
        awaitUp(hosts, 3 * NODES);
        for (var host : hosts) { // not before: a host that knows a part of the ring takes others for the replicas
            write(host);
        }
    }

    private TestHost host(String name, String rack) throws IOException {
        return TestHost.of(folder, name, rack, lan.place(name), seeds, NODES);
    }

    /** All of its nodes hand their data over, the host leaves the cluster, and its process ends. */
    private void leave(TestHost host) throws Exception {
        var said = host.post("/admin/leave");
        assertThat(said.lines().reduce("", (before, last) -> last)).contains("\"completed\"");
        assertThat(said.lines().filter(line -> line.contains("\"DECOMMISSIONED\"")))
                .hasSize(NODES);
        assertThat(host.awaitEnd()).isEqualTo(new TestHost.End("stopped", 0));
        hosts.remove(host);
        departed.add(host);
        awaitUp(hosts, 3 * NODES);
    }

    private void killAndStartAgain(TestHost host) throws Exception {
        int before = generation(host);
        host.kill();
        awaitUp(others(host), 2 * NODES);
        startAgain(host);
        assertThat(generation(host)).isGreaterThan(before);
    }

    private static int generation(TestHost host) throws Exception {
        return Integer.parseInt(host.page("/info").replaceAll("(?s).*?\"generation\": (\\d+).*", "$1"));
    }

    private void startAgain(TestHost host) throws IOException {
        host.start();
        awaitUp(hosts, 3 * NODES);
        write(host);
    }

    /** For a while: nobody has decided anything when it is back. */
    private void cutOffAndHeal(TestHost host) throws Exception {
        if (lan.whyNoCables().isPresent()) {
            freeze(host);
            return;
        }
        lan.cut(host.name());
        awaitUp(others(host), 2 * NODES);
        lan.plug(host.name());
        awaitUp(hosts, 3 * NODES);
    }

    /** The majority goes on without it, it ends by itself, and comes back in another life. */
    private void cutOffForGood(TestHost host) throws Exception {
        if (lan.whyNoCables().isPresent()) {
            return;
        }
        lan.cut(host.name());
        assertThat(host.awaitEnd()).isEqualTo(new TestHost.End("downed", 3));
        awaitUp(others(host), 2 * NODES);
        lan.plug(host.name());
        startAgain(host);
    }

    /** Its cable is in, but nothing answers. */
    private void freeze(TestHost host) throws Exception {
        host.signal("STOP");
        awaitUp(others(host), 2 * NODES);
        host.signal("CONT");
        awaitUp(hosts, 3 * NODES);
    }

    private List<TestHost> others(TestHost host) {
        return hosts.stream().filter(each -> each != host).toList();
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
        var writers = new ArrayList<>(departed);
        writers.addAll(hosts);
        for (int i = 0; i < writers.size(); i++) {
            var writer = writers.get(i);
            var reader = hosts.get(i % hosts.size());
            int written = Files.readAllLines(writer.acknowledged()).size();
            assertThat(written).as("writes that %s acknowledged", writer.name()).isPositive();
            assertThat(reader.tell("verify " + writer.acknowledged()))
                    .as("%s reads what %s wrote", reader.name(), writer.name())
                    .isEqualTo("verified " + written + " of " + written);
        }
        var rings = hosts.stream().map(host -> host.page("/ring")).distinct().toList();
        assertThat(rings).as("the ring as each host sees it").hasSize(1);
        assertThat(rings.get(0)).doesNotContain("\"h1-");
    }

    /** At rest a node is its own actors and no more, and nobody holds on to a file that is gone. */
    private void account() throws IOException {
        for (var host : hosts) {
            assertThat(host.page("/netstats")).contains("\"streams\": []");
            assertThat(host.tell("actors").split(" "))
                    .as("actors of %s", host.name())
                    .containsExactlyInAnyOrderElementsOf(actorsAtRest(host));
            assertThat(host.deletedAndOpen())
                    .as("files that %s still has open", host.name())
                    .isEmpty();
        }
    }

    private static List<String> actorsAtRest(TestHost host) {
        var actors = new ArrayList<>(List.of("ring-cluster"));
        for (int i = 1; i <= NODES; i++) {
            var node = host.name() + "-" + i;
            actors.add(node);
            for (var part : List.of("store", "membership", "streamer", "coordinator", "load-broadcast")) {
                actors.add(node + "/" + part);
            }
        }
        return actors;
    }

    private void stopAll() throws Exception {
        for (var host : hosts) {
            assertThat(host.stop()).as("%s stops in order", host.name()).isEqualTo(new TestHost.End("stopped", 0));
        }
        hosts.addAll(departed);
        for (var host : hosts) {
            for (int node = 1; node <= NODES; node++) {
                check(host.data().resolve(host.name() + "-" + node));
            }
        }
    }

    /**
     * Each file of a node is part of a table that can be read as a whole, and nothing is left to be replayed. Of SSTables that were
     * compacted some files may be there, if the process ended while it deleted them; the next start does that.
     */
    private static void check(Path node) throws IOException {
        var keyspace = RealDisk.at(node.resolve("data/shop"));
        var tables = SSTableFiles.list(keyspace, "orders");
        assertThat(SSTableFiles.cleanTemporary(keyspace, "orders"))
                .as("what is left in %s", node)
                .noneMatch(file -> file.endsWith(".tmp"));
        for (var table : tables) {
            assertThat(SSTableVerifier.verify(keyspace, "orders", table))
                    .as("SSTable %s of %s", table, node)
                    .isEmpty();
        }
        try (var files = Files.walk(node)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> node.relativize(file).toString())
                            .filter(file -> !file.startsWith("data/shop/orders/rs-")))
                    .hasSize(4)
                    .contains("lock", "node-record", "data/shop/orders/manifest")
                    .anyMatch(file -> file.startsWith("commitlog/"));
        }
    }
}
