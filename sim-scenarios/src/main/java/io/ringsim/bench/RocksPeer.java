package io.ringsim.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.CompressionType;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteOptions;

/**
 * RocksDB as a peer: LZ4 in blocks, a Bloom filter of ten bits a key, writers side by side, its own block cache, files
 * mapped for reading, and no compactions.
 */
final class RocksPeer implements AutoCloseable {
    private final BenchFolder folder = BenchFolder.fresh("rocksdb");
    private final List<AutoCloseable> owned = new ArrayList<>();
    private final WriteOptions writing;
    private final RocksDB rocks;

    private RocksPeer(int blockBytes, long memtableBytes, boolean sync) {
        try {
            RocksDB.loadLibrary();
            var bloom = own(new BloomFilter(10));
            var options = own(new Options())
                    .setCreateIfMissing(true)
                    .setCompressionType(CompressionType.LZ4_COMPRESSION)
                    .setWriteBufferSize(memtableBytes)
                    .setMaxWriteBufferNumber(2)
                    .setAllowConcurrentMemtableWrite(true)
                    .setEnablePipelinedWrite(true)
                    .setDisableAutoCompactions(true)
                    .setLevel0SlowdownWritesTrigger(1_000)
                    .setLevel0StopWritesTrigger(1_000)
                    .setAllowMmapReads(true)
                    .setTableFormatConfig(
                            new BlockBasedTableConfig().setBlockSize(blockBytes).setFilterPolicy(bloom));
            writing = own(new WriteOptions()).setSync(sync);
            rocks = own(RocksDB.open(options, folder.path().toString()));
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Whether the library is on the class path. */
    static boolean isThere() {
        return ClassLoader.getSystemResource("org/rocksdb/RocksDB.class") != null;
    }

    /**
     * An empty database.
     *
     * @param memtableBytes after which it flushes; twice that much it may hold in memory
     * @param sync whether a put waits until its row is on disk; else until the operating system has it
     */
    static RocksPeer open(int blockBytes, long memtableBytes, boolean sync) {
        return new RocksPeer(blockBytes, memtableBytes, sync);
    }

    private <T extends AutoCloseable> T own(T resource) {
        owned.add(0, resource);
        return resource;
    }

    void put(SampleRows rows, int index) throws IOException {
        try {
            rocks.put(writing, rows.key(index), rows.value(index));
        } catch (RocksDBException failed) {
            throw new IOException(failed);
        }
    }

    void flush() {
        try (var options = new FlushOptions().setWaitForFlush(true)) {
            rocks.flush(options);
        } catch (RocksDBException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The length of the row's value. */
    int get(SampleRows rows, int index) throws IOException {
        try {
            var value = rocks.get(rows.key(index));
            return value == null ? 0 : value.length;
        } catch (RocksDBException failed) {
            throw new IOException(failed);
        }
    }

    @Override
    public void close() {
        for (var each : owned) {
            closeOne(each);
        }
        folder.close();
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }
}
