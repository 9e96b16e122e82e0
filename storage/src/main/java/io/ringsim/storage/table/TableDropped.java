package io.ringsim.storage.table;

import io.ringsim.data.TableId;
import java.io.IOException;

/** A table refuses everything because it was dropped; the message names it. */
public final class TableDropped extends IOException {
    private static final long serialVersionUID = 1L;

    TableDropped(TableId table) {
        super("table " + table + " was dropped");
    }
}
