package io.ringsim.gossip;

import java.util.SortedMap;

/** The serialisation by which the bytes of gossip are counted: Cassandra's own. */
public enum WireFormat {
    /** Magic, header word and length; then id as text, sender, {@code GS}, verb, count of details and the body's length. */
    V0_6(5, 3 * WireFormat.NUMBER + 8 + 5 + 4 + 3 * WireFormat.NUMBER, true),

    /** Magic, id and timestamp; then sender, verb, count of parameters and the payload's length. */
    V2_1(5, 3 * WireFormat.NUMBER + 5 + 3 * WireFormat.NUMBER, false),

    /** A frame's header and trailer; then id, time, expiry, verb, flags and length as short numbers. */
    V4_1(7, 10 + 18, false);

    private static final int NUMBER = 4;

    /** A node's address: 1 byte and 4 of IPv4, from 4.0 on 2 more for the port. */
    private final int address;

    /** What stands around a message's body. */
    private final int envelope;

    /** Whether a state's key is a text rather than a number of 4 bytes. */
    private final boolean hasTextKeys;

    WireFormat(int address, int envelope, boolean hasTextKeys) {
        this.address = address;
        this.envelope = envelope;
        this.hasTextKeys = hasTextKeys;
    }

    int envelope() {
        return envelope;
    }

    int digest() {
        return address + 2 * NUMBER;
    }

    /** A state of which only the heartbeat is sent: address, generation, version, number of application states. */
    int heartbeat() {
        return address + 3 * NUMBER;
    }

    long syn(String clusterName, String partitioner, int digests) {
        int ofPartitioner = partitioner.isEmpty() ? 0 : StateText.utfBytes(partitioner);
        return (long) envelope + StateText.utfBytes(clusterName) + ofPartitioner + NUMBER + (long) digests * digest();
    }

    long ack(Delta delta) {
        return envelope + 2L * NUMBER + (hasTextKeys ? 1 : 0) + delta.bytes();
    }

    long ack2(Delta delta) {
        return envelope + NUMBER + delta.bytes();
    }

    /** Of the application states newer than a version. */
    long newerThan(int version, SortedMap<ApplicationState, VersionedValue> states) {
        long bytes = 0;
        for (var state : states.entrySet()) {
            if (state.getValue().version() > version) {
                bytes += bytes(state.getKey(), state.getValue());
            }
        }
        return bytes;
    }

    private long bytes(ApplicationState key, VersionedValue value) {
        if (hasTextKeys && key.oldKey.isEmpty()) {
            return 0;
        }
        int keyBytes = hasTextKeys ? StateText.utfBytes(key.oldKey) : NUMBER;
        return (long) keyBytes + StateText.utfBytes(value.value()) + NUMBER;
    }
}
