package io.ringsim.operation;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.NodeRecord;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.util.List;

/**
 * What an operator asks of a node: one actor that takes its steps in order and ends in exactly one outcome. Its owner,
 * the node, keeps it informed of the ring and is told of each step.
 */
public interface Operation {
    sealed interface Command permits RingChanged, Cancel, Force, Waited, Streamed, Confirmed {}

    /** The node's view of the ring or of who is alive changed. */
    record RingChanged(Surroundings now) implements Command {}

    /** Ends the operation; the ring stays as it is announced now. */
    record Cancel(String reason) implements Command {}

    /** Ends a removal as if all it waits for had come. */
    enum Force implements Command {
        INSTANCE
    }

    /** The delay of the present step is over. */
    enum Waited implements Command {
        INSTANCE
    }

    /** News of the operation's stream plan. */
    record Streamed(RangeStreamer.Event event) implements Command {}

    /** A peer has done its part of a removal. */
    record Confirmed(NodeId peer) implements Command {}

    sealed interface Event permits Step, Remember, Streaming, Ended {}

    /** The operation has come to a step, in the words an operator knows from the log. */
    record Step(String text) implements Event {}

    /** What the node has to remember across a restart from now on. */
    record Remember(NodeRecord.Stage stage, List<Token> tokens, List<Transfer> done) implements Event {
        public Remember {
            tokens = List.copyOf(tokens);
            done = List.copyOf(done);
        }
    }

    /** The streams of the operation moved on. */
    record Streaming(RangeStreamer.Event event) implements Event {}

    /** The operation's only outcome. */
    record Ended(Outcome outcome) implements Event {}

    sealed interface Outcome permits Completed, Failed, Refused {
        /** The sessions it streamed with, in the order in which they ended. */
        default List<SessionResult> sessions() {
            return List.of();
        }
    }

    record Completed(List<SessionResult> sessions) implements Outcome {
        public Completed {
            sessions = List.copyOf(sessions);
        }
    }

    /** It began and could not end well: the node stays in the state it announced, and the operation can be resumed. */
    record Failed(String reason, List<SessionResult> sessions) implements Outcome {
        public Failed {
            sessions = List.copyOf(sessions);
        }
    }

    /** It was not begun: nothing changed. */
    record Refused(String reason) implements Outcome {}
}
