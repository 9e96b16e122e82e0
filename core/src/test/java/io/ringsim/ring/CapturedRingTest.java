package io.ringsim.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * A bootstrap and the decommission that followed on a real ring of Cassandra 5.0.5, against what its tools printed: three
 * nodes with 16 tokens each, joined by a fourth; one keyspace, SimpleStrategy, two replicas.
 */
class CapturedRingTest {
    private static final Pattern RING = Pattern.compile(
            "(127\\.0\\.9\\.\\d) +rack1 +Up +(Normal|Joining|Leaving) +[\\d.]+ \\w+ +(?:([\\d.]+)%|\\?) +(-?\\d+) *");
    private static final Pattern DESCRIBERING =
            Pattern.compile("TokenRange\\(start_token:(-?\\d+), end_token:(-?\\d+), endpoints:\\[([^]]*)]");
    private static final Location HERE = new Location("datacenter1", "rack1");
    private static final NodeId JOINER = new NodeId("127.0.9.4");
    private static final SimpleStrategy TWO = new SimpleStrategy(2);
    private static final List<Keyspace> BENCH = List.of(new Keyspace("bench", TWO));
    private static final long DATA_BYTES = (196_658_889L + 233_962_758L + 211_151_744L) / 2;

    private static String read(String name) {
        try (var in = CapturedRingTest.class.getResourceAsStream("/cassandra-5.0.5-bootstrap/" + name + ".txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SortedMap<NodeId, List<Token>> tokens(String name, String state) {
        var tokens = new TreeMap<NodeId, List<Token>>();
        var lines = RING.matcher(read(name));
        while (lines.find()) {
            if (lines.group(2).equals(state)) {
                tokens.computeIfAbsent(new NodeId(lines.group(1)), any -> new ArrayList<>())
                        .add(Partitioner.MURMUR3.parse(lines.group(4)));
            }
        }
        return tokens;
    }

    private static SortedMap<NodeId, Double> owns(String name) {
        var owns = new TreeMap<NodeId, Double>();
        var lines = RING.matcher(read(name));
        while (lines.find()) {
            if (lines.group(3) != null) {
                owns.put(new NodeId(lines.group(1)), Double.parseDouble(lines.group(3)) / 100);
            }
        }
        return owns;
    }

    private static Map<TokenRange, List<NodeId>> described(String name) {
        var ranges = new TreeMap<TokenRange, List<NodeId>>();
        var lines = DESCRIBERING.matcher(read(name));
        while (lines.find()) {
            var range = new TokenRange(
                    Partitioner.MURMUR3.parse(lines.group(1)), Partitioner.MURMUR3.parse(lines.group(2)));
            ranges.put(
                    range,
                    Arrays.stream(lines.group(3).split(", ")).map(NodeId::new).toList());
        }
        return ranges;
    }

    private static TokenRing before() {
        var ring = TokenRing.empty(Partitioner.MURMUR3);
        for (var node : tokens("ring-joining", "Normal").entrySet()) {
            ring = ring.with(node.getKey(), HERE, node.getValue());
        }
        return ring;
    }

    private static List<Token> joinersTokens() {
        return List.copyOf(tokens("ring-joining", "Joining").getOrDefault(JOINER, List.of()));
    }

    private static TokenRing after() {
        return before().with(JOINER, HERE, joinersTokens());
    }

    private static RangeMovement bootstrap() {
        return (RangeMovement) RangeMovement.bootstrap(
                RingView.of(before()), BENCH, JOINER, HERE, joinersTokens(), SourceChoice.strict(Proximity.NONE));
    }

    private static double bytes(List<Transfer> transfers, String peer) {
        return DATA_BYTES
                * transfers.stream()
                        .filter(transfer -> (transfer.from().equals(JOINER) ? transfer.to() : transfer.from())
                                .value()
                                .equals(peer))
                        .mapToDouble(transfer -> Partitioner.MURMUR3.fraction(transfer.range()))
                        .sum();
    }

    @Test
    void hasTheReplicasThatDescriberingTells() {
        assertThat(described("describering-before")).hasSize(48);
        assertThat(TWO.replicas(before())).containsExactlyInAnyOrderEntriesOf(described("describering-before"));
        assertThat(TWO.replicas(after())).containsExactlyInAnyOrderEntriesOf(described("describering-after"));
    }

    @Test
    void isOwnedAsNodetoolTells() {
        before().ownership(TWO)
                .forEach((node, share) ->
                        assertThat(share).isCloseTo(owns("ring-joining").getOrDefault(node, 0.0), within(0.00006)));
        after().ownership(TWO)
                .forEach((node, share) ->
                        assertThat(share).isCloseTo(owns("ring-after").getOrDefault(node, 0.0), within(0.00006)));
    }

    @Test
    void fetchesFromEachPeerWhatCassandraMeasured() {
        var transfers = bootstrap().transfers();

        assertThat(bytes(transfers, "127.0.9.1")).isCloseTo(53_112_654, within(53_112_654 * 0.03));
        assertThat(bytes(transfers, "127.0.9.2")).isCloseTo(37_839_484, within(37_839_484 * 0.03));
        assertThat(bytes(transfers, "127.0.9.3")).isCloseTo(46_392_610, within(46_392_610 * 0.03));
    }

    @Test
    void fetchesEachRangeFromTheNodeThatLosesIt() {
        var before = described("describering-before");
        var after = described("describering-after");
        for (var transfer : bootstrap().transfers()) {
            var range = transfer.range();
            var losing = new ArrayList<NodeId>();
            before.forEach((old, holders) -> {
                if (old.contains(range)) {
                    losing.addAll(holders);
                }
            });
            losing.removeAll(after.getOrDefault(range, List.of()));
            assertThat(losing).as("%s", transfer).containsExactly(transfer.from());
        }
        assertThat(bootstrap().transfers())
                .extracting(Transfer::range)
                .containsExactlyElementsOf(TWO.rangesOf(after(), JOINER));
    }

    @Test
    void sendsBackToEachPeerWhatCassandraMeasured() {
        var view = RingView.of(after());

        var transfers = ((RangeMovement) RangeMovement.decommission(view, BENCH, JOINER, false)).transfers();

        assertThat(bytes(transfers, "127.0.9.1")).isCloseTo(53_373_119, within(53_373_119 * 0.03));
        assertThat(bytes(transfers, "127.0.9.2")).isCloseTo(37_929_814, within(37_929_814 * 0.03));
        assertThat(bytes(transfers, "127.0.9.3")).isCloseTo(46_842_023, within(46_842_023 * 0.03));
    }
}
