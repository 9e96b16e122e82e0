package io.ringsim.bench;

/** The members of one cluster, all in this JVM, each with a port of its own on loopback. */
interface Crowd extends AutoCloseable {
    /** Starts so many members together. */
    @FunctionalInterface
    interface Starter {
        /** The sightings are told whom each member sees from now on. */
        Crowd start(int members, Sightings sightings);
    }

    /**
     * Ends one member at once: it is silent and its sockets are closed, and nobody is told.
     *
     * @return what the sightings call it
     */
    String kill();

    /** Ends all of them and their threads. */
    @Override
    void close();
}
