package io.ringsim.network;

import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a node's network card. A message that finds it free passes while it still arrives (its first
 * byte came an airtime before its last); only the card's own limit and other messages make it wait.
 */
final class Ingress implements Runnable {
    private final Wire wire;
    private final FairQueue queue = new FairQueue();
    private Bandwidth bandwidth;
    private long busyUntil;
    private @Nullable Packet inService;

    Ingress(Wire wire, Bandwidth bandwidth) {
        this.wire = wire;
        this.bandwidth = bandwidth;
    }

    void limit(Bandwidth changed) {
        bandwidth = changed;
    }

    long busyFor() {
        return Math.max(0, busyUntil - wire.now());
    }

    void offer(Lane lane, Packet packet) {
        if (inService != null) {
            queue.add(lane, packet);
            return;
        }
        queue.pass(lane, packet.bytes);
        long began = Math.max(busyUntil, wire.now() - packet.airtime);
        busyUntil = Math.max(wire.now(), began + bandwidth.nanosFor(packet.bytes));
        if (busyUntil > wire.now()) {
            inService = packet;
            wire.schedule(busyUntil, this);
        } else {
            wire.receive(packet);
        }
    }

    @Override
    public void run() {
        var received = inService;
        inService = queue.poll();
        if (inService == null) {
            queue.idle();
        } else {
            busyUntil = wire.now() + bandwidth.nanosFor(inService.bytes);
            wire.schedule(busyUntil, this);
        }
        if (received != null) {
            wire.receive(received);
        }
    }
}
