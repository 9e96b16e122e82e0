package io.ringsim.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.TableId;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.ring.Token.BigIntegerToken;
import io.ringsim.ring.Token.BytesToken;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.ring.Token.StringToken;
import io.ringsim.ring.TokenRange;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.codec.Malformed;
import io.ringsim.streaming.StreamMessage.File;
import io.ringsim.streaming.StreamMessage.FileHeader;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** Headers of files on a lane as they are, and as nobody sends them. {@code -Dringsim.cases=100000} tries more. */
class FileFrameFuzzTest {
    private static final int CASES = Integer.getInteger("ringsim.cases", 2_000);
    private static final SessionId SESSION = new SessionId("p", new NodeId("n1"), 0);
    /** Length, checksum and one byte: less no reader passes on. */
    private static final int SHORTEST = 9;

    @Test
    void whatIsWrittenIsRead() throws Malformed {
        for (int i = 0; i < CASES; i++) {
            var file = file(Randomness.of(i));

            assertThat(FileFrame.read(SESSION, frame(file))).as("case %d", i).isEqualTo(file);
        }
    }

    @Test
    void anyBitThatFlipsIsNoticed() {
        for (int i = 0; i < CASES; i++) {
            var chance = Randomness.of(i);
            var frame = frame(file(chance));
            frame[chance.nextInt(frame.length)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));

            assertThatThrownBy(() -> FileFrame.read(SESSION, frame))
                    .as("case %d", i)
                    .isInstanceOf(Malformed.class);
        }
    }

    @Test
    void anyFrameThatIsCutIsNoticed() {
        for (int i = 0; i < CASES; i++) {
            var chance = Randomness.of(i);
            var frame = frame(file(chance));
            var cut = Arrays.copyOf(frame, chance.nextInt(SHORTEST, frame.length));

            assertThatThrownBy(() -> FileFrame.read(SESSION, cut))
                    .as("case %d", i)
                    .isInstanceOf(Malformed.class);
        }
    }

    /** As a peer would send it that means ill, or runs another version. */
    @Test
    void garbageWithTheRightChecksumIsAFileOrRefused() {
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            var chance = Randomness.of(i);
            var frame = chance.chance(0.3) ? garbage(chance) : damaged(frame(file(chance)), chance);
            seal(frame);
            try {
                var file = FileFrame.read(SESSION, frame);
                assertThat(file.header().bytes()).as("case %d", i).isGreaterThan(file.offset());
                assertThat(file.header().sections().size()).as("case %d", i).isLessThan(frame.length);
            } catch (Malformed why) {
                assertThat(why).as("case %d", i).hasMessageNotContaining("\n");
                assertThat(why.getMessage()).as("case %d", i).isNotBlank().hasSizeLessThan(400);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(CASES / 2);
    }

    @Test
    void noLengthBeyondTheBoundIsTaken() throws Malformed {
        assertThat(FileFrame.checkLength(1)).isEqualTo(1);
        assertThat(FileFrame.checkLength(FileFrame.MAX_BODY)).isEqualTo(FileFrame.MAX_BODY);
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, FileFrame.MAX_BODY + 1, Integer.MAX_VALUE}) {
            assertThatThrownBy(() -> FileFrame.checkLength(length))
                    .isInstanceOf(Malformed.class)
                    .hasMessageContaining(" " + length + " bytes");
        }
    }

    private static byte[] garbage(Randomness chance) {
        var bytes = new byte[SHORTEST + chance.nextInt(200)];
        chance.nextBytes(bytes);
        bytes[Integer.BYTES] = 1;
        return bytes;
    }

    private static byte[] damaged(byte[] frame, Randomness chance) {
        int changes = 1 + chance.nextInt(4);
        for (int i = 0; i < changes; i++) {
            int at = chance.nextInt(Integer.BYTES, frame.length - Integer.BYTES);
            frame[at] = chance.chance(0.5) ? (byte) chance.nextInt(256) : (byte) 0xFF;
        }
        return frame;
    }

    private static void seal(byte[] frame) {
        int end = frame.length - Integer.BYTES;
        var crc = new CRC32C();
        crc.update(frame, 0, end);
        ByteBuffer.wrap(frame).putInt(end, (int) crc.getValue());
    }

    private static byte[] frame(File file) {
        var buffer = FileFrame.write(file);
        var bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static File file(Randomness chance) {
        var ranges = new ArrayList<TokenRange>();
        int kind = chance.nextInt(4);
        for (int i = chance.nextInt(12); i > 0; i--) {
            ranges.add(new TokenRange(token(kind, chance), token(kind, chance)));
        }
        long bytes = 1 + chance.nextLong(Long.MAX_VALUE - 1);
        return new File(
                SESSION,
                new TableId("shop" + chance.nextInt(9), "orders" + chance.nextInt(9)),
                chance.nextInt(Integer.MAX_VALUE),
                chance.nextLong(bytes),
                new FileHeader(
                        "rs-" + chance.nextInt(1_000_000),
                        ranges,
                        bytes,
                        1 + chance.nextLong(Long.MAX_VALUE - 1),
                        1 + chance.nextInt(FileFrame.MAX_COMPONENTS)));
    }

    private static Token token(int kind, Randomness chance) {
        return switch (kind) {
            case 0 -> new LongToken(chance.nextLong());
            case 1 -> new BigIntegerToken(BigInteger.valueOf(chance.nextLong(Long.MAX_VALUE)));
            case 2 -> new StringToken("key\u00e9" + chance.nextInt(1_000));
            default -> new BytesToken("%08x".formatted(chance.nextInt(Integer.MAX_VALUE)));
        };
    }
}
