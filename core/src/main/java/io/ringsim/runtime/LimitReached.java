package io.ringsim.runtime;

/** A limit of the simulation was reached, or somebody stopped it, before there was an answer. */
public final class LimitReached extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitReached(String message) {
        super(message);
    }
}
