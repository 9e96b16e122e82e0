package io.ringsim.gossip;

import io.ringsim.network.Route;
import io.ringsim.network.SimulatedNetwork;
import java.time.Duration;
import java.util.ArrayList;

/**
 * Plays the heartbeats of all nodes. No heartbeat is an event or an actor's message: once per interval a node looks at
 * its watches, and the network says what each heartbeat and its answer would have met. While nothing is wrong anywhere
 * they are only counted. A node hears of it when a peer goes missing or comes back.
 */
final class Heartbeats {
    private static final ClusterMessage BEAT = new ClusterMessage.Heartbeat();
    private static final ClusterMessage REPLY = new ClusterMessage.HeartbeatReply();

    private final SimulatedClusterLayer layer;
    private final SimulatedNetwork network;
    private final ClusterSettings.FailureDetection settings;

    /** While no message takes longer than this, no heartbeat and answer together outlast the pause that is acceptable. */
    private final Duration negligible;

    private boolean quiet;

    Heartbeats(SimulatedClusterLayer layer, SimulatedNetwork network, ClusterSettings.FailureDetection settings) {
        this.layer = layer;
        this.network = network;
        this.settings = settings;
        this.negligible = settings.acceptablePause().dividedBy(4);
    }

    /** Chooses whom a node watches after its members or their reachability changed. */
    void choose(Row row) {
        count(row);
        var receivers = layer.order().receivers(row.number, row.members, row.down, settings.monitored());
        var chosen = new ArrayList<Watch>();
        for (int peer : receivers) {
            chosen.add(watch(row, peer));
        }
        for (var watch : row.watches) {
            if (watch.missing && row.members.get(watch.peer) && !chosen.contains(watch) && isSameLife(row, watch)) {
                watch.retired = true;
                chosen.add(watch);
            }
        }
        row.watches = chosen;
    }

    private Watch watch(Row row, int peer) {
        for (var watch : row.watches) {
            if (watch.peer == peer && isSameLife(row, watch)) {
                watch.retired = false;
                return watch;
            }
        }
        var node = layer.node(peer);
        return new Watch(
                peer,
                node,
                layer.generation(row, peer),
                network.route(row.node, node, ClusterMessage.CHANNEL),
                network.route(node, row.node, ClusterMessage.CHANNEL),
                new PhiAccrual(settings));
    }

    private boolean isSameLife(Row row, Watch watch) {
        return watch.generation == layer.generation(row, watch.peer);
    }

    /** One node's turn: finds out who is missing, then sends the next heartbeats. */
    void turn(Row row) {
        long now = layer.now();
        quiet = network.isQuiet(negligible);
        boolean changed = false;
        for (var watch : row.watches) {
            boolean missing = !watch.detector.isAvailable(now);
            changed |= missing != watch.missing;
            watch.missing = missing;
            beat(watch, now);
        }
        if (changed) {
            row.watches.removeIf(watch -> watch.retired && !watch.missing);
            row.actor.tell(Member.Signal.OBSERVED);
        }
    }

    /** Enters into the traffic what was only noted. */
    void count(Row row) {
        for (var watch : row.watches) {
            watch.there.count(watch.uncounted, BEAT);
            watch.back.count(watch.uncounted, REPLY);
            watch.uncounted = 0;
        }
    }

    private void beat(Watch watch, long now) {
        if (!layer.isRunning(watch.peer, watch.generation)) {
            watch.there.count(1, BEAT);
            expectFirst(watch, now);
        } else if (quiet && watch.back.isHeard() && watch.there.isHeard()) {
            watch.uncounted++;
            watch.detector.heartbeat(now);
        } else {
            long there = watch.there.probe(BEAT);
            long back = there == Route.LOST ? Route.LOST : watch.back.probe(REPLY);
            if (back == Route.LOST) {
                expectFirst(watch, now);
            } else {
                watch.detector.heartbeat(now + there + back);
            }
        }
        watch.begun = true;
    }

    /** A peer that never answered is missed from one interval after the first question on. */
    private static void expectFirst(Watch watch, long now) {
        if (watch.begun && !watch.detector.isMonitoring()) {
            watch.detector.heartbeat(now);
        }
    }
}
