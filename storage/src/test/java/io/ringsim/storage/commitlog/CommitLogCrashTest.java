package io.ringsim.storage.commitlog;

import static io.ringsim.storage.commitlog.Writes.ORDERS;
import static io.ringsim.storage.commitlog.Writes.USERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Mutation;
import io.ringsim.data.TableId;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.commitlog.Writes.Replayed;
import io.ringsim.storage.disk.NoSpaceLeft;
import io.ringsim.storage.disk.PowerLost;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several lives of a log, each ended by a power loss at any operation, a death of the process, or an orderly close. */
class CommitLogCrashTest {
    private static final int SEEDS = Integer.getInteger("ringsim.commitlog.seeds", 1000);
    private static final List<TableId[]> TABLES =
            List.of(new TableId[] {USERS}, new TableId[] {ORDERS}, new TableId[] {USERS, ORDERS});

    /** All that was appended and neither lost nor flushed for both of its tables, by position. */
    private final NavigableMap<CommitLogPosition, Mutation> appended = new TreeMap<>();

    private final Map<TableId, FlushedPositions> flushed = new TreeMap<>();

    /** Up to where everything is there after a power loss, and up to where after a death of the process. */
    private CommitLogPosition safe = CommitLogPosition.NONE;

    private CommitLogPosition survives = CommitLogPosition.NONE;
    private int writes;

    static LongStream seeds() {
        return LongStream.range(0, SEEDS);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void restoresWhatWasSafeInOrderAndNothingElse(long seed) throws IOException {
        var chance = Randomness.of(seed);
        int segment = chance.nextInt(600, 4000);
        var settings = new CommitLogSettings(
                segment,
                3L * segment,
                segment / 2,
                chance.nextInt(100, 2000),
                ReplayPolicy.STOP,
                chance.pick(List.of(0, 0, 600)),
                chance.nextInt(3));
        var disk = SimulatedDisk.empty();

        for (int life = 0; life < 4; life++) {
            if (chance.chance(0.8)) {
                disk.faults().failAt(chance.nextInt(1, 120));
            }
            boolean powerLost = chance.nextBoolean();
            try {
                live(disk, settings, chance);
            } catch (IOException lost) {
                assertThat(Stream.<Throwable>iterate(lost, Objects::nonNull, Throwable::getCause))
                        .hasAtLeastOneElementOfType(PowerLost.class);
                powerLost = true;
            }
            disk.faults().spaceAgain();
            disk = powerLost ? disk.crash(chance) : disk.restart();
            survives = powerLost ? safe : survives;
            check(restore(disk, settings));
            disk = disk.restart();
        }
    }

    private void live(SimulatedDisk disk, CommitLogSettings settings, Randomness chance) throws IOException {
        var restored = restore(disk, settings);
        check(restored);
        var log = CommitLog.open(disk, "commitlog", settings, CommitLogPosition.NONE, task -> {
            if (chance.chance(0.3)) {
                task.run();
            }
        });
        appended.keySet().retainAll(restored.stream().map(Replayed::position).toList());
        if (!restored.isEmpty()) {
            safe = restored.get(restored.size() - 1).position();
            survives = safe;
        }
        if (chance.nextBoolean()) {
            flush(log.appended());
            log.discardReplayed();
        }
        int steps = chance.nextInt(60);
        for (int i = 0; i < steps; i++) {
            try {
                step(disk, log, chance);
            } catch (NoSpaceLeft full) {
                disk.faults().spaceAgain();
            }
        }
        disk.faults().spaceAgain();
        if (chance.nextBoolean()) {
            log.close();
            safe = log.durable();
            survives = safe;
        }
    }

    private void step(SimulatedDisk disk, CommitLog log, Randomness chance) throws IOException {
        int kind = chance.nextInt(20);
        if (kind < 3) {
            safe = log.sync();
            assertThat(safe).isEqualTo(log.appended());
            survives = safe;
        } else if (kind < 6) {
            var upTo = log.appended();
            log.writeThrough(upTo);
            survives = upTo;
        } else if (kind < 8) {
            var table = chance.pick(List.of(USERS, ORDERS));
            var from = chance.pick(List.of(CommitLogPosition.NONE, safe, log.appended()));
            flushed.put(table, flushed(table).and(from, log.appended()));
            log.markClean(table, from, log.appended());
        } else if (kind == 8) {
            log.overflow().ifPresent(upTo -> assertThat(log.dirtyTables(upTo)).isSubsetOf(USERS, ORDERS));
            disk.faults().noSpaceFrom(disk.operations() + chance.nextInt(10));
        } else {
            var mutation = Writes.of(writes++, chance.nextInt(110), chance.pick(TABLES));
            appended.put(log.append(mutation), mutation);
        }
    }

    private void flush(CommitLogPosition upTo) {
        for (var table : List.of(USERS, ORDERS)) {
            flushed.put(table, flushed(table).and(CommitLogPosition.NONE, upTo));
        }
    }

    private FlushedPositions flushed(TableId table) {
        return flushed.getOrDefault(table, FlushedPositions.NOTHING);
    }

    private List<Replayed> restore(SimulatedDisk disk, CommitLogSettings settings) throws IOException {
        var restored = new ArrayList<Replayed>();
        var report = Writes.replay(disk, settings, table -> Optional.of(flushed(table)), restored);
        assertThat(report.corrupt()).isEmpty();
        return restored;
    }

    private void check(List<Replayed> restored) {
        var positions = restored.stream().map(Replayed::position).toList();
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        for (var each : restored) {
            assertThat(unflushed(each.position())).contains(each.mutation());
        }
        var needed = appended.headMap(survives, true).keySet().stream()
                .filter(position -> unflushed(position).isPresent())
                .toList();
        assertThat(positions).containsAll(needed);
    }

    /** What was appended there, as far as it is not flushed. */
    private Optional<Mutation> unflushed(CommitLogPosition position) {
        var mutation = appended.get(position);
        if (mutation == null) {
            return Optional.empty();
        }
        var updates = mutation.updates().stream()
                .filter(update -> !flushed(update.table()).contains(position))
                .toList();
        return updates.isEmpty() ? Optional.empty() : Optional.of(new Mutation(mutation.key(), updates));
    }
}
