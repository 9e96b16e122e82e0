package io.ringsim.scenario;

/** Bytes per second; zero means as fast as it goes. */
public record Rate(long bytesPerSecond) {
    public static final Rate UNLIMITED = new Rate(0);

    public Rate {
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a rate must not be negative: " + bytesPerSecond);
        }
    }

    public boolean isUnlimited() {
        return bytesPerSecond == 0;
    }
}
