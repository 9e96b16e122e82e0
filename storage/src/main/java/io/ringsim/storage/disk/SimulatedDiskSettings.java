package io.ringsim.storage.disk;

/**
 * What a simulated disk can do.
 *
 * @param capacity bytes; files take whole pages of 4 KiB
 * @param readBytesPerSecond of a healthy disk
 * @param writeBytesPerSecond of a healthy disk
 * @param nanosPerOperation what every operation takes, however small
 * @param nanosPerForce what making a file or directory safe takes on top of it
 */
public record SimulatedDiskSettings(
        long capacity, long readBytesPerSecond, long writeBytesPerSecond, long nanosPerOperation, long nanosPerForce) {
    public SimulatedDiskSettings {
        if (capacity < 0
                || readBytesPerSecond <= 0
                || writeBytesPerSecond <= 0
                || nanosPerOperation < 0
                || nanosPerForce < 0) {
            throw new IllegalArgumentException("no disk has negative times or sizes, or no speed");
        }
    }

    /** A solid state disk of 1 TiB, as cloud machines have them. */
    public static SimulatedDiskSettings defaults() {
        return new SimulatedDiskSettings(1L << 40, 500_000_000, 400_000_000, 20_000, 200_000);
    }

    public SimulatedDiskSettings withCapacity(long bytes) {
        return new SimulatedDiskSettings(
                bytes, readBytesPerSecond, writeBytesPerSecond, nanosPerOperation, nanosPerForce);
    }
}
