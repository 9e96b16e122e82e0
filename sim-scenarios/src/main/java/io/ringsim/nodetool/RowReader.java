package io.ringsim.nodetool;

import java.util.Optional;

/** Knows the columns of one table. */
sealed interface RowReader permits RingRows, StatusRows {
    /** The node the line is about; nothing when the line is not a whole row: the cursor then knows why. */
    Optional<Row> read(Cursor cursor, int number, String line, String datacenter);
}
