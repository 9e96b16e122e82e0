package io.ringsim.gossip;

import akka.actor.typed.javadsl.TimerScheduler;
import java.time.Duration;
import java.util.BitSet;

/** When a node forgets others: those that left at their expiry, and joiners that are silent for too long. */
final class Deadlines {
    private final TimerScheduler<Member.Message> timers;
    private final SimulatedClusterLayer layer;
    private final SilentJoiners joiners = new SilentJoiners();

    Deadlines(TimerScheduler<Member.Message> timers, SimulatedClusterLayer layer) {
        this.timers = timers;
        this.layer = layer;
    }

    /** There is news of a peer. */
    void note(NodeState state) {
        joiners.note(state.number(), state.endpoint().status().isBootstrapping());
        var expired = new Member.Expired(state.number());
        if (state.expires() < Long.MAX_VALUE) {
            timers.startSingleTimer(expired, Duration.ofNanos(state.expires() - layer.now()));
        } else {
            timers.cancel(expired);
        }
    }

    void forget(int number) {
        joiners.note(number, false);
    }

    /** These are taken for unreachable now. */
    void unreachable(BitSet down) {
        joiners.changes(down).forEach(number -> {
            var tooLong = new Member.SilentTooLong(number);
            if (joiners.isSilent(number)) {
                timers.startSingleTimer(tooLong, layer.settings().failedBootstrapTimeout());
            } else {
                timers.cancel(tooLong);
            }
        });
    }
}
