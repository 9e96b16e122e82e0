package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What befalls nodes and links. An empty {@code lasting} means until the end of the run, or until healed. */
public sealed interface Fault extends Step.Action {
    /** The node's process is gone at once; what was not synced is lost. */
    record Crash(NodeId node, Optional<Duration> restartAfter) implements Fault {}

    /** A crashed node starts again. */
    record Restart(NodeId node) implements Fault {}

    /** Nothing passes. */
    record Partition(Links links, Optional<Duration> lasting) implements Fault {}

    /** Messages wait on the links and go on, in order, afterwards. */
    record Hold(Links links, Optional<Duration> lasting) implements Fault {}

    /** A share of the messages is lost. */
    record Loss(Links links, double rate, Optional<Duration> lasting) implements Fault {}

    /** Ends every partition, hold and loss at once. */
    record Heal() implements Fault {}

    /** Of the files the node sends from now on, the first {@code files} arrive corrupt, once each. */
    record CorruptFile(NodeId node, int files) implements Fault {}

    /** The node's disk reads and writes no faster than this. */
    record SlowDisk(NodeId node, Rate read, Rate write, Optional<Duration> lasting) implements Fault {}

    /** The node's disk takes no more bytes. */
    record DiskFull(NodeId node, Optional<Duration> lasting) implements Fault {}

    /**
     * The links between nodes of different groups; no groups at all means every link of the ring.
     *
     * @param oneWay only what goes from the first group to the second
     */
    record Links(List<List<NodeId>> groups, boolean oneWay) {
        public static final Links ALL = new Links(List.of(), false);

        public Links {
            groups = groups.stream().map(List::copyOf).toList();
            if (groups.size() == 1) {
                throw new IllegalArgumentException("links run between at least two groups");
            }
            if (oneWay && groups.size() != 2) {
                throw new IllegalArgumentException("one way goes from one group to one other");
            }
        }
    }
}
