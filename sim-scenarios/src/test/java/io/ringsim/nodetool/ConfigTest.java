package io.ringsim.nodetool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.input.BadInput;
import io.ringsim.input.Golden;
import io.ringsim.input.Source;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigTest {
    private static Source file(String name) {
        return Source.read(Golden.resources().resolve("config").resolve(name));
    }

    @Test
    void readsCassandraYamlBeforeUnits() {
        NodeConfig config = CassandraYaml.read(file("cassandra-2.1.yaml"));

        assertThat(config.clusterName()).isEqualTo("Test Cluster");
        assertThat(config.numTokens()).hasValue(256);
        assertThat(config.initialTokens()).isEmpty();
        assertThat(config.seeds()).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4");
        assertThat(config.streamThroughput()).hasValue(200L * 1024 * 1024 / 8);
        assertThat(config.interDcStreamThroughput()).hasValue(0);
        assertThat(config.phiConvictThreshold()).hasValue(12);
        assertThat(config.streamingSocketTimeout()).contains(Duration.ofHours(1));
        assertThat(config.isNew()).isFalse();
    }

    @Test
    void readsCassandraYamlWithUnits() {
        NodeConfig config = CassandraYaml.read(file("cassandra-4.1.yaml"));

        assertThat(config.streamThroughput()).hasValue(24L << 20);
        assertThat(config.interDcStreamThroughput()).hasValue(0);
        assertThat(config.numTokens()).hasValue(16);
        assertThat(config.isNew()).isTrue();
    }

    @Test
    void tellsWhatIsWrongWithCassandraYaml() {
        assertThatThrownBy(() -> CassandraYaml.read(Source.of(
                        "cassandra.yaml",
                        "num_tokens: lots\nphi_convict_threshold: 50\nstream_throughput_outbound: fast\n")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("cassandra.yaml:1:13: num_tokens: 'lots' is no number")
                .hasMessageContaining("cassandra.yaml:2:24: phi_convict_threshold: '50' is out of range")
                .hasMessageContaining("cassandra.yaml:3:29: stream_throughput_outbound: 'fast' is no rate");
        assertThatThrownBy(() -> CassandraYaml.read(Source.of("cassandra.yaml", "- a\n- b\n")))
                .isInstanceOf(BadInput.class);
        assertThatThrownBy(() -> CassandraYaml.read(Source.of("cassandra.yaml", "a: [")))
                .isInstanceOf(BadInput.class);
    }

    @Test
    void readsStorageConf() {
        NodeConfig config = StorageConf.read(file("storage-conf.xml"));

        assertThat(config.partitioner()).isEqualTo("org.apache.cassandra.dht.RandomPartitioner");
        assertThat(config.seeds()).containsExactly("127.0.0.1");
        assertThat(config.phiConvictThreshold()).hasValue(10);
        assertThat(config.initialTokens()).isEmpty();
        assertThat(config.keyspaces())
                .containsExactly(
                        new NodeConfig.KeyspaceConfig(
                                "Keyspace1", "org.apache.cassandra.locator.RackUnawareStrategy", "2"),
                        new NodeConfig.KeyspaceConfig(
                                "Keyspace2", "org.apache.cassandra.locator.RackAwareStrategy", "3"));
    }

    @Test
    void refusesXmlThatIsBrokenOrReachesOut() {
        String good = file("storage-conf.xml").text();

        assertThatThrownBy(() -> StorageConf.read(Source.of("s.xml", good.substring(0, 600))))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("no XML");
        assertThatThrownBy(() -> StorageConf.read(Source.of("s.xml", "<Config/>")))
                .hasMessageContaining("<Config> is not the root");
        assertThatThrownBy(() -> StorageConf.read(Source.of("s.xml", good.replace(">3<", ">three<"))))
                .hasMessageContaining("s.xml:15:")
                .hasMessageContaining("'three' is no replication factor");
        assertThatThrownBy(() ->
                        StorageConf.read(Source.of("s.xml", good.replaceFirst("<Partitioner>.*</Partitioner>", ""))))
                .hasMessageContaining("has no <Partitioner>");
        assertThatThrownBy(
                        () -> StorageConf.read(
                                Source.of(
                                        "s.xml",
                                        "<!DOCTYPE Storage [<!ENTITY x SYSTEM \"file:///etc/hostname\">]>\n<Storage><ClusterName>&x;</ClusterName></Storage>")))
                .isInstanceOf(BadInput.class);
    }
}
