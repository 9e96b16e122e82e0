package io.ringsim.storage;

import static java.util.Objects.requireNonNullElse;

import java.io.IOException;

/** A store could not open what is on its disk; the message says what it met and what to do. */
public final class StoreNotOpened extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoreNotOpened(IOException reason) {
        super(requireNonNullElse(reason.getMessage(), "the disk failed"), reason);
    }
}
