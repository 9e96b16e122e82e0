package io.ringsim.storage.commitlog;

import io.ringsim.data.Mutation;
import java.io.IOException;

/** A write takes more bytes than the commit log accepts; it was not written. */
public final class MutationTooLarge extends IOException {
    private static final long serialVersionUID = 1L;

    MutationTooLarge(Mutation mutation, long size, int max) {
        super("a write of " + size + " bytes to key " + mutation.key() + " of " + mutation.keyspace()
                + " is more than the " + max
                + " that the commit log takes; split it, or raise the segment size, half of which is the limit");
    }
}
