package io.ringsim.scenario;

import java.util.Arrays;
import java.util.Optional;

/** Whose behaviour a ring has: which generation of Cassandra. */
public enum Profile {
    V0_6("0.6"),
    V2_1("2.1"),
    V4_1("4.1");

    private final String version;

    Profile(String version) {
        this.version = version;
    }

    public static Optional<Profile> of(String version) {
        return Arrays.stream(values())
                .filter(profile -> profile.version.equals(version))
                .findFirst();
    }

    @Override
    public String toString() {
        return version;
    }
}
