package io.ringsim.storage;

import static io.ringsim.storage.StoreWorld.TABLE;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import io.ringsim.data.Bytes;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.spi.LocalStore;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.disk.SimulatedDisk;
import io.ringsim.storage.engine.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What streaming may expect of any store. */
class StreamStoreContractTest {
    private static final int ROWS = 200;
    private static final int PIECE = 10_000;
    private static final NodeId PEER = new NodeId("n2");
    private static final ReceiveId RECEIVING = new ReceiveId("plan", PEER, 0, TABLE);
    private static final TokenRange ALL = new TokenRange(Partitioner.MURMUR3.minimum(), Partitioner.MURMUR3.minimum());
    private static final TokenRange HALF = new TokenRange(Partitioner.MURMUR3.minimum(), new LongToken(0));

    private enum Kind {
        SIZES,
        ROWS
    }

    private final StoreWorld world = new StoreWorld();

    @AfterEach
    void endOfTheWorld() {
        world.close();
    }

    private ActorRef<LocalStore.Command> source(Kind kind) {
        if (kind == Kind.SIZES) {
            var table = SizedTable.evenly(TABLE, 100_000, 2, Coverage.of(List.of(ALL)));
            return sized(new SizedDisk(SizedStore.EMPTY.with(table)));
        }
        var store = rows(SimulatedDisk.empty());
        world.apply(store, 0, ROWS / 2);
        world.ask(store, Housekeeping.Flush::new);
        world.apply(store, ROWS / 2, ROWS);
        return store;
    }

    private ActorRef<LocalStore.Command> receiver(Kind kind) {
        return kind == Kind.SIZES ? sized(SizedDisk.empty()) : rows(SimulatedDisk.empty());
    }

    private ActorRef<LocalStore.Command> sized(SizedDisk disk) {
        return world.spawn(SizedStorage.create(disk, StorageSettings.defaults()));
    }

    private ActorRef<LocalStore.Command> rows(SimulatedDisk disk) {
        return world.rows(disk, EngineSettings.simulated());
    }

    private List<StreamableFile> select(ActorRef<LocalStore.Command> store, TokenRange range) {
        var requests = List.of(new KeyspaceRanges("shop", List.of(range)));
        var selected = world.ask(store, replyTo -> new StreamStore.Select("s", requests, replyTo));
        return ((StreamStore.Selected) selected).files();
    }

    private Housekeeping.Open open(ActorRef<LocalStore.Command> store) {
        return (Housekeeping.Open) world.ask(store, Housekeeping.GetOpen::new);
    }

    private long load(ActorRef<LocalStore.Command> store) {
        return ((LocalStore.Load) world.ask(store, LocalStore.GetLoad::new)).bytes();
    }

    private Object write(ActorRef<LocalStore.Command> store, int sequence, long offset, int length, Bytes content) {
        return world.ask(
                store, replyTo -> new StreamStore.Write(RECEIVING, sequence, offset, length, content, replyTo));
    }

    /** Copies a file piece by piece. */
    private void copy(
            ActorRef<LocalStore.Command> from, StreamableFile file, ActorRef<LocalStore.Command> to, int sequence) {
        for (long offset = 0; offset < file.bytes(); offset += PIECE) {
            long at = offset;
            int length = (int) Math.min(PIECE, file.bytes() - offset);
            var read = (StreamStore.ChunkRead) world.ask(
                    from, replyTo -> new StreamStore.Read("s", file.table(), file.sstable(), at, length, replyTo));
            assertThat(read.corrupt()).isFalse();
            assertThat(write(to, sequence, at, length, read.content())).isEqualTo(new StreamStore.ChunkWritten(false));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsChosenIsReferredToUntilItIsReleased(Kind kind) {
        var store = source(kind);

        var files = select(store, ALL);

        assertThat(files).hasSize(2);
        assertThat(open(store)).isEqualTo(new Housekeeping.Open(2, 0));
        store.tell(new StreamStore.Release("s", TABLE, files.get(0).sstable()));
        store.tell(new StreamStore.Release("s", TABLE, files.get(0).sstable()));
        assertThat(open(store)).isEqualTo(new Housekeeping.Open(1, 0));
        store.tell(new StreamStore.ReleaseAll("s"));
        assertThat(open(store)).isEqualTo(new Housekeeping.Open(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReleasedCanNotBeReadAndWhatIsHeldCanThoughItIsCleanedUp(Kind kind) {
        var store = source(kind);
        var file = select(store, ALL).get(0);
        var nothing = List.of(new KeyspaceRanges("shop", List.of()));
        world.ask(store, replyTo -> new Housekeeping.Cleanup(nothing, replyTo));

        var held = world.ask(store, replyTo -> new StreamStore.Read("s", TABLE, file.sstable(), 0, 100, replyTo));
        store.tell(new StreamStore.ReleaseAll("s"));
        var released = world.ask(store, replyTo -> new StreamStore.Read("s", TABLE, file.sstable(), 0, 100, replyTo));

        assertThat(held).isInstanceOf(StreamStore.ChunkRead.class);
        assertThat(released).isInstanceOf(StreamStore.IoFailed.class);
        assertThat(load(store)).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsReceivedIsVisibleAllAtOnceAndOfWhatWasAskedFor(Kind kind) {
        var source = source(kind);
        var receiver = receiver(kind);
        var files = select(source, HALF);
        receiver.tell(new StreamStore.Begin(RECEIVING));
        for (int i = 0; i < files.size(); i++) {
            int sequence = i;
            var file = files.get(i);
            copy(source, file, receiver, sequence);
            assertThat(world.ask(
                            receiver,
                            replyTo ->
                                    new StreamStore.Seal(RECEIVING, sequence, file.sections(), file.stored(), replyTo)))
                    .isEqualTo(new StreamStore.Sealed(sequence));
        }
        assertThat(load(receiver)).isZero();
        assertThat(open(receiver)).isEqualTo(new Housekeeping.Open(0, 2));

        var committed = world.ask(receiver, replyTo -> new StreamStore.Commit(RECEIVING, replyTo));

        assertThat(committed).isEqualTo(new StreamStore.Committed(RECEIVING, 2));
        assertThat(load(receiver)).isPositive();
        assertThat(open(receiver)).isEqualTo(new Housekeeping.Open(0, 0));
        if (kind == Kind.ROWS) {
            for (int i = 0; i < ROWS; i++) {
                assertThat(world.has(receiver, i))
                        .as("row " + i)
                        .isEqualTo(HALF.contains(StoreWorld.key(i).token()));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsDiscardedIsReceivedAnew(Kind kind) {
        var source = source(kind);
        var receiver = receiver(kind);
        var file = select(source, ALL).get(0);
        receiver.tell(new StreamStore.Begin(RECEIVING));
        copy(source, file, receiver, 0);

        receiver.tell(new StreamStore.Discard(RECEIVING, 0));
        assertThat(open(receiver)).isEqualTo(new Housekeeping.Open(0, 0));
        copy(source, file, receiver, 0);

        assertThat(open(receiver)).isEqualTo(new Housekeeping.Open(0, 1));
        assertThat(world.ask(
                        receiver,
                        replyTo -> new StreamStore.Seal(RECEIVING, 0, file.sections(), file.stored(), replyTo)))
                .isEqualTo(new StreamStore.Sealed(0));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsAbortedLeavesNoTraceAndCannotBeWrittenOn(Kind kind) {
        var source = source(kind);
        var receiver = receiver(kind);
        var files = select(source, ALL);
        receiver.tell(new StreamStore.Begin(RECEIVING));
        copy(source, files.get(0), receiver, 0);
        copy(source, files.get(1), receiver, 1);
        world.ask(
                receiver,
                replyTo -> new StreamStore.Seal(
                        RECEIVING, 0, files.get(0).sections(), files.get(0).stored(), replyTo));

        receiver.tell(new StreamStore.Abort("plan", PEER, 0));
        world.simulation().runFor(Duration.ofSeconds(1));

        assertThat(open(receiver)).isEqualTo(new Housekeeping.Open(0, 0));
        assertThat(load(receiver)).isZero();
        assertThat(write(receiver, 2, 0, 10, Bytes.EMPTY)).isInstanceOf(StreamStore.IoFailed.class);
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatStartsFindsItsRecordAndWhatWasCommittedButNothingHalfReceived(Kind kind) {
        var record = NodeRecord.NEW.startedAt(Instant.EPOCH).with(NodeRecord.Stage.IN_PROGRESS);
        var source = source(kind);
        var files = select(source, ALL);
        var sizes = SizedDisk.empty();
        var disk = SimulatedDisk.empty();
        var receiver = kind == Kind.SIZES ? sized(sizes) : rows(disk);
        receiver.tell(new LocalStore.Remember(record));
        receiver.tell(new StreamStore.Begin(RECEIVING));
        copy(source, files.get(0), receiver, 0);
        world.ask(
                receiver,
                replyTo -> new StreamStore.Seal(
                        RECEIVING, 0, files.get(0).sections(), files.get(0).stored(), replyTo));
        world.ask(receiver, replyTo -> new StreamStore.Commit(RECEIVING, replyTo));
        long committed = load(receiver);
        receiver.tell(new StreamStore.Begin(new ReceiveId("other", PEER, 0, TABLE)));
        world.ask(
                receiver,
                replyTo -> new StreamStore.Write(
                        new ReceiveId("other", PEER, 0, TABLE), 0, 0, 3, Bytes.utf8("abc"), replyTo));

        var after = disk.crash(Randomness.of(1));
        world.stop(receiver);
        var again = kind == Kind.SIZES ? sized(sizes) : rows(after);

        assertThat(world.ask(again, LocalStore.Recall::new)).isEqualTo(record);
        assertThat(load(again)).isEqualTo(committed);
        assertThat(open(again)).isEqualTo(new Housekeeping.Open(0, 0));
    }

    @ParameterizedTest
    @EnumSource
    void aSelectionThatNobodyMadeCanBeReleasedButNotRead(Kind kind) {
        var store = source(kind);

        store.tell(new StreamStore.ReleaseAll("unknown"));
        var read = world.ask(store, replyTo -> new StreamStore.Read("unknown", TABLE, "1", 0, 10, replyTo));

        assertThat(read).isInstanceOf(StreamStore.IoFailed.class);
    }
}
