package io.ringsim.storage;

import java.time.Duration;

/**
 * How large and how fast a node's disk is.
 *
 * @param model what sections of SSTables cost in bytes
 * @param readBytesPerSecond 0 for a disk that reads in no time
 * @param writeBytesPerSecond 0 for a disk that writes in no time
 * @param syncTime what making a file durable takes, after its bytes were written
 * @param capacity bytes that fit; {@link Long#MAX_VALUE} for no limit
 */
public record StorageSettings(
        SizeModel model, long readBytesPerSecond, long writeBytesPerSecond, Duration syncTime, long capacity) {
    public StorageSettings {
        if (readBytesPerSecond < 0 || writeBytesPerSecond < 0 || syncTime.isNegative() || capacity < 0) {
            throw new IllegalArgumentException("a disk has no negative speed, sync time or capacity");
        }
    }

    /** An ordinary SSD: 500 MiB/s either way, 2 ms to sync, never full. */
    public static StorageSettings defaults() {
        return new StorageSettings(SizeModel.defaults(), 500L << 20, 500L << 20, Duration.ofMillis(2), Long.MAX_VALUE);
    }

    public StorageSettings with(SizeModel other) {
        return new StorageSettings(other, readBytesPerSecond, writeBytesPerSecond, syncTime, capacity);
    }

    public StorageSettings withSpeed(long readBytes, long writeBytes) {
        return new StorageSettings(model, readBytes, writeBytes, syncTime, capacity);
    }

    public StorageSettings withCapacity(long bytes) {
        return new StorageSettings(model, readBytesPerSecond, writeBytesPerSecond, syncTime, bytes);
    }
}
