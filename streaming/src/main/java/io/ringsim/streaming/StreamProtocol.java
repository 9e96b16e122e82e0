package io.ringsim.streaming;

/** Which of Cassandra's stream protocols the two ends of a session speak. */
public enum StreamProtocol {
    /** 2.0 to 3.x: Prepare both ways over two connections, Retry, Complete both ways. */
    V2_1,
    /** 4.0 and later: PrepareSyn, PrepareSynAck and PrepareAck over one, no Retry, Complete from the follower only. */
    V4_1;

    /** Whether this end says Complete when its tasks are done. */
    boolean saysComplete(boolean initiator) {
        return this == V2_1 || !initiator;
    }

    /** Whether this end waits for the other's Complete. */
    boolean hearsComplete(boolean initiator) {
        return this == V2_1 || initiator;
    }

    /** Whether a file that came corrupt is asked for again. */
    boolean retries() {
        return this == V2_1;
    }
}
