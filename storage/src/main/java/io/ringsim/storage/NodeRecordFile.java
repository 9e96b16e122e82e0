package io.ringsim.storage;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.NodeRecord;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.Disk;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The file in which a node keeps what it must remember of itself; replaced in one step. */
public final class NodeRecordFile {
    private static final String NAME = "node-record";
    private static final String TEMPORARY = "node-record.tmp";
    private static final int MAGIC = 0x524E5232; // RNR2: the version is its last letter
    private static final int WITHOUT_REMOVERS = 0x524E5231; // RNR1
    private static final int HEAD_BYTES = 2 * Integer.BYTES;
    private static final int MAX_BYTES = 256 << 20;
    private static final String REMEDY = "restore it from a backup, or remove it to let the node join as a new one";

    private final Disk disk;
    private final Partitioner partitioner;

    public NodeRecordFile(Disk disk, Partitioner partitioner) {
        this.disk = disk;
        this.partitioner = partitioner;
    }

    /** What was written last; {@link NodeRecord#NEW} when nothing was. */
    public NodeRecord read() throws IOException {
        if (!disk.exists(NAME)) {
            return NodeRecord.NEW;
        }
        ByteBuffer buffer;
        try (var file = disk.openRead(NAME)) {
            if (file.size() < HEAD_BYTES || file.size() > MAX_BYTES) {
                throw new CorruptFile(NAME, 0, "it has " + file.size() + " bytes", REMEDY);
            }
            buffer = ByteBuffer.allocate((int) file.size());
            file.readFully(buffer, 0);
        }
        buffer.flip();
        int magic = buffer.getInt();
        if (magic != MAGIC && magic != WITHOUT_REMOVERS) {
            throw new CorruptFile(NAME, 0, "it is no node record of a version known here", REMEDY);
        }
        int expected = buffer.getInt();
        if (crc(buffer.duplicate()) != expected) {
            throw new CorruptFile(NAME, HEAD_BYTES, "its checksum does not match", REMEDY);
        }
        try {
            return read(
                    new DataInputStream(new ByteArrayInputStream(buffer.array(), HEAD_BYTES, buffer.remaining())),
                    magic == MAGIC);
        } catch (EOFException | IllegalArgumentException garbled) {
            throw new CorruptFile(NAME, HEAD_BYTES, "it is garbled: " + garbled.getMessage(), REMEDY);
        }
    }

    /** Replaces it, durably. */
    public void write(NodeRecord record) throws IOException {
        var body = new ByteArrayOutputStream();
        write(record, new DataOutputStream(body));
        var bytes = ByteBuffer.allocate(HEAD_BYTES + body.size());
        bytes.putInt(MAGIC).putInt(crc(ByteBuffer.wrap(body.toByteArray()))).put(body.toByteArray());
        disk.delete(TEMPORARY);
        try (var file = disk.create(TEMPORARY)) {
            file.write(bytes.flip(), 0);
            file.force(true);
        }
        disk.rename(TEMPORARY, NAME);
        disk.syncDirectory("");
    }

    private static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static void write(NodeRecord record, DataOutputStream to) throws IOException {
        to.writeInt(record.generation());
        writeAll(record.tokens(), to, (token, out) -> out.writeUTF(token.toString()));
        to.writeUTF(record.stage().name());
        writeAll(record.done(), to, NodeRecordFile::write);
        writeAll(record.peers(), to, NodeRecordFile::write);
    }

    private static void write(Transfer transfer, DataOutputStream to) throws IOException {
        to.writeUTF(transfer.keyspace());
        to.writeUTF(transfer.range().left().toString());
        to.writeUTF(transfer.range().right().toString());
        to.writeUTF(transfer.from().value());
        to.writeUTF(transfer.to().value());
    }

    private static void write(Endpoint peer, DataOutputStream to) throws IOException {
        to.writeUTF(peer.node().value());
        to.writeUTF(peer.location().datacenter());
        to.writeUTF(peer.location().rack());
        to.writeInt(peer.generation());
        to.writeInt(peer.version());
        to.writeUTF(peer.status().name());
        writeAll(peer.tokens(), to, (token, out) -> out.writeUTF(token.toString()));
        writeAll(peer.movingTo(), to, (token, out) -> out.writeUTF(token.toString()));
        writeAll(peer.replaces(), to, (node, out) -> out.writeUTF(node.value()));
        writeAll(peer.remover(), to, (node, out) -> out.writeUTF(node.value()));
        to.writeUTF(peer.schema());
        to.writeLong(peer.load());
    }

    private NodeRecord read(DataInputStream from, boolean hasRemovers) throws IOException {
        return new NodeRecord(
                from.readInt(),
                readAll(from, this::readToken),
                NodeRecord.Stage.valueOf(from.readUTF()),
                readAll(from, this::readTransfer),
                readAll(from, in -> readPeer(in, hasRemovers)));
    }

    private Token readToken(DataInputStream from) throws IOException {
        return parse(from.readUTF());
    }

    /** The seam of the ring has no text of its own in every partitioner. */
    private Token parse(String text) {
        var minimum = partitioner.minimum();
        return text.equals(minimum.toString()) ? minimum : partitioner.parse(text);
    }

    private Transfer readTransfer(DataInputStream from) throws IOException {
        return new Transfer(
                from.readUTF(),
                new TokenRange(parse(from.readUTF()), parse(from.readUTF())),
                new NodeId(from.readUTF()),
                new NodeId(from.readUTF()));
    }

    private Endpoint readPeer(DataInputStream from, boolean hasRemovers) throws IOException {
        return new Endpoint(
                new NodeId(from.readUTF()),
                new Location(from.readUTF(), from.readUTF()),
                from.readInt(),
                from.readInt(),
                Status.valueOf(from.readUTF()),
                readAll(from, this::readToken),
                readAll(from, this::readToken),
                readAll(from, in -> new NodeId(in.readUTF())),
                hasRemovers ? readAll(from, in -> new NodeId(in.readUTF())) : List.of(),
                from.readUTF(),
                from.readLong());
    }

    private interface Writing<T> {
        void write(T value, DataOutputStream to) throws IOException;
    }

    private interface Reading<T> {
        T read(DataInputStream from) throws IOException;
    }

    private static <T> void writeAll(List<T> values, DataOutputStream to, Writing<T> each) throws IOException {
        to.writeInt(values.size());
        for (var value : values) {
            each.write(value, to);
        }
    }

    private static <T> List<T> readAll(DataInputStream from, Reading<T> each) throws IOException {
        int count = from.readInt();
        if (count < 0 || count > from.available()) {
            throw new EOFException(count + " entries in " + from.available() + " bytes");
        }
        var values = new ArrayList<T>(count);
        for (int i = 0; i < count; i++) {
            values.add(each.read(from));
        }
        return values;
    }
}
