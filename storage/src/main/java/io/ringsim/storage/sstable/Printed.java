package io.ringsim.storage.sstable;

import io.ringsim.data.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;

/** Bytes and times as people read them. */
final class Printed {
    private static final String HEX = "0x";
    private static final long MICROS = 1_000_000;

    private Printed() {}

    /** Text if it is printable UTF-8 that does not look like this: {@code 0x} and hexadecimal digits, for all else. */
    static String bytes(Bytes bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toArray()))
                    .toString();
            boolean printable = text.codePoints().allMatch(c -> !Character.isISOControl(c) && Character.isDefined(c));
            return printable && !text.startsWith(HEX) ? text : HEX + bytes.toHex();
        } catch (CharacterCodingException binary) {
            return HEX + bytes.toHex();
        }
    }

    /**
     * The bytes that print like that.
     *
     * @throws IllegalArgumentException when it begins with {@code 0x} and is not hexadecimal
     */
    static Bytes parse(String text) {
        return text.startsWith(HEX) ? Bytes.hex(text.substring(HEX.length())) : Bytes.utf8(text);
    }

    /** A timestamp in microseconds as ISO 8601; as it is when it is no time of that kind. */
    static String micros(long timestamp, boolean raw) {
        if (!raw) {
            try {
                return Instant.ofEpochSecond(Math.floorDiv(timestamp, MICROS), Math.floorMod(timestamp, MICROS) * 1000)
                        .toString();
            } catch (DateTimeException outOfRange) {
                return Long.toString(timestamp);
            }
        }
        return Long.toString(timestamp);
    }

    static String seconds(long time, boolean raw) {
        if (!raw) {
            try {
                return Instant.ofEpochSecond(time).toString();
            } catch (DateTimeException outOfRange) {
                return Long.toString(time);
            }
        }
        return Long.toString(time);
    }
}
