package io.ringsim.storage;

import io.ringsim.data.TableId;
import io.ringsim.storage.sstable.ContentSource;
import java.io.IOException;

/** The content of what was chosen to be sent. For any thread. */
@FunctionalInterface
public interface OutgoingContent {
    /**
     * What a file is read from.
     *
     * @throws IOException when it was given up
     */
    ContentSource file(TableId table, String sstable) throws IOException;
}
