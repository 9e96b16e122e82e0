package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.PartitionQuery;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.sstable.SSTableWriter;
import io.ringsim.storage.table.Io;
import io.ringsim.storage.table.MemtableLimits;
import io.ringsim.storage.table.ReadTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** When a write is acknowledged, and what becomes of it when it cannot be. */
class AcknowledgementTest {
    private static final Duration WINDOW = Duration.ofMillis(5);

    private final ManualIo world = new ManualIo(Randomness.of(1));
    private final SimulatedDisk underneath = SimulatedDisk.empty();
    private final WatchedDisk disk = new WatchedDisk(underneath);
    private final HeldFlushes held = new HeldFlushes(world.io());

    /** Does all work but flushes, which it holds back as long as it is told. */
    private static final class HeldFlushes implements Io {
        private final Io io;
        private final List<Runnable> flushes = new ArrayList<>();
        private boolean holds;

        private HeldFlushes(Io io) {
            this.io = io;
        }

        @Override
        public <T> void run(Lane lane, Task<? extends T> task, Outcome<? super T> then) {
            if (holds && lane == Lane.FLUSH) {
                flushes.add(() -> io.run(lane, task, then));
            } else {
                io.run(lane, task, then);
            }
        }

        @Override
        public <T> void runAfter(Duration delay, Lane lane, Task<? extends T> task, Outcome<? super T> then) {
            io.runAfter(delay, lane, task, then);
        }

        private void release() {
            holds = false;
            flushes.forEach(Runnable::run);
            flushes.clear();
        }
    }

    /** What was told of one write. */
    private static final class Told implements WriteOutcome {
        private int acknowledged;
        private final List<IOException> refused = new ArrayList<>();

        @Override
        public void acknowledged() {
            acknowledged++;
        }

        @Override
        public void refused(IOException reason) {
            refused.add(reason);
        }

        private boolean isOpen() {
            return acknowledged == 0 && refused.isEmpty();
        }
    }

    static List<SyncMode> synced() {
        return List.of(SyncMode.batch(), new SyncMode.Group(WINDOW));
    }

    private StorageEngine open(EngineSettings settings) throws IOException {
        return StorageEngine.open(
                disk,
                held,
                world,
                Partitioner.MURMUR3,
                List.of(KilledWriter.TABLE),
                settings,
                SSTableWriter.Options.DEFAULT);
    }

    private StorageEngine open(SyncMode mode) throws IOException {
        return open(EngineSettings.simulated().with(mode));
    }

    private static Told write(StorageEngine engine, long id) {
        var told = new Told();
        engine.apply(KilledWriter.mutation(id), told);
        return told;
    }

    private static boolean isThere(StorageEngine engine, long id) throws IOException {
        var query = PartitionQuery.all(KilledWriter.TABLE.id(), KilledWriter.key(id));
        return engine.table(KilledWriter.TABLE.id())
                .read(query, ReadTrace.NONE)
                .rows()
                .contains(KilledWriter.row("a", id));
    }

    @ParameterizedTest
    @MethodSource("synced")
    void batchAndGroupAcknowledgeOnceTheLogWasForced(SyncMode mode) throws Exception {
        var engine = open(mode);
        int before = disk.logForces();

        var told = new ArrayList<Told>();
        for (int i = 0; i < 10; i++) {
            told.add(write(engine, i));
        }

        assertThat(told).allMatch(Told::isOpen);
        assertThat(disk.logForces()).isEqualTo(before);
        for (int step = 0; told.stream().anyMatch(Told::isOpen) && step < 100; step++) {
            int forces = disk.logForces();
            world.pass(Duration.ofMillis(1));
            assertThat(forces > before
                            || disk.logForces() > before
                            || told.stream().allMatch(Told::isOpen))
                    .as("nothing is acknowledged before a force")
                    .isTrue();
        }
        assertThat(told).allMatch(each -> each.acknowledged == 1 && each.refused.isEmpty());
        assertThat(disk.logForces()).as("they share a force").isEqualTo(before + 1);
    }

    @Test
    void aGroupWaitsForItsWindowSoThatMoreShareTheForce() throws Exception {
        var engine = open(new SyncMode.Group(WINDOW));
        int before = disk.logForces();

        var first = write(engine, 1);
        world.pass(WINDOW.minusMillis(1));
        var second = write(engine, 2);
        assertThat(first.isOpen() && second.isOpen()).isTrue();
        world.pass(Duration.ofMillis(1));

        assertThat(first.acknowledged + second.acknowledged).isEqualTo(2);
        assertThat(disk.logForces()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @MethodSource("synced")
    void whatWasAcknowledgedSurvivesAPowerLoss(SyncMode mode) throws Exception {
        var engine = open(mode);
        var told = write(engine, 1);
        world.pass(WINDOW);
        assertThat(told.acknowledged).isOne();

        var after = underneath.crash(Randomness.of(7));
        world.forget();

        var reopened = StorageEngine.open(
                after,
                world.io(),
                world,
                Partitioner.MURMUR3,
                List.of(KilledWriter.TABLE),
                EngineSettings.simulated().with(mode),
                SSTableWriter.Options.DEFAULT);
        assertThat(isThere(reopened, 1)).isTrue();
    }

    @Test
    void periodicAcknowledgesOnceTheSystemHasIt() throws Exception {
        var period = Duration.ofSeconds(1);
        var engine = open(new SyncMode.Periodic(period));
        int forces = disk.logForces();
        long written = disk.logBytes();

        var told = write(engine, 1);

        assertThat(told.acknowledged).isOne();
        assertThat(disk.logForces()).isEqualTo(forces);
        assertThat(disk.logBytes()).isGreaterThan(written);
        world.pass(period);
        assertThat(disk.logForces()).isEqualTo(forces + 1);
    }

    @ParameterizedTest
    @MethodSource("synced")
    void aForceThatFailsRefusesTheWriteAndAllAfterIt(SyncMode mode) throws Exception {
        var engine = open(mode);
        var safe = write(engine, 1);
        world.pass(WINDOW);
        assertThat(safe.acknowledged).isOne();

        disk.failForces();
        var unsafe = List.of(write(engine, 2), write(engine, 3));
        world.pass(WINDOW);
        var later = write(engine, 4);
        world.pass(WINDOW);

        assertThat(unsafe).allSatisfy(told -> {
            assertThat(told.acknowledged).isZero();
            assertThat(told.refused)
                    .singleElement()
                    .satisfies(reason -> assertThat(reason).hasMessageContaining("input/output error"));
        });
        assertThat(later.acknowledged).isZero();
        assertThat(later.refused)
                .singleElement()
                .satisfies(reason -> assertThat(reason)
                        .hasMessageContaining("takes no writes, because it could not make some safe"));
        assertThat(isThere(engine, 1)).as("reads go on").isTrue();
        assertThatThrownBy(() -> engine.applyAndWait(KilledWriter.mutation(5)))
                .hasMessageContaining("takes no writes, because it could not make some safe");
    }

    @Test
    void periodicRefusesOnceAForceFailed() throws Exception {
        var engine = open(new SyncMode.Periodic(Duration.ofSeconds(1)));
        disk.failForces();
        assertThat(write(engine, 1).acknowledged).isOne();

        world.pass(Duration.ofSeconds(1));
        var later = write(engine, 2);

        assertThat(later.acknowledged).isZero();
        assertThat(later.refused).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("synced")
    void writersWaitWhenMemoryIsUsedUpAndAllGoOnAfterwards(SyncMode mode) throws Exception {
        var engine = open(EngineSettings.simulated()
                .with(mode)
                .with(new MemtableLimits(4_000, 1_000, Duration.ofHours(1)))
                .withMemory(10_000));
        held.holds = true;

        var told = new ArrayList<Told>();
        for (int i = 0; i < 100; i++) {
            told.add(write(engine, i));
            world.pass(Duration.ofMillis(10));
        }

        assertThat(held.flushes).isNotEmpty();
        assertThat(engine.memory().waiting()).isGreaterThan(50);
        assertThat(told.stream().filter(Told::isOpen)).hasSize(engine.memory().waiting());
        assertThat(told).allMatch(each -> each.refused.isEmpty());
        held.release();
        world.pass(Duration.ofSeconds(10));
        assertThat(engine.memory().waiting()).isZero();
        assertThat(told).allMatch(each -> each.acknowledged == 1 && each.refused.isEmpty());
        for (int i = 0; i < 100; i++) {
            assertThat(isThere(engine, i)).as("write %d", i).isTrue();
        }
    }

    @Test
    void writersThatWaitAreToldWhenTheStoreStops() throws Exception {
        var engine = open(EngineSettings.simulated()
                .with(SyncMode.batch())
                .with(new MemtableLimits(4_000, 1_000, Duration.ofHours(1)))
                .withMemory(10_000));
        held.holds = true;
        var told = new ArrayList<Told>();
        for (int i = 0; i < 30; i++) {
            told.add(write(engine, i));
            world.pass(Duration.ofMillis(1));
        }

        engine.close();

        assertThat(told).noneMatch(Told::isOpen);
        assertThat(told.get(29).refused)
                .singleElement()
                .satisfies(reason -> assertThat(reason).hasMessageContaining("stopped"));
    }

    @Test
    void threadsThatWaitShareForcesAndEachReturnsOnlyWhenItsWriteIsSafe() throws Exception {
        int threads = 8;
        int writes = 200;
        var engine = open(SyncMode.batch());
        int before = disk.logForces();
        var pool = Executors.newFixedThreadPool(threads);
        var running = new ArrayList<Future<?>>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * writes;
            running.add(pool.submit(() -> {
                for (int i = first; i < first + writes; i++) {
                    var appended = engine.log().appended();
                    engine.applyAndWait(KilledWriter.mutation(i));
                    assertThat(engine.log().durable()).isGreaterThan(appended);
                }
                return null;
            }));
        }
        for (var each : running) {
            each.get();
        }
        pool.shutdown();

        assertThat(disk.logForces() - before).isLessThanOrEqualTo(threads * writes);
        for (int i = 0; i < threads * writes; i++) {
            assertThat(isThere(engine, i)).isTrue();
        }
    }
}
