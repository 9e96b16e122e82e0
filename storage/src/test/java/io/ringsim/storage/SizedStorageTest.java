package io.ringsim.storage;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.NodeRecord.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SizedStorageTest {
    private static final TableId TABLE = new TableId("shop", "orders");
    private static final NodeId PEER = new NodeId("n2");
    private static final ReceiveId RECEIVING = new ReceiveId("plan", PEER, 0, TABLE);
    private static final Coverage ALL = Coverage.of(List.of(range(0, 1000)));
    private static final int MIB = 1 << 20;

    private final Simulation simulation = Simulation.seeded(1);
    private final ActorSystem<Consumer<ActorContext<?>>> system =
            simulation.start("store", Behaviors.receive((context, task) -> {
                task.accept(context);
                return Behaviors.same();
            }));
    private final SizedDisk disk = new SizedDisk(SizedStore.EMPTY.with(SizedTable.evenly(TABLE, 9 * MIB, 3, ALL)));
    private final List<Object> answers = new ArrayList<>();

    @AfterEach
    void endOfTheWorld() {
        simulation.close();
    }

    private ActorRef<LocalStore.Command> start(StorageSettings settings) {
        return spawn(SizedStorage.create(disk, settings));
    }

    private ActorRef<LocalStore.Command> start() {
        return start(StorageSettings.defaults());
    }

    private <T> ActorRef<T> spawn(akka.actor.typed.Behavior<T> behavior) {
        var spawned = new ArrayList<ActorRef<T>>();
        system.tell(context -> spawned.add(context.spawnAnonymous(behavior)));
        simulation.run();
        return spawned.get(0);
    }

    /** Says it to the store and returns all answers so far, once there is nothing left to do. */
    private List<Object> tell(ActorRef<LocalStore.Command> store, Function<ActorRef<Object>, LocalStore.Command> what) {
        ActorRef<Object> listener = spawn(Behaviors.receive((context, answer) -> {
            answers.add(answer);
            return Behaviors.same();
        }));
        store.tell(what.apply(listener));
        simulation.run();
        return answers;
    }

    private static TokenRange range(long left, long right) {
        return new TokenRange(new LongToken(left), new LongToken(right));
    }

    private static StreamStore.Select select(ActorRef<Object> replyTo) {
        return new StreamStore.Select("s", List.of(new KeyspaceRanges("shop", List.of(range(0, 500)))), replyTo);
    }

    private static StreamStore.Write write(int sequence, int length, ActorRef<Object> replyTo) {
        return new StreamStore.Write(RECEIVING, sequence, 0, length, Bytes.EMPTY, replyTo);
    }

    @Test
    void whatIsChosenIsReferredToUntilItIsReleased() {
        var store = start();

        var chosen =
                (StreamStore.Selected) tell(store, SizedStorageTest::select).get(0);
        tell(store, Housekeeping.GetOpen::new);
        store.tell(new StreamStore.Release("s", TABLE, "nb-1-big-Data.db"));
        store.tell(new StreamStore.Release("s", TABLE, "nb-1-big-Data.db"));
        tell(store, Housekeeping.GetOpen::new);
        store.tell(new StreamStore.ReleaseAll("s"));
        tell(store, Housekeeping.GetOpen::new);

        assertThat(chosen.files()).hasSize(3);
        assertThat(answers)
                .containsSubsequence(
                        new Housekeeping.Open(3, 0), new Housekeeping.Open(2, 0), new Housekeeping.Open(0, 0));
    }

    @Test
    void whatIsReceivedIsVisibleAllAtOnce() {
        var store = start();
        store.tell(new StreamStore.Begin(RECEIVING));
        for (int i = 0; i < 2; i++) {
            int sequence = i;
            tell(store, replyTo -> write(sequence, MIB, replyTo));
            tell(store, replyTo -> new StreamStore.Seal(RECEIVING, sequence, ALL, 3 * MIB, replyTo));
        }
        assertThat(disk.store().bytes()).isEqualTo(9 * MIB);
        assertThat(disk.temporaries()).isEqualTo(2);

        tell(store, replyTo -> new StreamStore.Commit(RECEIVING, replyTo));

        assertThat(answers.get(answers.size() - 1)).isEqualTo(new StreamStore.Committed(RECEIVING, 2));
        assertThat(disk.store().bytes()).isEqualTo(15 * MIB);
        assertThat(disk.store().table(TABLE).sstables().stream().map(SizedSSTable::name))
                .doesNotHaveDuplicates()
                .hasSize(5);
        assertThat(disk.used()).isEqualTo(15 * MIB);
    }

    @Test
    void whatIsAbortedLeavesNoTraceAndCannotBeWrittenOn() {
        var store = start();
        store.tell(new StreamStore.Begin(RECEIVING));
        tell(store, replyTo -> write(0, MIB, replyTo));

        store.tell(new StreamStore.Abort("plan", PEER, 0));
        tell(store, replyTo -> write(0, MIB, replyTo));

        assertThat(answers.get(1)).isInstanceOf(StreamStore.IoFailed.class);
        assertThat(disk.used()).isEqualTo(9 * MIB);
        assertThat(disk.temporaries()).isZero();
    }

    @Test
    void aProcessThatStartsFindsItsTablesAndItsRecordButNothingHalfReceived() {
        var store = start();
        var record = NodeRecord.NEW.startedAt(Instant.EPOCH).with(Stage.COMPLETED);
        store.tell(new LocalStore.Remember(record));
        store.tell(new StreamStore.Begin(RECEIVING));
        tell(store, replyTo -> write(0, MIB, replyTo));
        assertThat(disk.used()).isEqualTo(10 * MIB);

        var restarted = start();
        tell(restarted, LocalStore.Recall::new);
        tell(restarted, LocalStore.GetLoad::new);

        assertThat(disk.used()).isEqualTo(9 * MIB);
        assertThat(answers).contains(record, new LocalStore.Load(9 * MIB));
    }

    @Test
    void theDiskTakesItsTimeOneThingAfterTheOther() {
        var store = start(StorageSettings.defaults().withSpeed(0, MIB));
        store.tell(new StreamStore.Begin(RECEIVING));
        var began = simulation.now();

        for (int i = 0; i < 3; i++) {
            ActorRef<Object> nobody = system.ignoreRef();
            store.tell(write(i, MIB, nobody));
        }
        tell(store, replyTo -> write(3, MIB, replyTo));

        assertThat(simulation.now().minus(began)).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aFullDiskRefusesWhatDoesNotFit() {
        var store = start(StorageSettings.defaults().withCapacity(10 * MIB));
        store.tell(new StreamStore.Begin(RECEIVING));

        tell(store, replyTo -> write(0, MIB, replyTo));
        tell(store, replyTo -> write(1, 1, replyTo));
        store.tell(new StreamStore.Discard(RECEIVING, 0));
        tell(store, replyTo -> write(1, 1, replyTo));

        assertThat(answers)
                .containsExactly(
                        new StreamStore.ChunkWritten(false),
                        new StreamStore.IoFailed("No space left on device"),
                        new StreamStore.ChunkWritten(false));
    }

    @Test
    void faultsAreSeenOncePerFileAndRotForEver() {
        var store = start();
        tell(store, SizedStorageTest::select);
        disk.faults().corruptNextReads(1);
        disk.faults().rot(TABLE, "nb-3-big-Data.db");
        answers.clear();

        for (var sstable : List.of("nb-1-big-Data.db", "nb-1-big-Data.db", "nb-3-big-Data.db", "nb-3-big-Data.db")) {
            tell(store, replyTo -> new StreamStore.Read("s", TABLE, sstable, 0, MIB, replyTo));
        }
        tell(store, replyTo -> new StreamStore.Read("s", TABLE, "nb-9-big-Data.db", 0, MIB, replyTo));

        assertThat(answers.subList(0, 4))
                .containsExactly(
                        new StreamStore.ChunkRead(true, Bytes.EMPTY),
                        new StreamStore.ChunkRead(false, Bytes.EMPTY),
                        new StreamStore.ChunkRead(true, Bytes.EMPTY),
                        new StreamStore.ChunkRead(true, Bytes.EMPTY));
        assertThat(answers.get(4)).isInstanceOf(StreamStore.IoFailed.class);
    }

    @Test
    void cleanupKeepsWhatIsOwnedAndWhatIsBeingSent() {
        var store = start();
        tell(store, SizedStorageTest::select);
        var owned = List.of(new KeyspaceRanges("shop", List.of(range(250, 1000))));

        tell(store, replyTo -> new Housekeeping.Cleanup(owned, replyTo));

        assertThat(answers).contains(new Housekeeping.Done(9 * MIB / 4));
        assertThat(disk.store().bytes()).isEqualTo(9 * MIB * 3 / 4);
        assertThat(disk.used()).isEqualTo(9 * MIB * 3 / 4 + 9 * MIB);
        tell(store, replyTo -> new StreamStore.Read("s", TABLE, "nb-1-big-Data.db", 0, MIB, replyTo));
        assertThat(answers).contains(new StreamStore.ChunkRead(false, Bytes.EMPTY));
        store.tell(new StreamStore.ReleaseAll("s"));
        simulation.run();
        assertThat(disk.used()).isEqualTo(disk.store().bytes());
    }

    @Test
    void cleanupLeavesOtherKeyspacesAndDropsAllOfANodeThatOwnsNothing() {
        var store = start();

        tell(store, replyTo -> new Housekeeping.Cleanup(List.of(new KeyspaceRanges("other", List.of())), replyTo));
        assertThat(disk.store().bytes()).isEqualTo(9 * MIB);
        tell(store, replyTo -> new Housekeeping.Cleanup(List.of(new KeyspaceRanges("shop", List.of())), replyTo));

        assertThat(disk.used()).isZero();
    }
}
