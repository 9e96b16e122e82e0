package io.ringsim.streaming;

import io.ringsim.data.Bytes;
import io.ringsim.data.TableId;
import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.storage.codec.Varint;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.FileHeader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.zip.CRC32C;

/**
 * What goes before the content of a file on a lane.
 *
 * <pre>
 * frame    int length of the body, body, int CRC32C of both
 * body     byte 1, text keyspace, text table, varint sequence, varint offset of the content that follows, varint bytes of
 *          the file, varint bytes it takes where it is stored, varint components, text SSTable,
 *          varint ranges, for each: token left, token right
 * token    byte 'L', long; or byte 'I', bytes of a number, the highest first; or byte 'S', text; or byte 'H', text of
 *          hexadecimal digits
 * text     varint length, UTF-8
 * </pre>
 */
final class FileFrame {
    /** Room for some ten thousand ranges. */
    static final int MAX_BODY = 4 << 20;

    static final int MAX_COMPONENTS = 64;
    private static final int MAX_NUMBER = 17;
    private static final byte FILE = 1;

    private FileFrame() {}

    static ByteBuffer write(File file) {
        var header = file.header();
        var body = new Growing();
        body.room(1).put(FILE);
        text(body, file.table().keyspace());
        text(body, file.table().table());
        number(body, file.sequence());
        number(body, file.offset());
        number(body, header.bytes());
        number(body, header.stored());
        number(body, header.components());
        text(body, header.sstable());
        number(body, header.sections().size());
        for (var range : header.sections()) {
            token(body, range.left());
            token(body, range.right());
        }
        return body.frame();
    }

    /** A buffer that grows. Begins with room for the length. */
    private static final class Growing {
        private ByteBuffer bytes = ByteBuffer.allocate(1 << 10).position(Integer.BYTES);

        ByteBuffer room(int more) {
            if (bytes.remaining() < more) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity() + more).put(bytes.flip());
            }
            return bytes;
        }

        ByteBuffer frame() {
            var all = room(Integer.BYTES);
            int end = all.position();
            if (end - Integer.BYTES > MAX_BODY) {
                throw new IllegalArgumentException(
                        "a file of so many ranges, " + end + " bytes of them, cannot be sent");
            }
            all.putInt(0, end - Integer.BYTES);
            return all.putInt(crc(all.slice(0, end))).flip();
        }
    }

    private static void number(Growing body, long value) {
        Varint.put(body.room(10), value);
    }

    private static void text(Growing body, String text) {
        bytes(body, Bytes.utf8(text));
    }

    private static void bytes(Growing body, Bytes bytes) {
        Varint.put(body.room(5 + bytes.size()), bytes);
    }

    private static void token(Growing body, Token token) {
        if (token instanceof LongToken hashed) {
            body.room(1 + Long.BYTES).put((byte) 'L').putLong(hashed.value());
        } else if (token instanceof BigIntegerToken hashed) {
            body.room(1).put((byte) 'I');
            bytes(body, Bytes.wrap(hashed.value().toByteArray()));
        } else if (token instanceof StringToken text) {
            body.room(1).put((byte) 'S');
            text(body, text.value());
        } else {
            body.room(1).put((byte) 'H');
            text(body, ((BytesToken) token).hex());
        }
    }

    private static int crc(ByteBuffer bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    /** Checks a length that arrived, before there is room for what it says. */
    static int checkLength(int length) throws Malformed {
        if (length < 1 || length > MAX_BODY) {
            throw new Malformed("the header of a file has " + length + " bytes");
        }
        return length;
    }

    /** Reads a whole frame. */
    static File read(SessionId session, byte[] frame) throws Malformed {
        int end = frame.length - Integer.BYTES;
        if (ByteBuffer.wrap(frame).getInt(end) != crc(ByteBuffer.wrap(frame, 0, end))) {
            throw new Malformed("the checksum of a file's header does not match");
        }
        var body = ByteBuffer.wrap(frame, Integer.BYTES, end - Integer.BYTES);
        try {
            return parse(session, body);
        } catch (IllegalArgumentException why) {
            throw new Malformed(String.valueOf(why.getMessage()));
        }
    }

    private static File parse(SessionId session, ByteBuffer body) throws Malformed {
        int kind = Varint.getByte(body);
        if (kind != FILE) {
            throw new Malformed("a header of kind " + kind + ", known here is " + FILE);
        }
        var table = new TableId(text(body), text(body));
        int sequence = Varint.getInt(body, Integer.MAX_VALUE);
        long offset = Varint.get(body);
        long bytes = Varint.get(body);
        long stored = Varint.get(body);
        int components = Varint.getInt(body, MAX_COMPONENTS);
        var sstable = text(body);
        int count = Varint.getInt(body, body.remaining());
        if (offset < 0 || bytes <= offset || stored < 1 || components < 1) {
            throw new Malformed("a file of " + bytes + " bytes from " + offset + " on, stored in " + stored + ", in "
                    + components + " components");
        }
        var ranges = new ArrayList<TokenRange>();
        for (int i = 0; i < count; i++) {
            ranges.add(new TokenRange(token(body), token(body)));
        }
        if (body.hasRemaining()) {
            throw new Malformed("a file's header has " + body.remaining() + " bytes too many");
        }
        return new File(session, table, sequence, offset, new FileHeader(sstable, ranges, bytes, stored, components));
    }

    private static String text(ByteBuffer body) throws Malformed {
        return Varint.getBytes(body).toUtf8();
    }

    private static Token token(ByteBuffer body) throws Malformed {
        int kind = Varint.getByte(body);
        return switch (kind) {
            case 'L' -> new LongToken(Varint.getLong(body));
            case 'I' -> number(Varint.getBytes(body));
            case 'S' -> new StringToken(text(body));
            case 'H' -> new BytesToken(text(body));
            default -> throw new Malformed("a token of kind " + kind);
        };
    }

    private static Token number(Bytes bytes) throws Malformed {
        if (bytes.isEmpty() || bytes.size() > MAX_NUMBER) {
            throw new Malformed("a token of " + bytes.size() + " bytes");
        }
        return new BigIntegerToken(new BigInteger(bytes.toArray()));
    }
}
