package io.ringsim.network;

/** How fast a network card moves bytes one way. */
record Bandwidth(double nanosPerByte) {
    static Bandwidth of(long bytesPerSecond) {
        return new Bandwidth(bytesPerSecond == NetworkSettings.UNLIMITED ? 0 : 1e9 / bytesPerSecond);
    }

    long nanosFor(long bytes) {
        return (long) Math.ceil(bytes * nanosPerByte);
    }
}
