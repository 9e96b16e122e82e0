package io.ringsim.storage.codec;

/** Bytes that are no encoding of anything. Whoever read them knows the file and the offset, and says so. */
public final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    public Malformed(String what) {
        super(what);
    }
}
