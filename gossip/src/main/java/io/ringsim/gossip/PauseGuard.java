package io.ringsim.gossip;

/** After this node itself stood still, its peers' silence says nothing for a while. Times are milliseconds; they may wrap. */
final class PauseGuard {
    private final int pause;
    private int lastLooked;
    private int pausedAt;
    private boolean looked;
    private boolean paused;

    /** Standing still for longer than this counts as a pause, and so long after it nobody is convicted. */
    PauseGuard(int pause) {
        this.pause = pause;
    }

    /** Called each time the peers' silence is looked at: whether it may convict them. */
    boolean mayConvict(int now) {
        if (looked && now - lastLooked > pause) {
            paused = true;
            pausedAt = now;
        }
        looked = true;
        lastLooked = now;
        if (paused && now - pausedAt < pause) {
            return false;
        }
        paused = false;
        return true;
    }
}
