package io.ringsim.ring;

/** How keys become tokens. */
public interface Partitioner {
    /** The class name without its package: {@code Murmur3Partitioner}. */
    String name();

    /** The token of a key; the empty key gets the minimum. */
    Token token(byte[] key);

    Token minimum();
}
