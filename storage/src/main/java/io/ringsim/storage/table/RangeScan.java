package io.ringsim.storage.table;

import io.ringsim.data.Key;
import io.ringsim.data.Slice;
import io.ringsim.ring.TokenRange;
import java.util.Optional;

/**
 * A question for many partitions by their tokens, a page at a time.
 *
 * @param range the tokens
 * @param after the last key of the page before
 * @param slice which rows of each
 * @param partitions that a page holds at most, those that turn out to have nothing not counted
 * @param rows of each partition at most
 */
public record RangeScan(TokenRange range, Optional<Key> after, Slice slice, int partitions, int rows) {
    public RangeScan {
        if (partitions < 1 || rows < 1) {
            throw new IllegalArgumentException("a page holds something");
        }
    }

    /** The first page, of whole partitions. */
    public static RangeScan of(TokenRange range, int partitions) {
        return new RangeScan(range, Optional.empty(), Slice.ALL, partitions, Integer.MAX_VALUE);
    }

    /** The page after the one that ends with that key. */
    public RangeScan from(Key last) {
        return new RangeScan(range, Optional.of(last), slice, partitions, rows);
    }
}
