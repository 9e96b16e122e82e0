package io.ringsim.streaming;

import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.data.TableId;
import io.ringsim.storage.StreamableFile;

/**
 * The content of one session's files: on their way to the peer, and from it. What becomes of them is told to the session as
 * messages. A seam: modelled content travels as chunks over the network ({@link ChunkedContent}), real content will over
 * connections of its own.
 */
interface SessionContent {
    /** Gets ready for files to the peer, from it, or both; to receive is to grant the peer its first bytes. Called once. */
    void begin(boolean sends, boolean receives);

    /** Sends a file, after those asked for before. */
    void send(TableId table, int sequence, StreamableFile file);

    /** The peer may be sent so many bytes more; nothing to one that is sent nothing. */
    void granted(long bytes);

    void arrived(StreamMessage.File file);

    void arrived(StreamMessage.Chunk chunk);

    /** Ends both directions at once. */
    void close();

    /** Makes the content of each session of a node. */
    interface Factory {
        /**
         * The content of a session that was just made.
         *
         * @param selection under which the store holds the references to what is sent
         */
        SessionContent open(ActorContext<StreamSession.Command> session, SessionId id, Wire wire, String selection);
    }
}
