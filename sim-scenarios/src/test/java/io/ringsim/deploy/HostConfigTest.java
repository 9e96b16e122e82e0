package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.ring.NodeId;
import io.ringsim.storage.engine.SyncMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the configuration of a host may say, and what becomes of what it may not. */
class HostConfigTest {
    @TempDir
    private Path folder;

    private HostConfig read(String text) throws IOException {
        var file = folder.resolve("host.conf");
        Files.writeString(file, text);
        return HostConfig.read(file);
    }

    @Test
    void aHostNeedsANameAndSeedsAndHasCassandrasDefaults() throws IOException {
        var config = read("""
                ringsim.host {
                  name = h1
                  seeds = ["127.0.0.1:25520"]
                  keyspaces.shop { replication { class = SimpleStrategy, replication_factor = 3 }, tables = [orders, items] }
                }
                """);

        assertThat(config.warnings()).isEmpty();
        assertThat(config.settings().nodes().keySet()).hasToString("[h1-1]");
        assertThat(config.settings().joining().tokens()).isEqualTo(16);
        assertThat(config.settings().joining().seed()).isTrue();
        assertThat(config.settings().operations().ringDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.settings().engine().sync()).isEqualTo(SyncMode.periodic());
        assertThat(config.settings().ring().schema()).hasSize(2);
        assertThat(config.akka().getStringList("akka.cluster.seed-nodes"))
                .containsExactly("akka://ringsim@127.0.0.1:25520");
    }

    @Test
    void allThatIsWrongIsToldAtOnceWithItsLine() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read("""
                        ringsim.host {
                          name = "not a name"
                          nodes = 0
                          commitlog-sync = sometimes
                          partitioner = Murmur4Partitioner
                        }
                        """))
                .satisfies(bad ->
                        assertThat(bad.problems()).extracting(Problem::line).contains(2, 3, 4, 5))
                .withMessageContaining("seeds: there is none")
                .withMessageContaining("host.conf:4:1: commitlog-sync: 'sometimes' is no way to sync")
                .withMessageContaining("write periodic, batch or group");
    }

    @Test
    void aKeyThatMeansNothingIsWarnedAboutWithTheOneThatWasMeant() throws IOException {
        var config = read("""
                ringsim.host {
                  name = h1
                  seeds = ["127.0.0.1:25520"]
                  num_tokens = 4
                  admin.prot = 80
                }
                """);

        assertThat(config.warnings())
                .extracting(Problem::headline)
                .anySatisfy(line ->
                        assertThat(line).contains("ringsim.host.num_tokens").contains("num-tokens"))
                .anySatisfy(line ->
                        assertThat(line).contains("ringsim.host.admin.prot").contains("port"));
    }

    @Test
    void whatAFileIncludesIsSoughtBesideItHoweverTheFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("ring.conf"), "ringsim.host.seeds = [\"127.0.0.1:25520\"]\n");
        var relative = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());

        read(
                "include \"ring.conf\"\nringsim.host { name = h1, listen-address = \"10.0.0.1\", bind-address = \"0.0.0.0\" }\n");
        var config = HostConfig.read(relative.resolve("host.conf"));

        assertThat(config.settings().joining().seed()).isFalse();
        assertThat(config.akka().getString("akka.remote.artery.canonical.hostname"))
                .isEqualTo("10.0.0.1");
        assertThat(config.akka().getString("akka.remote.artery.bind.hostname")).isEqualTo("0.0.0.0");
        assertThat(config.settings().channels().orElseThrow().bind()).isEqualTo("0.0.0.0");
        assertThat(config.settings().channels().orElseThrow().advertised()).isEqualTo("10.0.0.1");
    }

    @Test
    void aHostNamesWhomItsNodesReplace() throws IOException {
        var text = "ringsim.host { name = h4, seeds = [\"127.0.0.1:1\"], replace { %s = h3-1 }, replace-delay = 5s }";

        var settings = read(text.formatted("h4-1")).settings();

        assertThat(settings.joining().replaced(new NodeId("h4-1"))).contains(new NodeId("h3-1"));
        assertThat(settings.operations().replaceDelay()).isEqualTo(Duration.ofSeconds(5));
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read(text.formatted("h3-1")))
                .withMessageContaining("replace: this host has no node h3-1")
                .withMessageContaining("name one of [h4-1]");
    }

    @Test
    void halfOfTlsIsRefused() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read("""
                        ringsim.host { name = h1, seeds = ["127.0.0.1:25520"], stream-tls.key-store = "h1.p12" }
                        """))
                .withMessageContaining("stream-tls: has a key-store and trusts nobody");
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read("""
                        ringsim.host {
                          name = h1, seeds = ["127.0.0.1:25520"]
                          stream-tls { key-store = "h1.p12", certificates = "h1.pem" }
                        }
                        """))
                .withMessageContaining("name PEM files or key stores, not both");
    }

    @Test
    void whatIsNoHoconNamesItsLine() {
        assertThatExceptionOfType(BadInput.class)
                .isThrownBy(() -> read("ringsim.host {\n  name = \n}}\n"))
                .withMessageContaining("host.conf:");
    }

    @Test
    void aDirectoryBelongsToOneRing() throws IOException {
        var text = "ringsim.host { name = h1, seeds = [\"127.0.0.1:1\"], cluster-name = %s }";
        var mine = read(text.formatted("Mine")).settings().ring();
        var yours = read(text.formatted("Yours")).settings().ring();
        var directory = folder.resolve("data");

        HostDirectory.take(directory, mine).close();

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> HostDirectory.take(directory, yours))
                .withMessageContaining("belongs to the ring [Mine, Murmur3Partitioner]");
        try (var taken = HostDirectory.take(directory, mine)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> HostDirectory.take(directory, mine))
                    .withMessageContaining("has this directory already");
            assertThat(taken).isNotNull();
        }
    }
}
