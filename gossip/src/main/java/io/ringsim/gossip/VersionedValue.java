package io.ringsim.gossip;

/** One application state's value, a text, and the version under which the node said it. */
record VersionedValue(String value, int version) {}
