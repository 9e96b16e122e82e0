package io.ringsim.data;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * How the names of a table's rows or columns order, and how they read as text: {@code CompareWith} and {@code
 * CompareSubcolumnsWith}.
 *
 * <p>The empty name is valid in every type; {@link #UTF8}, {@link #ASCII} and {@link #BYTES} treat it like any other,
 * in the others it comes first.
 */
public enum ComparatorType implements Comparator<Bytes> {
    BYTES("BytesType") {
        @Override
        public int compare(Bytes left, Bytes right) {
            return left.compareTo(right);
        }

        @Override
        public String print(Bytes value) {
            return value.toHex();
        }

        @Override
        Bytes read(String text) {
            return Bytes.hex(text);
        }
    },
    ASCII("AsciiType") {
        @Override
        public int compare(Bytes left, Bytes right) {
            return left.compareTo(right);
        }

        @Override
        public String print(Bytes value) {
            return value.toUtf8();
        }

        @Override
        Bytes read(String text) {
            return Bytes.utf8(text);
        }

        @Override
        boolean isValid(Bytes value) {
            for (int i = 0; i < value.size(); i++) {
                if (value.at(i) < 0) {
                    return false;
                }
            }
            return true;
        }
    },
    UTF8("UTF8Type") {
        @Override
        public int compare(Bytes left, Bytes right) {
            return left.compareTo(right);
        }

        @Override
        public String print(Bytes value) {
            return value.toUtf8();
        }

        @Override
        Bytes read(String text) {
            return Bytes.utf8(text);
        }

        @Override
        boolean isValid(Bytes value) {
            try {
                var decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value.toArray()));
                return decoded.length() <= value.size();
            } catch (CharacterCodingException invalid) {
                return false;
            }
        }
    },
    /** Eight bytes, a signed number. */
    LONG("LongType") {
        @Override
        public int compare(Bytes left, Bytes right) {
            return left.isEmpty() || right.isEmpty()
                    ? Integer.compare(left.size(), right.size())
                    : Long.compare(left.longAt(0), right.longAt(0));
        }

        @Override
        public String print(Bytes value) {
            return value.isEmpty() ? "" : Long.toString(value.longAt(0));
        }

        @Override
        Bytes read(String text) {
            return text.isEmpty() ? Bytes.EMPTY : Bytes.ofLong(Long.parseLong(text));
        }

        @Override
        boolean isValid(Bytes value) {
            return value.isEmpty() || value.size() == Long.BYTES;
        }
    },
    /** Sixteen bytes, ordered as {@link UUID} orders itself: by two signed numbers. */
    LEXICAL_UUID("LexicalUUIDType") {
        @Override
        public int compare(Bytes left, Bytes right) {
            if (left.isEmpty() || right.isEmpty()) {
                return Integer.compare(left.size(), right.size());
            }
            int byHigh = Long.compare(left.longAt(0), right.longAt(0));
            return byHigh != 0 ? byHigh : Long.compare(left.longAt(Long.BYTES), right.longAt(Long.BYTES));
        }

        @Override
        public String print(Bytes value) {
            return printUuid(value);
        }

        @Override
        Bytes read(String text) {
            return readUuid(text);
        }

        @Override
        boolean isValid(Bytes value) {
            return value.isEmpty() || value.size() == UUID_BYTES;
        }
    },
    /** Sixteen bytes, a version 1 UUID: ordered by its time, then by its other bytes, those signed. */
    TIME_UUID("TimeUUIDType") {
        @Override
        public int compare(Bytes left, Bytes right) {
            if (left.isEmpty() || right.isEmpty()) {
                return Integer.compare(left.size(), right.size());
            }
            int byTime = Long.compareUnsigned(time(left), time(right));
            return byTime != 0
                    ? byTime
                    : Long.compare(signedBytes(left.longAt(Long.BYTES)), signedBytes(right.longAt(Long.BYTES)));
        }

        @Override
        public String print(Bytes value) {
            return printUuid(value);
        }

        @Override
        Bytes read(String text) {
            return readUuid(text);
        }

        @Override
        boolean isValid(Bytes value) {
            return value.isEmpty() || (value.size() == UUID_BYTES && (value.at(6) & 0xF0) == 0x10);
        }
    };

    private static final int UUID_BYTES = 16;

    private final String className;

    ComparatorType(String className) {
        this.className = className;
    }

    /**
     * The type of that name.
     *
     * @param name a class name with or without its package
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    public static ComparatorType named(String name) {
        var simple = name.strip().replaceFirst("^org\\.apache\\.cassandra\\.db\\.marshal\\.", "");
        return Arrays.stream(values())
                .filter(type -> type.className.equals(simple))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "unknown comparator " + name + "; there are " + String.join(", ", names())));
    }

    private static List<String> names() {
        return Arrays.stream(values()).map(ComparatorType::className).toList();
    }

    /** The class name without its package: {@code UTF8Type}. */
    public String className() {
        return className;
    }

    /** The value as text, in the form that {@link #parse} reads. */
    public abstract String print(Bytes value);

    abstract Bytes read(String text);

    boolean isValid(Bytes value) {
        return true;
    }

    /**
     * The value of a text.
     *
     * @throws IllegalArgumentException when the text has none in this type
     */
    public Bytes parse(String text) {
        try {
            var value = read(text);
            validate(value);
            return value;
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException("\"" + text + "\" is no " + className, refused);
        }
    }

    /**
     * Checks a value.
     *
     * @throws IllegalArgumentException when it is not of this type
     */
    public void validate(Bytes value) {
        if (!isValid(value)) {
            throw new IllegalArgumentException(value + " is no " + className);
        }
    }

    private static long time(Bytes uuid) {
        long high = uuid.longAt(0);
        return (high & 0x0FFFL) << 48 | (high & 0xFFFF_0000L) << 16 | high >>> 32;
    }

    /** Makes a comparison of numbers compare their bytes, each signed. */
    private static long signedBytes(long value) {
        return value ^ 0x0080_8080_8080_8080L;
    }

    private static String printUuid(Bytes value) {
        return value.isEmpty() ? "" : new UUID(value.longAt(0), value.longAt(Long.BYTES)).toString();
    }

    private static Bytes readUuid(String text) {
        if (text.isEmpty()) {
            return Bytes.EMPTY;
        }
        var uuid = UUID.fromString(text);
        return Bytes.wrap(ByteBuffer.allocate(UUID_BYTES)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }
}
