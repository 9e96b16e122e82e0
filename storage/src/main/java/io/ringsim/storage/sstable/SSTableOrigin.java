package io.ringsim.storage.sstable;

/**
 * Where an SSTable's content comes from.
 *
 * @param from where in the commit log its writes begin
 * @param to where in the commit log its writes end
 * @param level of compaction, 0 for what was flushed or received
 * @param repairedAt when a repair covered all of it, in milliseconds since 1970; 0 never
 */
public record SSTableOrigin(LogBound from, LogBound to, int level, long repairedAt) {
    /** From no commit log, of level 0, never repaired. */
    public static final SSTableOrigin NONE = new SSTableOrigin(LogBound.NONE, LogBound.NONE, 0, 0);

    /** A position in a commit log. */
    public record LogBound(long segment, long offset) {
        public static final LogBound NONE = new LogBound(0, 0);

        public LogBound {
            if (segment < 0 || offset < 0) {
                throw new IllegalArgumentException("no position in a commit log: " + segment + ":" + offset);
            }
        }
    }

    public SSTableOrigin {
        if (level < 0 || repairedAt < 0) {
            throw new IllegalArgumentException(
                    "a level and a time of repair are not negative: " + level + ", " + repairedAt);
        }
    }
}
