package io.ringsim.storage;

import akka.actor.typed.ActorRef;
import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.LocalStore;
import java.util.List;

/**
 * What streaming asks of a node's store, beyond the port.
 *
 * <p>A sender {@link Select}s files, which holds references to their SSTables, reads them and {@link Release}s them. A
 * receiver {@link Begin}s to receive for a table, writes and {@link Seal}s file by file, and at last {@link Commit}s, which
 * makes all of them visible in one step, or {@link Abort}s, which leaves no trace.
 */
public interface StreamStore {
    sealed interface Command extends LocalStore.Extension
            permits Select,
                    Release,
                    ReleaseAll,
                    Read,
                    Open,
                    Begin,
                    Write,
                    Receive,
                    Rewind,
                    Discard,
                    Seal,
                    Commit,
                    Abort {}

    /**
     * Flushes and chooses the files that hold the ranges, and refers to their SSTables until they are released.
     *
     * @param selection a name that the asker has used for no other selection, to read and release by
     */
    record Select(String selection, List<KeyspaceRanges> requests, ActorRef<? super SelectOutcome> replyTo)
            implements Command {
        public Select {
            requests = List.copyOf(requests);
        }
    }

    sealed interface SelectOutcome permits Selected, IoFailed {}

    /** What was chosen, table by table. */
    record Selected(List<StreamableFile> files) implements SelectOutcome {
        public Selected {
            files = List.copyOf(files);
        }
    }

    /** Gives up the reference to one SSTable of a selection; harmless when it was given up before. */
    record Release(String selection, TableId table, String sstable) implements Command {}

    /** Gives up all references of a selection that are left. */
    record ReleaseAll(String selection) implements Command {}

    /** Reads a chunk of a file as it is sent. */
    record Read(
            String selection,
            TableId table,
            String sstable,
            long offset,
            int length,
            ActorRef<? super ReadOutcome> replyTo)
            implements Command {}

    sealed interface ReadOutcome permits ChunkRead, IoFailed {}

    /**
     * The chunk is in memory.
     *
     * @param corrupt whether the disk gave other bytes than were written once; only a checksum can tell
     * @param content empty from a store that keeps sizes only
     */
    record ChunkRead(boolean corrupt, Bytes content) implements ReadOutcome {}

    /** The disk refused; trying again does not help. */
    record IoFailed(String reason)
            implements SelectOutcome,
                    ReadOutcome,
                    OpenOutcome,
                    WriteOutcome,
                    ReceiveOutcome,
                    RewindOutcome,
                    SealOutcome,
                    CommitOutcome {}

    /** Opens what was chosen, for one who moves it himself; a store that keeps sizes only has no content. */
    record Open(String selection, ActorRef<? super OpenOutcome> replyTo) implements Command {}

    sealed interface OpenOutcome permits Opened, IoFailed {}

    /** The content, to be had as long as the selection is held. */
    record Opened(OutgoingContent content) implements OpenOutcome {}

    /** Begins to receive files. */
    record Begin(ReceiveId id) implements Command {}

    /**
     * Appends a chunk to a file that is being received.
     *
     * @param content empty to a store that keeps sizes only
     */
    record Write(
            ReceiveId id, int sequence, long offset, int length, Bytes content, ActorRef<? super WriteOutcome> replyTo)
            implements Command {}

    sealed interface WriteOutcome permits ChunkWritten, IoFailed {}

    /**
     * The chunk is written, not yet durable.
     *
     * @param corrupt whether the file failed the check that follows a write and has to be received again
     */
    record ChunkWritten(boolean corrupt) implements WriteOutcome {}

    /** Opens what is received for a table in a session, for one who appends to it himself. */
    record Receive(ReceiveId id, ActorRef<? super ReceiveOutcome> replyTo) implements Command {}

    sealed interface ReceiveOutcome permits Receiving, IoFailed {}

    /** Takes content, as long as the session is not aborted. */
    record Receiving(IncomingContent content) implements ReceiveOutcome {}

    /** Forgets what of a file was not verified, to receive the rest again. */
    record Rewind(ReceiveId id, int sequence, ActorRef<? super RewindOutcome> replyTo) implements Command {}

    sealed interface RewindOutcome permits Rewound, IoFailed {}

    /**
     * The rest can be received.
     *
     * @param offset where it begins
     */
    record Rewound(int sequence, long offset) implements RewindOutcome {}

    /** Throws away what was received of one file, to receive it anew. */
    record Discard(ReceiveId id, int sequence) implements Command {}

    /**
     * Completes a received file and makes it durable, not yet visible.
     *
     * @param stored bytes it takes on disk from now on
     */
    record Seal(ReceiveId id, int sequence, Coverage coverage, long stored, ActorRef<? super SealOutcome> replyTo)
            implements Command {}

    sealed interface SealOutcome permits Sealed, IoFailed {}

    record Sealed(int sequence) implements SealOutcome {}

    /** Makes all sealed files visible, in one step. */
    record Commit(ReceiveId id, ActorRef<? super CommitOutcome> replyTo) implements Command {}

    sealed interface CommitOutcome permits Committed, IoFailed {}

    /** The files can be read. */
    record Committed(ReceiveId id, int sstables) implements CommitOutcome {}

    /** Ends all receiving in a session without a trace; what was committed stays. */
    record Abort(String plan, NodeId peer, int session) implements Command {}
}
