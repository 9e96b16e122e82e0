package io.ringsim.coordinator;

import io.ringsim.data.Deletion;
import io.ringsim.data.Liveness;
import io.ringsim.data.Partition;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import io.ringsim.data.TableMetadata;
import java.util.ArrayList;
import java.util.List;

/** What one replica lacks of what several know together. */
final class Difference {
    private Difference() {}

    /**
     * What has to be written to a replica for it to know all of that.
     *
     * @param together what all know, and nothing that is covered by a deletion of it
     * @param theirs what the replica answered
     */
    static Partition of(Partition together, Partition theirs, TableMetadata table) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < together.rowCount(); i++) {
            var row = together.row(i);
            var same = theirs.row(row.clustering(), table.comparator());
            var missing = same.isPresent() ? of(row, same.get()) : row;
            if (!missing.isEmpty()) {
                rows.add(missing);
            }
        }
        var ranges = together.rangeTombstones().equals(theirs.rangeTombstones())
                ? List.<RangeTombstone>of()
                : together.rangeTombstones();
        return Partition.of(
                together.key(),
                of(together.deletion(), theirs.deletion()),
                of(together.staticRow(), theirs.staticRow()),
                rows,
                ranges);
    }

    private static Deletion of(Deletion together, Deletion theirs) {
        return together.equals(theirs) ? Deletion.LIVE : together;
    }

    private static Row of(Row together, Row theirs) {
        var cells = together.cells().stream()
                .filter(cell -> !theirs.cell(cell.column()).filter(cell::equals).isPresent())
                .toList();
        return Row.of(
                together.clustering(),
                together.liveness().equals(theirs.liveness()) ? Liveness.NONE : together.liveness(),
                of(together.deletion(), theirs.deletion()),
                cells);
    }
}
