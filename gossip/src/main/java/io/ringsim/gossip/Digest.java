package io.ringsim.gossip;

/** The fingerprints of all a node knows, shelf by shelf. */
final class Digest {
    /** A key's name and a SHA-1, as Distributed Data sends them. */
    static final long BYTES_PER_SHELF = 32;

    private final long[] fingerprints;

    /** Takes the array as its own; nobody may write to it any more. */
    Digest(long[] fingerprints) {
        this.fingerprints = fingerprints;
    }

    int shelves() {
        return fingerprints.length;
    }

    long fingerprint(int shelf) {
        return shelf < fingerprints.length ? fingerprints[shelf] : 0;
    }

    long bytes() {
        return 4 + fingerprints.length * BYTES_PER_SHELF;
    }
}
