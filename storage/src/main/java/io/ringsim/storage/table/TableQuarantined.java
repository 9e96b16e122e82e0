package io.ringsim.storage.table;

import io.ringsim.data.TableId;
import io.ringsim.storage.disk.CorruptFile;
import java.io.IOException;

/** A table refuses to be read and written because one of its files is corrupt; the message says which and what to do. */
public final class TableQuarantined extends IOException {
    private static final long serialVersionUID = 1L;

    TableQuarantined(TableId table, CorruptFile why) {
        super("table " + table + " is quarantined: " + why.getMessage(), why);
    }
}
