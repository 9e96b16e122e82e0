package io.ringsim.storage;

import static io.ringsim.storage.StoreWorld.TABLE;
import static io.ringsim.storage.StoreWorld.key;
import static io.ringsim.storage.StoreWorld.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.disk.SimulatedDiskSettings;
import io.ringsim.storage.engine.EngineSettings;
import io.ringsim.storage.engine.SyncMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageTest {
    private static final EngineSettings PERIODIC = EngineSettings.simulated();
    private static final EngineSettings BATCH = PERIODIC.with(SyncMode.batch());
    private static final int ROWS = 20;

    private final StoreWorld world = new StoreWorld();
    private final SimulatedDisk disk = SimulatedDisk.empty();

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    @Test
    void whatIsAppliedIsReadFromMemoryAndFromDisk() {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);
        assertThat(world.count(store, 0, ROWS)).isEqualTo(ROWS);
        assertThat(world.engine().table(TABLE).sstableCount()).isZero();

        assertThat(world.ask(store, Housekeeping.Flush::new)).isInstanceOf(Housekeeping.Done.class);

        assertThat(world.engine().table(TABLE).sstableCount()).isEqualTo(1);
        assertThat(world.count(store, 0, ROWS)).isEqualTo(ROWS);
        assertThat(world.has(store, ROWS)).isFalse();
        assertThat(world.ask(store, LocalStore.GetLoad::new))
                .isEqualTo(new LocalStore.Load(world.engine().bytes()));
    }

    @Test
    void compactionLeavesOneSSTableWithAllRows() {
        var store = world.rows(disk, PERIODIC);
        for (int i = 0; i < 3; i++) {
            world.apply(store, i * ROWS, (i + 1) * ROWS);
            world.ask(store, Housekeeping.Flush::new);
        }
        assertThat(world.engine().table(TABLE).sstableCount()).isEqualTo(3);

        assertThat(world.ask(store, Housekeeping.Compact::new)).isInstanceOf(Housekeeping.Done.class);

        assertThat(world.engine().table(TABLE).sstableCount()).isEqualTo(1);
        assertThat(world.count(store, 0, 3 * ROWS)).isEqualTo(3 * ROWS);
    }

    @Test
    void cleanupDropsWhatTheNodeDoesNotOwn() {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);
        var owned = List.of(new TokenRange(key(3).token(), key(4).token()));

        var cleaned = world.ask(
                store, replyTo -> new Housekeeping.Cleanup(List.of(new KeyspaceRanges("shop", owned)), replyTo));

        assertThat(cleaned)
                .isInstanceOfSatisfying(
                        Housekeeping.Done.class,
                        done -> assertThat(done.bytes()).isPositive());
        for (int i = 0; i < ROWS; i++) {
            assertThat(world.has(store, i))
                    .as("row " + i)
                    .isEqualTo(owned.get(0).contains(key(i).token()));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatABatchAcknowledgedSurvivesAPowerLoss(long seed) {
        var store = world.rows(disk, BATCH);
        world.apply(store, 0, ROWS);

        var after = disk.crash(Randomness.of(seed));
        world.stop(store);

        assertThat(world.count(world.rows(after, BATCH), 0, ROWS)).isEqualTo(ROWS);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsOlderThanThePeriodSurvivesAPowerLoss(long seed) {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);
        world.simulation().runFor(Duration.ofSeconds(11));
        world.apply(store, ROWS, 2 * ROWS);

        var after = disk.crash(Randomness.of(seed));
        world.stop(store);

        assertThat(world.count(world.rows(after, PERIODIC), 0, ROWS)).isEqualTo(ROWS);
    }

    @Test
    void whatWasAcknowledgedSurvivesTheDeathOfTheProcess() {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);

        var after = disk.restart();
        world.stop(store);

        assertThat(world.count(world.rows(after, PERIODIC), 0, ROWS)).isEqualTo(ROWS);
    }

    @Test
    void aStoreThatIsStoppedInOrderCanBeStartedAgainOnTheSameDisk() {
        var record = NodeRecord.NEW.startedAt(Instant.EPOCH).with(NodeRecord.Stage.COMPLETED);
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);
        store.tell(new LocalStore.Remember(record));
        world.simulation().runFor(Duration.ofSeconds(1));

        world.stop(store);
        var again = world.rows(disk, PERIODIC);

        assertThat(world.ask(again, LocalStore.Recall::new)).isEqualTo(record);
        assertThat(world.count(again, 0, ROWS)).isEqualTo(ROWS);
    }

    @Test
    void whatIsAskedWhileItOpensIsAnsweredAfter() {
        var slow = SimulatedDisk.empty(new SimulatedDiskSettings(1L << 40, 1_000, 1_000, 1_000_000, 1_000_000_000));
        var answers = new ArrayList<Object>();
        var listener = world.listener(answers);
        var store = world.rows(slow, BATCH);
        var began = world.simulation().now();

        store.tell(new LocalStore.Recall(listener));
        store.tell(new LocalStore.Apply(write(1), listener));
        store.tell(new LocalStore.GetLoad(listener));
        store.tell(new Housekeeping.GetOpen(listener));
        world.simulation().runUntil(() -> answers.size() == 4, Duration.ofHours(1));

        assertThat(world.simulation().now().minus(began)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(answers).hasSize(4).contains(NodeRecord.NEW, new LocalStore.Applied(), new Housekeeping.Open(0, 0));
        assertThat(world.has(store, 1)).isTrue();
    }

    @Test
    void aStoreThatCannotOpenStopsWithTheReason() {
        world.apply(world.rows(disk, PERIODIC), 0, 1);

        world.rows(disk, PERIODIC);
        world.simulation().runFor(Duration.ofSeconds(1));

        assertThat(world.failures())
                .singleElement()
                .isInstanceOfSatisfying(
                        StoreNotOpened.class,
                        failed -> assertThat(failed).hasStackTraceContaining("has this directory already"));
    }

    @Test
    void aStoreThatIsStoppedWhileItOpensGivesUpTheDisk() {
        world.stop(world.rows(disk, PERIODIC));
        world.simulation().runFor(Duration.ofSeconds(1));

        world.apply(world.rows(disk, PERIODIC), 0, ROWS);

        assertThat(world.failures()).isEmpty();
    }

    /** Otherwise this would never end. */
    @Test
    @Timeout(60)
    void aStoreThatIsStoppedDoesNothingMore() {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);

        world.stop(store);

        world.simulation().run();
    }

    @Test
    void aStoreThatIsStoppedReceivesNothingMore() throws IOException {
        var store = world.rows(disk, PERIODIC);
        var id = new ReceiveId("plan", new NodeId("n2"), 0, TABLE);
        store.tell(new StreamStore.Begin(id));
        var receiving = (StreamStore.Receiving) world.ask(store, replyTo -> new StreamStore.Receive(id, replyTo));
        var file = receiving.content().file(0, 0);

        world.stop(store);

        assertThatThrownBy(() -> file.append(ByteBuffer.allocate(1))).hasMessageContaining("it is received no longer");
        assertThatThrownBy(() -> receiving.content().file(1, 0)).hasMessageContaining("nothing is being received");
    }

    @Test
    void aFullDiskRefusesToFlushAndLosesNothing() {
        var store = world.rows(disk, PERIODIC);
        world.apply(store, 0, ROWS);
        disk.faults().noSpaceFrom(0);
        assertThat(world.ask(store, Housekeeping.Flush::new)).isInstanceOf(Housekeeping.Failed.class);
        assertThat(world.count(store, 0, ROWS)).isEqualTo(ROWS);

        disk.faults().spaceAgain();

        assertThat(world.ask(store, Housekeeping.Flush::new)).isInstanceOf(Housekeeping.Done.class);
        assertThat(world.count(store, 0, ROWS)).isEqualTo(ROWS);
    }
}
