package io.ringsim.network;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.EventQueue;
import io.ringsim.runtime.Randomness;
import io.ringsim.runtime.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A simulated network without actors, and what its nodes' inboxes were told. */
final class NetworkWorld {
    /** Something an inbox was told; {@code lost} is empty unless a connection was lost. */
    record Told(NodeId node, NodeId peer, String text, Duration at, long bytes, boolean lost) {}

    static final NodeId N1 = new NodeId("n1");
    static final NodeId N2 = new NodeId("n2");
    static final NodeId N3 = new NodeId("n3");

    final VirtualClock clock = new VirtualClock();
    final EventQueue events = new EventQueue(clock);
    final SimulatedNetwork network;
    final List<Told> told = new ArrayList<>();

    NetworkWorld(long seed, NetworkSettings settings) {
        network = new SimulatedNetwork(clock, events, Randomness.of(seed), settings);
    }

    /** A network in which a message of any length takes exactly 1 ms. */
    static NetworkWorld steady() {
        return new NetworkWorld(1, steadySettings());
    }

    static NetworkSettings steadySettings() {
        var link = LinkQuality.of(new Latency.Constant(Duration.ofMillis(1)));
        return NetworkSettings.defaults()
                .withinDatacenters(link)
                .betweenDatacenters(link)
                .withBandwidth(NetworkSettings.UNLIMITED);
    }

    NetworkWorld attach(NodeId... nodes) {
        for (var node : nodes) {
            network.attach(node, Letter.POST, inbox(node));
            network.attach(node, Letter.RADIO, inbox(node));
        }
        return this;
    }

    Inbox<Letter> inbox(NodeId node) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, Letter message) {
                told.add(new Told(node, from, message.text(), clock.now(), message.wireBytes(), false));
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                told.add(new Told(node, peer, reason, clock.now(), 0, true));
            }
        };
    }

    void post(NodeId from, NodeId to, String text) {
        network.send(from, to, Letter.POST, Letter.of(text));
    }

    void radio(NodeId from, NodeId to, String text) {
        network.send(from, to, Letter.RADIO, Letter.of(text));
    }

    void at(Duration time, Runnable task) {
        events.schedule(time.minus(clock.now()).toNanos(), task);
    }

    /** Runs all events up to a time, and moves the clock there. */
    void runUntil(Duration time) {
        boolean[] reached = {false};
        at(time, () -> reached[0] = true);
        while (!reached[0]) {
            events.runNext();
        }
    }

    void run() {
        while (events.runNext()) {
            // each event does its work
        }
    }

    /** What a node received, in order. */
    List<String> received(NodeId node) {
        return told.stream()
                .filter(told -> told.node().equals(node) && !told.lost())
                .map(Told::text)
                .toList();
    }

    /** The connections a node was told it lost. */
    List<Told> losses(NodeId node) {
        return told.stream()
                .filter(told -> told.node().equals(node) && told.lost())
                .toList();
    }
}
