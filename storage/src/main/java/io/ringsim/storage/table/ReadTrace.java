package io.ringsim.storage.table;

/** Who is told the steps of a read, in the words of Cassandra's TRACING. */
@FunctionalInterface
public interface ReadTrace {
    ReadTrace NONE = new ReadTrace() {
        @Override
        public void step(String activity) {}

        @Override
        public boolean isListening() {
            return false;
        }
    };

    void step(String activity);

    /** Whether it wants to be told; nothing has to be put in words for one that does not. */
    default boolean isListening() {
        return true;
    }
}
