package io.ringsim.streaming;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.network.WireMessage;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.KeyspaceRanges;
import java.util.List;

/**
 * What the two ends of a session say to each other: the messages of Cassandra 2.1, those of 4.1 where they differ, and {@link
 * Credit}, which carries the demand of the receiving disk where Cassandra has the TCP window.
 *
 * <p>Sizes on the wire follow Cassandra's serialisation: a header of message type and lengths, UUIDs for plan and table,
 * 16 bytes for a section or a range.
 */
public sealed interface StreamMessage extends WireMessage, StreamSession.Command {
    /** Message type, plan id, session index and length. */
    int HEADER_BYTES = 32;

    /** A table id and a sequence number. */
    int FILE_ID_BYTES = 20;

    int RANGE_BYTES = 16;

    SessionId session();

    /**
     * Opens one of the session's two connections; the first makes the follower create its end.
     *
     * @param forOutgoing whether the follower is to send on this connection; the initiator opens that one first
     */
    record StreamInit(SessionId session, String operation, boolean forOutgoing) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + 1L + operation.length();
        }
    }

    /** What the sender wants, and what it is going to send. */
    record Prepare(SessionId session, List<KeyspaceRanges> requests, List<Summary> summaries) implements StreamMessage {
        public Prepare {
            requests = List.copyOf(requests);
            summaries = List.copyOf(summaries);
        }

        @Override
        public long wireBytes() {
            long bytes = HEADER_BYTES + 8;
            for (var request : requests) {
                bytes += request.keyspace().length()
                        + 18
                        + (long) RANGE_BYTES * request.ranges().size();
            }
            return bytes + 28L * summaries.size();
        }
    }

    /** Profile 4.1: what the initiator wants, and what it is going to send. */
    record PrepareSyn(SessionId session, List<KeyspaceRanges> requests, List<Summary> summaries)
            implements StreamMessage {
        public PrepareSyn {
            requests = List.copyOf(requests);
            summaries = List.copyOf(summaries);
        }

        @Override
        public long wireBytes() {
            return new Prepare(session, requests, summaries).wireBytes();
        }
    }

    /** Profile 4.1: what the follower is going to send. */
    record PrepareSynAck(SessionId session, List<Summary> summaries) implements StreamMessage {
        public PrepareSynAck {
            summaries = List.copyOf(summaries);
        }

        @Override
        public long wireBytes() {
            return new Prepare(session, List.of(), summaries).wireBytes();
        }
    }

    /** Profile 4.1: the follower may send. */
    record PrepareAck(SessionId session) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES;
        }
    }

    /** All files of a table that one end is going to send. */
    record Summary(TableId table, int files, long bytes) {}

    /**
     * A file begins; its content follows as {@link Chunk}s.
     *
     * @param offset where in the file its content begins; above 0 when it was asked again and goes on
     */
    record File(SessionId session, TableId table, int sequence, long offset, FileHeader header)
            implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES
                    + FILE_ID_BYTES
                    + header.sstable().length()
                    + 28L
                    + (long) RANGE_BYTES * header.sections().size();
        }
    }

    /**
     * What a file is.
     *
     * @param sections what of the ring it covers
     * @param bytes of content that follow
     * @param stored bytes it takes on the receiver's disk
     * @param components files it counts as
     */
    record FileHeader(String sstable, List<TokenRange> sections, long bytes, long stored, int components) {
        public FileHeader {
            sections = List.copyOf(sections);
        }
    }

    /**
     * A part of a file's content: of modelled content its length and checksum.
     *
     * @param content its bytes; none of modelled content
     */
    record Chunk(SessionId session, TableId table, int sequence, long offset, int length, int checksum, Bytes content)
            implements StreamMessage {
        /** Session and file are known from the {@link File} before it: offset, length and checksum remain. */
        private static final int CHUNK_HEADER_BYTES = 16;

        @Override
        public long wireBytes() {
            return CHUNK_HEADER_BYTES + (long) length;
        }

        /** As it arrives when something on the way changed its content. */
        public Chunk corrupted() {
            return new Chunk(session, table, sequence, offset, length, ~checksum, content);
        }
    }

    /** The file is durable at the receiver. */
    record Received(SessionId session, TableId table, int sequence) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + FILE_ID_BYTES;
        }
    }

    /**
     * The file arrived corrupt: send it again.
     *
     * @param offset from there on; 0 is all of it
     */
    record Retry(SessionId session, TableId table, int sequence, long offset) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + FILE_ID_BYTES;
        }
    }

    /** The sender of this may receive so many bytes of content more. */
    record Credit(SessionId session, long bytes) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + 8;
        }
    }

    /**
     * The sender of this takes content on a connection of its own, see {@link io.ringsim.streaming.lane.DataChannels}.
     *
     * @param key that the connection has to show
     */
    record Listening(SessionId session, String host, int port, Bytes key) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + host.length() + 4L + key.size();
        }
    }

    /** All of the sender's tasks are complete. */
    record Complete(SessionId session) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES;
        }
    }

    /** The session failed at the sender's end; it is not answered. */
    record SessionFailed(SessionId session, String reason) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES + (long) reason.length();
        }
    }

    /** The sender is there. */
    record KeepAlive(SessionId session) implements StreamMessage {
        @Override
        public long wireBytes() {
            return HEADER_BYTES;
        }
    }
}
