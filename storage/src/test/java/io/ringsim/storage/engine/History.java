package io.ringsim.storage.engine;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Liveness;
import io.ringsim.data.Mutation;
import io.ringsim.data.Partition;
import io.ringsim.data.PartitionQuery;
import io.ringsim.data.Position;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Random histories: a few keys and names, so that writes, deletions and expiry meet. */
final class History {
    private static final int KEYS = 6;
    private static final int NAMES = 12;
    private static final long START = 1_000_000;

    private final Randomness random;
    private final List<TableMetadata> schema;
    private final List<Step> steps = new ArrayList<>();
    private long millis;
    private long written;

    private History(Randomness random, List<TableMetadata> schema) {
        this.random = random;
        this.schema = schema;
    }

    static List<Step> random(Randomness random, List<TableMetadata> schema, int length) {
        var history = new History(random, schema);
        while (history.steps.size() < length) {
            history.add();
        }
        return history.steps;
    }

    private void add() {
        int dice = random.nextInt(100);
        if (dice < 45) {
            steps.add(new Step.Write(mutation()));
            steps.add(new Step.Work(random.nextInt(4)));
        } else if (dice < 62) {
            steps.add(new Step.Read(query()));
        } else if (dice < 66) {
            steps.add(new Step.Scan(1 + random.nextInt(3)));
        } else if (dice < 76) {
            steps.add(new Step.Work(1 + random.nextInt(8)));
        } else if (dice < 83) {
            int pass = random.nextInt(10) == 0 ? 15_000 : 1 + random.nextInt(1_500);
            millis += pass;
            steps.add(new Step.Pass(pass));
        } else if (dice < 88) {
            steps.add(new Step.Flush(random.nextInt(schema.size())));
        } else if (dice < 91) {
            steps.add(new Step.Compact(random.nextInt(schema.size())));
        } else if (dice < 95) {
            steps.add(new Step.PowerLoss(random.nextInt(60), random.nextLong()));
        } else if (dice < 96) {
            steps.add(new Step.Kill());
        } else if (dice < 98) {
            steps.add(new Step.CloseAndOpen(random.chance(0.5)));
        } else {
            steps.add(new Step.DiskFull(random.nextInt(30)));
            steps.add(new Step.Work(5));
            steps.add(new Step.Write(mutation()));
            steps.add(new Step.Work(5));
            steps.add(new Step.SpaceAgain());
        }
    }

    private Key key() {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8("key" + random.nextInt(KEYS)));
    }

    /** Later writes mostly have later timestamps. */
    private long timestamp() {
        return ++written * 10 - (random.nextInt(8) == 0 ? random.nextInt(40) : 0);
    }

    private long nowSeconds() {
        return START + millis / 1_000;
    }

    private Mutation mutation() {
        var key = key();
        var updates = new ArrayList<Mutation.Update>();
        int only = random.nextInt(schema.size() + 1); // sometimes all tables at once
        for (int i = 0; i < schema.size(); i++) {
            if (only == i || only == schema.size()) {
                updates.add(new Mutation.Update(schema.get(i).id(), partition(schema.get(i), key)));
            }
        }
        return new Mutation(key, updates);
    }

    private Partition partition(TableMetadata table, Key key) {
        int dice = random.nextInt(20);
        var deletion = new Deletion(timestamp(), nowSeconds());
        if (dice == 0) {
            return Partition.deleted(key, deletion);
        }
        if (dice < 3) {
            return Partition.deleted(key, new RangeTombstone(slice(table), deletion));
        }
        if (dice < 5) {
            return Partition.of(key, Row.deleted(name(), deletion));
        }
        var rows = new TreeMap<Bytes, Row>(table.comparator());
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var name = name();
            rows.put(name, row(table, name));
        }
        return Partition.of(key, List.copyOf(rows.values()));
    }

    private Row row(TableMetadata table, Bytes name) {
        var cells = new TreeMap<Bytes, Cell>(table.cellOrder());
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            var column = Bytes.utf8("c" + random.nextInt(3));
            int kind = random.nextInt(6);
            int ttl = kind == 1 ? 1 + random.nextInt(20) : 0;
            cells.put(
                    column,
                    kind == 0
                            ? Cell.tombstone(column, timestamp(), nowSeconds())
                            : Cell.expiring(column, timestamp(), ttl, nowSeconds(), value()));
        }
        var liveness = random.chance(0.5)
                ? Liveness.NONE
                : Liveness.expiring(timestamp(), random.chance(0.2) ? 1 + random.nextInt(20) : 0, nowSeconds());
        return Row.of(name, liveness, Deletion.LIVE, List.copyOf(cells.values()));
    }

    private Bytes value() {
        return Bytes.utf8((random.chance(0.5) ? "v" : "v".repeat(random.nextInt(60))) + random.nextInt(4));
    }

    private Bytes name() {
        return Bytes.utf8("r%02d".formatted(random.nextInt(NAMES)));
    }

    private Slice slice(TableMetadata table) {
        while (true) {
            var from = random.nextInt(4) == 0 ? Position.BOTTOM : bound();
            var to = random.nextInt(4) == 0 ? Position.TOP : bound();
            if (from.compareTo(to, table.comparator()) < 0) {
                return new Slice(from, to);
            }
        }
    }

    private Position bound() {
        return random.chance(0.5) ? Position.before(name()) : Position.after(name());
    }

    private PartitionQuery query() {
        var table = schema.get(random.nextInt(schema.size()));
        TableId id = table.id();
        var query = switch (random.nextInt(3)) {
            case 0 -> PartitionQuery.all(id, key());
            case 1 -> PartitionQuery.named(id, key(), List.of(name()));
            default -> PartitionQuery.slice(id, key(), slice(table), 1 + random.nextInt(NAMES));
        };
        if (query.isNamed() && random.chance(0.5)) {
            query = query.of(List.of(Bytes.utf8("c" + random.nextInt(3))));
        }
        return random.chance(0.3) ? query.backwards() : query;
    }
}
