package io.ringsim.network;

class SimulatedNetworkTest extends NetworkContract {
    private final NetworkWorld world = new NetworkWorld(7, NetworkSettings.defaults());

    @Override
    protected Network network() {
        return world.network;
    }

    @Override
    protected void settle() {
        world.run();
    }
}
