package io.ringsim.streaming;

import akka.actor.typed.Behavior;
import io.ringsim.storage.KeyspaceRanges;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Summary;
import java.util.List;

/** How the two ends of a session come to know what will move; one per {@link StreamProtocol}. */
sealed interface Handshake permits PrepareHandshake, SynAckHandshake {
    /** What a session does for its handshake. */
    interface Session {
        /** Asks the store for the files of these ranges; they come as {@link StreamSession.Chosen}. */
        void select(List<KeyspaceRanges> ranges);

        /** Goes on when both are known: the files this end sends, and what the peer will send. */
        Behavior<StreamSession.Command> stream(List<StreamableFile> files, List<Summary> theirs);
    }

    /** The initiator's: it has chosen its files, and there is something to send or to ask for. */
    Behavior<StreamSession.Command> initiate(List<KeyspaceRanges> requests, List<StreamableFile> files);

    /** The follower's: the first {@link StreamMessage.StreamInit} has just created it. */
    Behavior<StreamSession.Command> follow();
}
