package io.ringsim.data;

import java.util.List;

/**
 * A question for rows of one partition.
 *
 * @param slices which rows, in order and without overlap; those of {@link #named} are single rows
 * @param columns which cells of them; all when empty
 * @param reversed whether the last rows come first
 * @param limit of live rows, at least 1
 */
public record PartitionQuery(
        TableId table, Key key, List<Slice> slices, List<Bytes> columns, boolean reversed, int limit) {
    public PartitionQuery {
        slices = List.copyOf(slices);
        columns = List.copyOf(columns);
        if (slices.isEmpty() || limit < 1) {
            throw new IllegalArgumentException("a query asks for something");
        }
    }

    public static PartitionQuery all(TableId table, Key key) {
        return slice(table, key, Slice.ALL, Integer.MAX_VALUE);
    }

    /**
     * A query for rows by name.
     *
     * @param clusterings in the table's order
     */
    public static PartitionQuery named(TableId table, Key key, List<Bytes> clusterings) {
        return new PartitionQuery(
                table, key, clusterings.stream().map(Slice::of).toList(), List.of(), false, Integer.MAX_VALUE);
    }

    public static PartitionQuery slice(TableId table, Key key, Slice slice, int limit) {
        return new PartitionQuery(table, key, List.of(slice), List.of(), false, limit);
    }

    /** The same rows, of which only these cells are wanted. */
    public PartitionQuery of(List<Bytes> wanted) {
        return new PartitionQuery(table, key, slices, wanted, reversed, limit);
    }

    /** The same rows, the last first. */
    public PartitionQuery backwards() {
        return new PartitionQuery(table, key, slices, columns, !reversed, limit);
    }

    /** Whether it asks for single rows by their names. */
    public boolean isNamed() {
        return slices.stream()
                .allMatch(slice -> slice.from().side() == -1
                        && slice.to().side() == 1
                        && slice.from().clustering().equals(slice.to().clustering()));
    }
}
