package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.sim.MembershipKind;
import io.ringsim.sim.RingSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioRingTest {
    @Test
    void theModelReachesTheSubsystems() {
        var settings = settings("2.1", """
                model:
                  ring_delay: 7s
                  gossip_interval: 2s
                  phi_convict_threshold: 12
                  max_streaming_retries: 5
                  streaming_socket_timeout: 1m
                  stream_throughput_outbound: 1MiB/s
                  network: { latency: 5ms, bandwidth: 1Gbit/s, loss: 1% }
                  disk: { read: 10MiB/s, write: 20MiB/s, capacity: 1TiB }
                """);

        assertThat(settings.operations().ringDelay()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.cluster().gossipInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.cluster().failureDetection().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.cluster().failureDetection().threshold()).isEqualTo(12);
        assertThat(settings.streaming().maxStreamingRetries()).isEqualTo(5);
        assertThat(settings.streaming().patience().streamingSocketTimeout()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.streaming().throughput().outbound()).isEqualTo(1 << 20);
        assertThat(settings.network().egress()).isEqualTo(125_000_000);
        assertThat(settings.network().sameRack().loss()).isEqualTo(0.01);
        assertThat(settings.storage().readBytesPerSecond()).isEqualTo(10 << 20);
        assertThat(settings.storage().capacity()).isEqualTo(1L << 40);
    }

    @Test
    void aProfileBringsItsOwnDefaults() {
        assertThat(settings("2.1", "").streaming().maxStreamingRetries()).isEqualTo(3);
        assertThat(settings("4.1", "").streaming().maxStreamingRetries()).isZero();
        assertThat(settings("4.1", "").streaming().throughput().outbound()).isEqualTo(24 << 20);
    }

    @Test
    void theNodesGossipWhenTheScenarioSaysSoByItsProfileAndModel() {
        var settings = settings("0.6", """
                membership: gossip
                model: { gossip_interval: 2s, phi_convict_threshold: 10 }
                """);

        assertThat(settings("0.6", "").membership()).isEqualTo(MembershipKind.CLUSTER);
        assertThat(settings.membership()).isEqualTo(MembershipKind.GOSSIP);
        assertThat(settings.gossip().rules().echoes()).isFalse();
        assertThat(settings.gossip().partitioner()).isEqualTo("RandomPartitioner");
        assertThat(settings.gossip().interval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.gossip().failureDetection().threshold()).isEqualTo(10);
        assertThat(settings.gossip().failureDetection().first()).isEqualTo(Duration.ofSeconds(1));
    }

    private static RingSettings settings(String profile, String model) {
        var text = """
                ringsim: 1
                name: small
                profile: "%s"
                ring: { datacenters: { dc1: { nodes: 3, num_tokens: 1 } } }
                keyspaces:
                  ks:
                    replication: { class: SimpleStrategy, replication_factor: 2 }
                    tables: { t: { data_per_node: 1MiB } }
                %s
                """.formatted(profile, model);
        var scenario = ScenarioReader.read(
                Source.of("small.yaml", text), Path.of("").toAbsolutePath(), List.of(), new Problems());
        return ScenarioRing.of(scenario, 1).settings();
    }
}
