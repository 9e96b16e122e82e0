package io.ringsim.storage.table;

import io.ringsim.data.Bytes;
import io.ringsim.data.Deletion;
import io.ringsim.data.Marker;
import io.ringsim.data.Partition;
import io.ringsim.data.Position;
import io.ringsim.data.Row;
import io.ringsim.data.Unfiltered;
import io.ringsim.data.UnfilteredRows;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** As much of a partition as a query wants: no further than the last live row that its limit allows. */
record Limited(Partition partition, int liveRows, int tombstones) {
    static Limited of(UnfilteredRows source, List<Bytes> columns, int limit, long nowSeconds) {
        var content = new ArrayList<Unfiltered>();
        int live = 0;
        int tombstones = source.deletion().isLive() ? 0 : 1;
        var open = Deletion.LIVE;
        while (source.hasNext()) {
            var next = source.next();
            if (next instanceof Marker marker) {
                open = source.isReversed() ? marker.before() : marker.after();
                content.add(marker);
                tombstones++;
                continue;
            }
            var row = columns.isEmpty() ? (Row) next : ((Row) next).only(columns);
            content.add(row);
            tombstones += tombstones(row, nowSeconds);
            live += row.isLive(nowSeconds) ? 1 : 0;
            if (live == limit) {
                break;
            }
        }
        if (live == limit && !open.isLive()) {
            content.add(end((Row) content.get(content.size() - 1), open, source.isReversed()));
        }
        if (source.isReversed()) {
            Collections.reverse(content);
        }
        var staticRow =
                columns.isEmpty() ? source.staticRow() : source.staticRow().only(columns);
        var partition =
                Partition.of(new UnfilteredRows(source.key(), source.deletion(), staticRow, false, content.iterator()));
        return new Limited(partition, live, tombstones);
    }

    /** Closes the range tombstone that is open behind the last row. */
    private static Marker end(Row last, Deletion open, boolean reversed) {
        return reversed
                ? new Marker(Position.before(last.clustering()), Deletion.LIVE, open)
                : new Marker(Position.after(last.clustering()), open, Deletion.LIVE);
    }

    private static int tombstones(Row row, long nowSeconds) {
        int count = row.deletion().isLive() ? 0 : 1;
        for (int i = 0; i < row.size(); i++) {
            count += row.cell(i).isLive(nowSeconds) ? 0 : 1;
        }
        return count;
    }
}
