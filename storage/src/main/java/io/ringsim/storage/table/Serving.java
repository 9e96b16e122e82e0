package io.ringsim.storage.table;

import io.ringsim.data.TableId;
import io.ringsim.storage.disk.CorruptFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a table serves, and why not: one of its files is corrupt, or it was dropped. For any number of threads. */
public final class Serving {
    private final TableId table;
    private volatile @Nullable CorruptFile quarantined;
    private volatile boolean dropped;

    Serving(TableId table) {
        this.table = table;
    }

    /**
     * Checks that it serves.
     *
     * @throws TableDropped when it was dropped
     * @throws TableQuarantined when one of its files is corrupt
     */
    public void check() throws IOException {
        if (dropped) {
            throw new TableDropped(table);
        }
        var corrupt = quarantined;
        if (corrupt != null) {
            throw new TableQuarantined(table, corrupt);
        }
    }

    Optional<CorruptFile> quarantined() {
        return Optional.ofNullable(quarantined);
    }

    void quarantine(CorruptFile corrupt) {
        quarantined = corrupt;
    }

    public boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    /** Does something that reads files; a corrupt one quarantines the table. */
    public <T> T guarded(Io.Task<T> task) throws IOException {
        try {
            return task.run();
        } catch (CorruptFile corrupt) {
            quarantine(corrupt);
            throw corrupt;
        } catch (UncheckedIOException wrapped) {
            if (wrapped.getCause() instanceof CorruptFile corrupt) {
                quarantine(corrupt);
            }
            throw wrapped.getCause();
        }
    }
}
