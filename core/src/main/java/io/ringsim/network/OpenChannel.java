package io.ringsim.network;

/** A channel this network has seen, by number. */
record OpenChannel(Channel<?> channel, int index) {
    boolean isReliable() {
        return channel.promise() == Channel.Promise.RELIABLE;
    }
}
