package io.ringsim.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.ringsim.data.TableId;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What a real Cassandra 5.0.5 streamed when 127.0.9.4 joined a ring of three nodes and left it again: 16 vnodes, RF 2, 300,000
 * rows of 1 KiB.
 */
class MeasuredRingTest {
    private static final TableId TABLE = new TableId("bench", "t");
    private static final NodeId JOINER = new NodeId("127.0.9.4");
    private static final Location RACK = new Location("datacenter1", "rack1");
    private static final double BOUND = 0.5;

    private static final Map<NodeId, List<TokenRange>> OWNED = new TreeMap<>();
    private static final Map<NodeId, List<TokenRange>> MOVED = new TreeMap<>();

    @BeforeAll
    static void findWhatMoves() {
        var before = TokenRing.empty(Partitioner.MURMUR3);
        var tokens = tokens();
        for (var node : tokens.keySet()) {
            before = node.equals(JOINER) ? before : before.with(node, RACK, tokens.getOrDefault(node, List.of()));
        }
        var after = before.with(JOINER, RACK, tokens.getOrDefault(JOINER, List.of()));
        var strategy = ReplicationStrategy.of("SimpleStrategy", new TreeMap<>(Map.of("replication_factor", "2")));
        for (var range : after.ranges()) {
            var old = new ArrayList<>(strategy.replicas(before, range.right()));
            old.forEach(node ->
                    OWNED.computeIfAbsent(node, any -> new ArrayList<>()).add(range));
            old.removeAll(strategy.replicas(after, range.right()));
            old.forEach(loser ->
                    MOVED.computeIfAbsent(loser, any -> new ArrayList<>()).add(range));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.9.1, 7, 196658889, 53112654",
        "127.0.9.2, 8, 233962758, 37839484",
        "127.0.9.3, 7, 211151744, 46392610",
    })
    void theBootstrapMovesWhatWasMeasured(String source, int sstables, long bytesOnDisk, long measured) {
        var node = new NodeId(source);
        var table = SizedTable.evenly(TABLE, bytesOnDisk, sstables, Coverage.of(OWNED.getOrDefault(node, List.of())));

        var files = table.filesFor(Coverage.of(MOVED.getOrDefault(node, List.of())), SizeModel.defaults());

        assertThat(files).hasSize(sstables);
        assertThat(bytes(files)).isCloseTo(measured, withPercentage(BOUND));
    }

    /** With no more than {@code nodetool status} tells: the load, in MiB. */
    @ParameterizedTest
    @CsvSource({"127.0.9.1, 187.69, 53112654", "127.0.9.2, 223.27, 37839484", "127.0.9.3, 201.49, 46392610"})
    void theLoadAloneTellsTheBootstrapWithinOnePercent(String source, double load, long measured) {
        var node = new NodeId(source);
        long bytes = (long) (load * (1 << 20));
        var covered = Coverage.of(OWNED.getOrDefault(node, List.of()));
        var table = SizedTable.evenly(TABLE, bytes, SizedTable.likelySSTables(bytes), covered);

        var files = table.filesFor(Coverage.of(MOVED.getOrDefault(node, List.of())), SizeModel.defaults());

        assertThat(bytes(files)).isCloseTo(measured, withPercentage(1));
    }

    @ParameterizedTest
    @CsvSource({"127.0.9.1, 53373119", "127.0.9.2, 37929814", "127.0.9.3, 46842023"})
    void theLoadAloneTellsTheDecommissionWithinTwoPercent(String target, long measured) {
        long bytes = (long) (131.83 * (1 << 20));
        var all = new ArrayList<TokenRange>();
        MOVED.values().forEach(all::addAll);
        var table = SizedTable.evenly(TABLE, bytes, SizedTable.likelySSTables(bytes), Coverage.of(all));

        var files =
                table.filesFor(Coverage.of(MOVED.getOrDefault(new NodeId(target), List.of())), SizeModel.defaults());

        assertThat(bytes(files)).isCloseTo(measured, withPercentage(2));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.9.1, 7, 196658889, 53373119, 49",
        "127.0.9.2, 8, 233962758, 37929814, 56",
        "127.0.9.3, 7, 211151744, 46842023, 49",
    })
    void theDecommissionGivesBackEntireSSTables(
            String target, int sstables, long bytesOnDisk, long measured, int measuredFiles) {
        var node = new NodeId(target);
        var moved = Coverage.of(MOVED.getOrDefault(node, List.of()));
        var source = SizedTable.evenly(TABLE, bytesOnDisk, sstables, Coverage.of(OWNED.getOrDefault(node, List.of())));
        var received = source.filesFor(moved, SizeModel.defaults()).stream()
                .map(file -> new SizedSSTable(TABLE, file.sstable(), file.stored(), file.sections()))
                .toList();

        var files = new SizedTable(TABLE, received)
                .filesFor(moved, SizeModel.defaults().withEntireSSTables(true));

        assertThat(files.stream().mapToInt(StreamableFile::components).sum()).isEqualTo(measuredFiles);
        assertThat(bytes(files)).isCloseTo(measured, withPercentage(BOUND));
    }

    private static long bytes(List<StreamableFile> files) {
        return files.stream().mapToLong(StreamableFile::bytes).sum();
    }

    private static Map<NodeId, List<Token>> tokens() {
        var tokens = new TreeMap<NodeId, List<Token>>();
        try (var lines = new BufferedReader(new InputStreamReader(
                MeasuredRingTest.class.getResourceAsStream("/measured-ring.txt"), StandardCharsets.UTF_8))) {
            lines.lines()
                    .map(line -> line.split(" ", -1))
                    .forEach(words -> tokens.computeIfAbsent(new NodeId(words[1]), any -> new ArrayList<>())
                            .add(Partitioner.MURMUR3.parse(words[0])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tokens;
    }
}
