package io.ringsim.storage.table;

import io.ringsim.data.MerkleTree;
import io.ringsim.data.UnfilteredRows;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.codec.RowCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Makes the Merkle tree of a range of a table: of what is known in memtables and SSTables, however it is spread on them. */
final class MerkleTrees {
    private final MessageDigest digest;
    private ByteBuffer buffer = ByteBuffer.allocate(4096);

    private MerkleTrees() {
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }

    /**
     * The tree of a range.
     *
     * @param range that does not wrap
     */
    static MerkleTree of(TableStore store, TokenRange range, int depth) throws IOException {
        var tree = MerkleTree.over(range, store.partitioner(), depth);
        var hashes = new MerkleTrees();
        try (var snapshot = Snapshot.of(store)) {
            var partitions = RangeReads.partitions(store, snapshot, List.of(range), null);
            while (partitions.hasNext()) {
                var rows = partitions.next().purge(store.readPurge());
                if (!rows.isEmpty()) {
                    tree.add(rows.key().token(), hashes.hash(rows));
                }
            }
        }
        return tree;
    }

    private byte[] hash(UnfilteredRows rows) {
        var key = room(rows.key().bytes().size());
        rows.key().bytes().writeTo(key);
        digest.update(key.flip());
        if (!rows.deletion().isLive()) {
            var deletion = room(RowCodec.size(rows.deletion()));
            RowCodec.write(rows.deletion(), deletion);
            digest.update(deletion.flip());
        }
        if (!rows.staticRow().isEmpty()) {
            var row = room(RowCodec.size(rows.staticRow()));
            RowCodec.write(rows.staticRow(), row);
            digest.update(row.flip());
        }
        while (rows.hasNext()) {
            var next = rows.next();
            var content = room(RowCodec.size(next));
            RowCodec.write(next, content);
            digest.update(content.flip());
        }
        return digest.digest();
    }

    private ByteBuffer room(int bytes) {
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(2 * bytes);
        }
        return buffer.clear();
    }
}
