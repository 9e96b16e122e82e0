package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import io.ringsim.data.Position;
import io.ringsim.data.Unfiltered;
import java.util.Comparator;
import java.util.Optional;

/** Whether rows and markers are in order, and in the blocks that a column index has them in. */
final class BlockCheck {
    private final Comparator<Bytes> order;
    private final Optional<ColumnIndex> columns;
    private Position last = Position.BOTTOM;
    private boolean any;
    private int block;
    private Optional<String> wrong = Optional.empty();

    BlockCheck(Comparator<Bytes> order, Optional<ColumnIndex> columns) {
        this.order = order;
        this.columns = columns;
    }

    void add(Unfiltered item) {
        var position = item.position();
        if (any && last.compareTo(position, order) >= 0) {
            wrong = Optional.of(position + " comes after " + last);
        }
        if (columns.isPresent()) {
            var blocks = columns.get().blocks();
            if (any && last.equals(blocks.get(block).last())) {
                block++;
                if (block == blocks.size() || !blocks.get(block).first().equals(position)) {
                    wrong = Optional.of("no block begins at " + position);
                    block = Math.min(block, blocks.size() - 1);
                }
            } else if (!any && !blocks.get(0).first().equals(position)) {
                wrong = Optional.of("the first block does not begin at " + position);
            }
        }
        any = true;
        last = position;
    }

    Optional<String> finish() {
        if (wrong.isEmpty()
                && columns.isPresent()
                && !columns.get()
                        .blocks()
                        .get(columns.get().blocks().size() - 1)
                        .last()
                        .equals(last)) {
            return Optional.of("the last block does not end at " + last);
        }
        return wrong;
    }
}
