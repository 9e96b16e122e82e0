package io.ringsim.streaming;

import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.data.TableId;
import io.ringsim.storage.StreamableFile;

/**
 * The content of one session's files: on their way to the peer, and from it. What becomes of them is told to the session as
 * messages. A seam: content travels as chunks over the network ({@link ChunkedContent}), or over connections of its own
 * ({@link LaneContent}).
 */
interface SessionContent {
    /** Gets ready for files to the peer, from it, or both; to receive is to grant the peer its first bytes. Called once. */
    void begin(boolean sends, boolean receives);

    /**
     * Sends a file, after those asked for before.
     *
     * @param offset from there on; what is before it arrived
     */
    void send(TableId table, int sequence, long offset, StreamableFile file);

    /** Takes what the peer says of content: that some arrives, or that some may be sent. */
    void heard(StreamMessage message);

    /** Ends both directions at once. */
    void close();

    /** Whether nothing of the content is seen on the network, so that silence there says nothing of it. */
    boolean isApart();

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
