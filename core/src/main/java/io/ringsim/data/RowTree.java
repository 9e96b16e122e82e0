package io.ringsim.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.BinaryOperator;

/**
 * The rows of a partition in order: a B-tree that does not change, but gives a changed one that shares most of its nodes.
 * So a writer replaces a partition by compare-and-set, and whoever reads the old one goes on undisturbed.
 */
abstract sealed class RowTree {
    private static final int FAN_OUT = 32;

    static final RowTree EMPTY = new Leaf(new Row[0]);

    abstract int size();

    /** The row at that place in the order, from 0. */
    abstract Row get(int index);

    /** How many rows come before the position. */
    abstract int indexOf(Position position, Comparator<Bytes> order);

    /** This node with the row in it, as one node or split in two. */
    abstract RowTree[] insert(Row row, Comparator<Bytes> order, BinaryOperator<Row> merge);

    abstract Row first();

    /** The tree with the row in it, merged with the one of its name. */
    RowTree with(Row row, Comparator<Bytes> order, BinaryOperator<Row> merge) {
        var nodes = insert(row, order, merge);
        return nodes.length == 1 ? nodes[0] : new Branch(nodes);
    }

    /** A tree of rows that are in order already. */
    static RowTree of(Row... sorted) {
        if (sorted.length <= FAN_OUT) {
            return new Leaf(sorted);
        }
        RowTree[] level = new RowTree[(sorted.length + FAN_OUT - 1) / FAN_OUT];
        for (int i = 0; i < level.length; i++) {
            level[i] = new Leaf(Arrays.copyOfRange(sorted, i * FAN_OUT, Math.min(sorted.length, (i + 1) * FAN_OUT)));
        }
        while (level.length > 1) {
            var above = new RowTree[(level.length + FAN_OUT - 1) / FAN_OUT];
            for (int i = 0; i < above.length; i++) {
                above[i] =
                        new Branch(Arrays.copyOfRange(level, i * FAN_OUT, Math.min(level.length, (i + 1) * FAN_OUT)));
            }
            level = above;
        }
        return level[0];
    }

    private static final class Leaf extends RowTree {
        private final Row[] rows;

        private Leaf(Row[] rows) {
            this.rows = rows;
        }

        @Override
        int size() {
            return rows.length;
        }

        @Override
        Row get(int index) {
            return rows[index];
        }

        @Override
        Row first() {
            return rows[0];
        }

        @Override
        int indexOf(Position position, Comparator<Bytes> order) {
            int low = 0;
            int high = rows.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (rows[middle].position().compareTo(position, order) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }

        @Override
        RowTree[] insert(Row row, Comparator<Bytes> order, BinaryOperator<Row> merge) {
            int index = indexOf(row.position(), order);
            if (index < rows.length && order.compare(rows[index].clustering(), row.clustering()) == 0) {
                var changed = rows.clone();
                changed[index] = merge.apply(rows[index], row);
                return new RowTree[] {new Leaf(changed)};
            }
            var grown = new Row[rows.length + 1];
            System.arraycopy(rows, 0, grown, 0, index);
            grown[index] = row;
            System.arraycopy(rows, index, grown, index + 1, rows.length - index);
            if (grown.length <= FAN_OUT) {
                return new RowTree[] {new Leaf(grown)};
            }
            int half = splitPoint(grown.length, index);
            return new RowTree[] {
                new Leaf(Arrays.copyOfRange(grown, 0, half)), new Leaf(Arrays.copyOfRange(grown, half, grown.length))
            };
        }
    }

    private static final class Branch extends RowTree {
        private final RowTree[] children;
        /** How many rows are in the children up to and with this one. */
        private final int[] ends;

        private Branch(RowTree[] children) {
            this.children = children;
            this.ends = new int[children.length];
            int end = 0;
            for (int i = 0; i < children.length; i++) {
                end += children[i].size();
                ends[i] = end;
            }
        }

        @Override
        int size() {
            return ends[ends.length - 1];
        }

        @Override
        Row get(int index) {
            int child = Arrays.binarySearch(ends, index + 1);
            child = child < 0 ? -child - 1 : child;
            return children[child].get(index - start(child));
        }

        @Override
        Row first() {
            return children[0].first();
        }

        private int start(int child) {
            return child == 0 ? 0 : ends[child - 1];
        }

        private int childFor(Position position, Comparator<Bytes> order) {
            int low = 0;
            int high = children.length - 1;
            while (low < high) {
                int middle = (low + high + 1) >>> 1;
                if (children[middle].first().position().compareTo(position, order) <= 0) {
                    low = middle;
                } else {
                    high = middle - 1;
                }
            }
            return low;
        }

        @Override
        int indexOf(Position position, Comparator<Bytes> order) {
            int child = childFor(position, order);
            return start(child) + children[child].indexOf(position, order);
        }

        @Override
        RowTree[] insert(Row row, Comparator<Bytes> order, BinaryOperator<Row> merge) {
            int child = childFor(row.position(), order);
            var replaced = children[child].insert(row, order, merge);
            if (replaced.length == 1) {
                var changed = children.clone();
                changed[child] = replaced[0];
                return new RowTree[] {new Branch(changed)};
            }
            var grown = new RowTree[children.length + 1];
            System.arraycopy(children, 0, grown, 0, child);
            grown[child] = replaced[0];
            grown[child + 1] = replaced[1];
            System.arraycopy(children, child + 1, grown, child + 2, children.length - child - 1);
            if (grown.length <= FAN_OUT) {
                return new RowTree[] {new Branch(grown)};
            }
            int half = splitPoint(grown.length, child);
            return new RowTree[] {
                new Branch(Arrays.copyOfRange(grown, 0, half)),
                new Branch(Arrays.copyOfRange(grown, half, grown.length))
            };
        }
    }

    /** Rows that come in order leave full nodes behind. */
    private static int splitPoint(int length, int inserted) {
        return inserted >= length - 2 ? length - 1 : length / 2;
    }
}
