package io.ringsim.data;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a table is declared: in old words, a column family.
 *
 * <p>A Standard table's rows order by {@code comparator}; in Cassandra 0.6 each is one column, whose value is the row's one
 * cell. A Super table's rows are its supercolumns; the cells in them, the subcolumns, order by {@code subcomparator}.
 *
 * @param comparator orders the rows of a partition: {@code CompareWith}
 * @param subcomparator orders the cells of a supercolumn: {@code CompareSubcolumnsWith}; Super tables only
 * @param indexed columns with a local secondary index
 */
public record TableMetadata(
        TableId id,
        ComparatorType comparator,
        Optional<ComparatorType> subcomparator,
        List<Bytes> indexed,
        TableOptions options) {
    public TableMetadata {
        indexed = List.copyOf(indexed);
    }

    /** A Standard table whose rows order as bytes. */
    public static TableMetadata standard(TableId id) {
        return standard(id, ComparatorType.BYTES);
    }

    public static TableMetadata standard(TableId id, ComparatorType comparator) {
        return new TableMetadata(id, comparator, Optional.empty(), List.of(), TableOptions.defaults());
    }

    public static TableMetadata superFamily(TableId id, ComparatorType comparator, ComparatorType subcomparator) {
        return new TableMetadata(id, comparator, Optional.of(subcomparator), List.of(), TableOptions.defaults());
    }

    public TableMetadata with(TableOptions changed) {
        return new TableMetadata(id, comparator, subcomparator, indexed, changed);
    }

    public TableMetadata indexing(Bytes... columns) {
        return new TableMetadata(id, comparator, subcomparator, List.of(columns), options);
    }

    public boolean isSuper() {
        return subcomparator.isPresent();
    }

    /** Orders the cells of a row by their names. */
    public Comparator<Bytes> cellOrder() {
        return subcomparator.orElse(ComparatorType.BYTES);
    }

    public Duration gcGrace() {
        return options.gcGrace();
    }
}
