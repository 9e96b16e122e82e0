package io.ringsim.storage.engine;

import java.io.IOException;

/** Who is told what became of a write, exactly once, on any thread. */
public interface WriteOutcome {
    /** It is applied, and as safe as the {@link SyncMode} promises. */
    void acknowledged();

    /** It was not taken, or it is not known to be safe; it may be there after a restart nevertheless. */
    void refused(IOException reason);
}
