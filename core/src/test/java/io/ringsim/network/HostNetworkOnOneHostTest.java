package io.ringsim.network;

import io.ringsim.network.remote.HostNetwork;
import io.ringsim.network.remote.TestHost;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** The contract where all nodes are on one host. */
class HostNetworkOnOneHostTest extends NetworkContract {
    private final TestHost host = TestHost.start();
    private final HostNetwork network = host.network(node -> Optional.of(host.address()));

    @AfterEach
    void stop() {
        host.close();
    }

    @Override
    protected Network network() {
        return network;
    }

    @Override
    protected void settle() {
        // everything arrives at once
    }
}
