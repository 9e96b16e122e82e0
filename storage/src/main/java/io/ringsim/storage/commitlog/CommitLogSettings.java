package io.ringsim.storage.commitlog;

/**
 * How a commit log uses its disk and memory.
 *
 * @param segmentSize bytes of a file of the log
 * @param totalSpace bytes of all of them above which tables have to be flushed
 * @param maxMutationSize bytes of the largest write that is taken
 * @param bufferSize bytes of each of the two buffers in which writes wait for the disk; a larger write gets one of its own
 * @param growAhead bytes of zeros by which a file grows when little was written between two syncs, so that not every sync
 *     has to make a new file size safe as well; 0 for never
 * @param spareSegments files kept for later use when their content is needed no more
 */
public record CommitLogSettings(
        int segmentSize,
        long totalSpace,
        int maxMutationSize,
        int bufferSize,
        ReplayPolicy onCorruption,
        int growAhead,
        int spareSegments) {
    private static final int KIB = 1 << 10;
    private static final int MIB = 1 << 20;

    public CommitLogSettings {
        int largest = segmentSize - SegmentFormat.SEGMENT_OVERHEAD;
        if (maxMutationSize <= 0 || maxMutationSize > largest) {
            throw new IllegalArgumentException("the largest write takes 1 to " + largest + " bytes when a segment has "
                    + segmentSize + ", not " + maxMutationSize);
        }
        if (bufferSize < SegmentFormat.SEGMENT_OVERHEAD || growAhead < 0 || spareSegments < 0) {
            throw new IllegalArgumentException("a buffer has at least " + SegmentFormat.SEGMENT_OVERHEAD
                    + " bytes, and what grows ahead or is spared is not negative");
        }
    }

    /** For a node that has a real disk. */
    public static CommitLogSettings defaults() {
        return new CommitLogSettings(32 * MIB, 8L << 30, 16 * MIB, 4 * MIB, ReplayPolicy.STOP, MIB, 4);
    }

    /** For one of hundreds of nodes in one process, each on a simulated disk: takes little memory. */
    public static CommitLogSettings simulated() {
        return new CommitLogSettings(MIB, 64 * MIB, MIB / 2, 16 * KIB, ReplayPolicy.STOP, 0, 0);
    }

    public CommitLogSettings onCorruption(ReplayPolicy policy) {
        return new CommitLogSettings(
                segmentSize, totalSpace, maxMutationSize, bufferSize, policy, growAhead, spareSegments);
    }

    public CommitLogSettings withTotalSpace(long bytes) {
        return new CommitLogSettings(
                segmentSize, bytes, maxMutationSize, bufferSize, onCorruption, growAhead, spareSegments);
    }

    /** With that size of segments, and half of it for the largest write. */
    public CommitLogSettings withSegmentSize(int bytes) {
        return new CommitLogSettings(bytes, totalSpace, bytes / 2, bufferSize, onCorruption, growAhead, spareSegments);
    }
}
