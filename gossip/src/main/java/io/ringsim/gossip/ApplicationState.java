package io.ringsim.gossip;

/** What a node says about itself by gossip, in the order of Cassandra 4.1's ordinals; 0.6 knows two, by their old names. */
enum ApplicationState {
    STATUS("MOVE"),
    LOAD("LOAD-INFORMATION"),
    SCHEMA(""),
    DC(""),
    RACK(""),
    RELEASE_VERSION(""),
    REMOVAL_COORDINATOR(""),
    RPC_ADDRESS(""),
    NET_VERSION(""),
    HOST_ID(""),
    TOKENS(""),
    RPC_READY("");

    /** The key in 0.6, where keys are texts; empty when 0.6 does not know it. */
    final String oldKey;

    ApplicationState(String oldKey) {
        this.oldKey = oldKey;
    }
}
