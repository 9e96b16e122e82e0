package io.ringsim.network;

/** The sending half of a node's network card. */
final class Egress implements Runnable {
    private final Wire wire;
    private final FairQueue queue = new FairQueue();
    private Bandwidth bandwidth;
    private long busyUntil;
    private boolean waking;

    Egress(Wire wire, Bandwidth bandwidth) {
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
        if (queue.isEmpty() && !waking && busyUntil <= wire.now()) {
            queue.idle();
        }
        queue.add(lane, packet);
        wake();
    }

    void block(Lane lane) {
        queue.block(lane);
    }

    void unblock(Lane lane) {
        queue.unblock(lane);
        wake();
    }

    int clear(Lane lane) {
        return queue.clear(lane);
    }

    @Override
    public void run() {
        waking = false;
        serve();
    }

    private void wake() {
        if (waking) {
            return;
        }
        if (busyUntil > wire.now()) {
            wakeLater();
        } else {
            serve();
        }
    }

    private void wakeLater() {
        waking = true;
        wire.schedule(busyUntil, this);
    }

    private void serve() {
        var packet = queue.poll();
        if (packet == null) {
            return;
        }
        packet.airtime = bandwidth.nanosFor(packet.bytes);
        busyUntil = wire.now() + packet.airtime;
        packet.sentAt = busyUntil;
        if (!queue.isEmpty()) {
            wakeLater();
        }
        wire.transmit(packet);
    }
}
