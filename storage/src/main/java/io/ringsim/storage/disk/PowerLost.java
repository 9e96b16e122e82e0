package io.ringsim.storage.disk;

import java.io.IOException;

/** The simulated machine went down at this operation or before it: {@link SimulatedDisk#crash} is what comes up again. */
public final class PowerLost extends IOException {
    private static final long serialVersionUID = 1L;

    PowerLost(String path) {
        super(path + ": the machine is down");
    }
}
