package io.ringsim.network;

/** Something one node says to another. Only records implement it; it holds values, never actor references. */
public interface WireMessage {
    /** Bytes on the wire, headers included. */
    long wireBytes();

    /** The kind under which its bytes are counted: the protocol's own word, {@code Prepare}. */
    default String kind() {
        return getClass().getSimpleName();
    }
}
