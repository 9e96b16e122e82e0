package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;

/** One line of the timeline: something is done once its moment has come. */
public record Step(Start start, Action action) {
    /** What an operator does, or what befalls the ring. */
    public sealed interface Action permits Operation, Fault {}

    /** When a step begins. A condition is looked at from the start of the run; the step happens once. */
    public sealed interface Start {}

    /** At a moment of virtual time. */
    public record At(Duration time) implements Start {}

    /** As soon as the node is in the state in the eyes of every running node, as an operator would look. */
    public record WhenState(NodeId node, NodeState state) implements Start {}

    /** As soon as the node sends or receives the first byte of a file. */
    public record WhenStreaming(NodeId node) implements Start {}

    /**
     * As soon as the node has received that share of the bytes of its stream plan.
     *
     * @param fraction 0 to 1
     */
    public record WhenReceived(NodeId node, double fraction) implements Start {}
}
