package io.ringsim.sim;

import io.ringsim.coordinator.ConsistencyLevel;
import io.ringsim.coordinator.NotCoordinated;
import io.ringsim.coordinator.ReadOutcome;
import io.ringsim.coordinator.Unavailable;
import io.ringsim.coordinator.WriteOutcome;
import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.node.Mode;
import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Clients that write and read a few keys at QUORUM through nodes by chance, and check what they are told. */
final class Clients {
    private static final TableId TABLE = new TableId("ks", "t");
    private static final Bytes NAME = Bytes.utf8("row");
    private static final Bytes COLUMN = Bytes.utf8("n");
    private static final int KEYS = 8;
    private static final int PAUSE_MILLIS = 250;

    private record Open<T>(ClientRequest<T> request, int register, long number, int start) {}

    private final SimulatedRing ring;
    private final Randomness chance;
    private final List<Key> keys = new ArrayList<>();
    private final List<Register> registers = new ArrayList<>();
    private final List<Open<WriteOutcome>> writes = new ArrayList<>();
    private final List<Open<ReadOutcome>> reads = new ArrayList<>();
    private long last;
    private int acknowledged;
    private int found;
    private int unsuccessful;

    Clients(SimulatedRing ring, Randomness chance) {
        this.ring = ring;
        this.chance = chance;
        for (int i = 0; i < KEYS; i++) {
            keys.add(Key.of(ring.design().partitioner(), Bytes.utf8("register" + i)));
            registers.add(new Register());
        }
    }

    /** Goes on for so long. */
    void runFor(Duration duration) {
        var end = ring.now().plus(duration);
        while (ring.now().compareTo(end) < 0) {
            step();
        }
    }

    void step() {
        ring.runFor(Duration.ofMillis(chance.nextInt(PAUSE_MILLIS)));
        collect();
        var running = ring.nodes().stream().filter(SimulatedNode::isRunning).toList();
        var coordinator = chance.pick(running);
        int register = chance.nextInt(KEYS);
        if (chance.nextBoolean()) {
            write(coordinator, register);
        } else {
            read(coordinator, register);
        }
    }

    private void write(SimulatedNode coordinator, int register) {
        last++;
        registers.get(register).begin(last);
        var key = keys.get(register);
        var row = Row.of(NAME, Cell.live(COLUMN, last, Bytes.ofLong(last)));
        var request = coordinator.write(Mutation.of(TABLE, Partition.of(key, row)), ConsistencyLevel.QUORUM);
        writes.add(new Open<>(request, register, last, coordinator.starts()));
    }

    private void read(SimulatedNode coordinator, int register) {
        var query = PartitionQuery.all(TABLE, keys.get(register));
        var request = coordinator.read(query, ConsistencyLevel.QUORUM);
        reads.add(new Open<>(request, register, registers.get(register).certain(), coordinator.starts()));
    }

    /** Takes in all outcomes; what was told before a read began counts for it. */
    private void collect() {
        take(writes, this::wrote);
        take(reads, this::read);
    }

    private interface Told<T> {
        void told(Open<T> open, T outcome);
    }

    private static <T> void take(Collection<Open<T>> requests, Told<T> told) {
        requests.removeIf(open -> {
            open.request().outcome().ifPresent(outcome -> told.told(open, outcome));
            return open.request().isDone();
        });
    }

    private void wrote(Open<WriteOutcome> open, WriteOutcome outcome) {
        var register = registers.get(open.register());
        if (outcome instanceof WriteOutcome.Written) {
            register.acknowledged(open.number());
            acknowledged++;
        } else if (outcome instanceof Unavailable || outcome instanceof NotCoordinated) {
            register.neverSent(open.number());
            unsuccessful++;
        } else {
            unsuccessful++;
        }
    }

    private void read(Open<ReadOutcome> open, ReadOutcome outcome) {
        if (outcome instanceof ReadOutcome.Found answer) {
            registers.get(open.register()).found(value(answer.partition()), open.number(), () -> describe(open));
            found++;
        } else {
            unsuccessful++;
        }
    }

    private String describe(Open<ReadOutcome> open) {
        return "seed " + ring.seed() + ": the read of register " + open.register() + " through "
                + open.request().coordinator() + " at " + open.request().began();
    }

    private static long value(Partition partition) {
        return partition.rows().stream()
                .findFirst()
                .flatMap(row -> row.cell(COLUMN))
                .map(cell -> cell.value().longAt(0))
                .orElse(0L);
    }

    /** Reads every register through every member, and lets all that was asked end. */
    void readAll() {
        for (int register = 0; register < KEYS; register++) {
            for (var node : ring.nodes()) {
                if (node.isRunning() && node.mode() == Mode.NORMAL) {
                    read(node, register);
                }
            }
        }
        ring.runFor(Duration.ofSeconds(10));
        collect();
    }

    /** Requests without an outcome though their coordinator has not crashed since. */
    List<NodeId> unanswered() {
        var unanswered = new ArrayList<NodeId>();
        for (var requests : List.of(writes, reads)) {
            for (var open : requests) {
                var node = ring.node(open.request().coordinator());
                if (node.starts() == open.start()) {
                    unanswered.add(node.id());
                }
            }
        }
        return unanswered;
    }

    List<String> violations() {
        return registers.stream()
                .flatMap(register -> register.violations().stream())
                .toList();
    }

    int acknowledged() {
        return acknowledged;
    }

    int found() {
        return found;
    }

    int unsuccessful() {
        return unsuccessful;
    }
}
