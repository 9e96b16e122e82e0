package io.ringsim.gossip;

/** Temporary. */
public record ClusterSettings() {
    public static ClusterSettings defaults() {
        return new ClusterSettings();
    }
}
