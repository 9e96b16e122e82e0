package io.ringsim.storage;

/**
 * What a stream of sections costs in bytes, when only the sizes of SSTables are known.
 *
 * <p>Checked against a measured bootstrap of Cassandra 5.0.5 (3 nodes of 7 to 8 SSTables, 16 vnodes, RF 2): the bytes each
 * peer sent are met within 0.4 %, where the chance of which rows lie in a range is about as large.
 *
 * @param dataPerMille of the bytes an SSTable takes on disk, those in its Data component, which is all that a stream of
 *     sections carries. 981 was measured there with 1 KiB rows; Index, Filter, Statistics and the rest are the others.
 * @param chunkBytes what a compressed chunk takes on disk. Chunks are sent whole, so that every end of a section inside
 *     the file adds half a chunk on average. Tables are made with 16 KiB chunks since Cassandra 4.0, with 64 KiB before.
 * @param entireSSTables whether an SSTable that lies wholly in the requested ranges is sent as it is, all its components
 *     (Cassandra 4.0 and later), instead of as sections
 * @param components files that make up an SSTable; an SSTable sent entire counts as that many files
 */
public record SizeModel(int dataPerMille, int chunkBytes, boolean entireSSTables, int components) {
    public SizeModel {
        if (dataPerMille < 1 || dataPerMille > 1000) {
            throw new IllegalArgumentException("of 1000 bytes, 1 to 1000 are data, not " + dataPerMille);
        }
        if (chunkBytes < 1 || components < 1) {
            throw new IllegalArgumentException("an SSTable has chunks and components");
        }
    }

    public static SizeModel defaults() {
        return new SizeModel(981, 16 * 1024, false, 7);
    }

    public SizeModel withEntireSSTables(boolean entire) {
        return new SizeModel(dataPerMille, chunkBytes, entire, components);
    }
}
