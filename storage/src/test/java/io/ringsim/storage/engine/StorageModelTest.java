package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.fail;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions;
import io.ringsim.runtime.Randomness;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * The store against a map: random writes, deletions, expiry, flushes, compactions, power losses at any operation of the
 * disk, restarts and full disks; what is read is what the map says, within what the sync mode promises. A history that
 * fails is shrunk to one that cannot lose a step.
 *
 * <p>{@code -Dringsim.seeds=10000} runs more, {@code -Dringsim.seed=N} one.
 */
class StorageModelTest {
    private static final int SEEDS = Integer.getInteger("ringsim.seeds", 1_000);
    private static final int LENGTH = 120;
    private static final List<TableOptions.Compression> COMPRESSIONS =
            List.of(TableOptions.Compression.NONE, TableOptions.Compression.LZ4, TableOptions.Compression.ZSTD);

    @Test
    void readsWhatWasWrittenWhateverHappens() {
        int only = Integer.getInteger("ringsim.seed", -1);
        for (int seed = only < 0 ? 0 : only; seed < (only < 0 ? SEEDS : only + 1); seed++) {
            var schema = schema(seed);
            var steps = History.random(Randomness.of(seed), schema, LENGTH);
            var failure = run(seed, schema, steps);
            if (failure.isPresent()) {
                var shrunk = shrink(seed, schema, steps);
                fail("seed %d: %s%nshrunk to %d steps: %s%n%s"
                        .formatted(
                                seed,
                                failure.get(),
                                shrunk.size(),
                                run(seed, schema, shrunk).orElse("?"),
                                String.join(
                                        "\n",
                                        shrunk.stream().map(Step::toString).toList())));
            }
        }
    }

    private static List<TableMetadata> schema(int seed) {
        var options = TableOptions.defaults()
                .withGcGrace(Duration.ofSeconds(10))
                .withCompression(COMPRESSIONS.get(seed % 3), 1024)
                .withColumnIndexSize(seed % 2 == 0 ? 128 : 64 << 10)
                .withCaches(seed % 4 == 0 ? 0 : 10, seed % 5 == 0 ? 3 : 0);
        return List.of(
                TableMetadata.standard(new TableId("shop", "orders")).with(options),
                TableMetadata.standard(new TableId("shop", "lines"))
                        .with(options)
                        .indexing(Bytes.utf8("c0")));
    }

    private static List<Step> shrink(int seed, List<TableMetadata> schema, List<Step> failing) {
        var steps = new ArrayList<>(failing);
        for (int size = steps.size() / 2; size > 0; size /= 2) {
            for (int from = 0; from + size <= steps.size(); ) {
                var fewer = new ArrayList<>(steps);
                fewer.subList(from, from + size).clear();
                if (run(seed, schema, fewer).isPresent()) {
                    steps = fewer;
                } else {
                    from += size;
                }
            }
        }
        return steps;
    }

    /** Runs a history; what went wrong, if something did. */
    private static Optional<String> run(int seed, List<TableMetadata> schema, List<Step> steps) {
        var run = new HistoryRun(seed, schema);
        for (int i = 0; i < steps.size(); i++) {
            try {
                run.take(steps.get(i));
            } catch (IOException | RuntimeException | AssertionError wrong) {
                var trace = new StringWriter();
                wrong.printStackTrace(new PrintWriter(trace));
                return Optional.of("at step " + i + ", " + steps.get(i) + ": " + trace);
            }
        }
        return Optional.empty();
    }
}
