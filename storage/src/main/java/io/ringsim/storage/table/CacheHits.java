package io.ringsim.storage.table;

/** How often a cache had what was asked for. */
public record CacheHits(long hits, long requests) {
    /** 0 to 1; 0 when nothing was asked for. */
    public double ratio() {
        return requests == 0 ? 0 : (double) hits / requests;
    }
}
