package io.ringsim.spi;

import akka.actor.typed.ActorRef;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import java.util.List;

/** The port that moves ranges of data between this node and others. */
public interface RangeStreamer {
    sealed interface Command permits Stream, Cancel, Extension {}

    /**
     * Moves the ranges: those whose {@code to} is this node are fetched, those whose {@code from} is this node are
     * sent. Replies with events, the last of which is {@link Finished}.
     *
     * @param plan names the plan; unique per node and generation
     * @param operation why: {@code Bootstrap}, {@code Unbootstrap}
     */
    record Stream(String plan, String operation, List<Transfer> transfers, ActorRef<? super Event> replyTo)
            implements Command {
        public Stream {
            transfers = List.copyOf(transfers);
        }
    }

    /** Ends a plan's sessions as failed. */
    record Cancel(String plan, String reason) implements Command {}

    /** What a streamer understands beyond the port: what it hears from its peers and tells itself. */
    non-sealed interface Extension extends Command {}

    sealed interface Event permits Prepared, Progress, SessionEnded, Finished {
        String plan();
    }

    /** Both ends of a session know what they will move. */
    record Prepared(
            String plan, NodeId peer, int filesToSend, long bytesToSend, int filesToReceive, long bytesToReceive)
            implements Event {}

    /** A file moved on: {@code bytes} of {@code total} by now. */
    record Progress(String plan, NodeId peer, Direction direction, String file, long bytes, long total)
            implements Event {}

    enum Direction {
        SENT,
        RECEIVED
    }

    /** One session's only outcome. */
    record SessionEnded(String plan, SessionResult result) implements Event {}

    /** The plan's only outcome, after all of its sessions ended; it succeeded when every session completed. */
    record Finished(String plan, List<SessionResult> sessions) implements Event {
        public Finished {
            sessions = List.copyOf(sessions);
        }

        public boolean succeeded() {
            return sessions.stream().allMatch(SessionResult::completed);
        }
    }

    /**
     * How a session ended.
     *
     * @param failure why it failed; empty when it completed
     * @param done the transfers that are finished for good: all of a completed session's
     */
    record SessionResult(
            NodeId peer,
            boolean completed,
            String failure,
            int filesSent,
            int filesReceived,
            long bytesSent,
            long bytesReceived,
            int retries,
            List<Transfer> done) {
        public SessionResult {
            done = List.copyOf(done);
        }
    }
}
