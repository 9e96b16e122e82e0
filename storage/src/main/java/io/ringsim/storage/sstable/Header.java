package io.ringsim.storage.sstable;

import io.ringsim.storage.disk.CorruptFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The first eight bytes of every binary component: {@code RSST}, the component's letter, the version, a zero. */
final class Header {
    /** Two letters; a format that a reader of this one cannot read has others. */
    static final String VERSION = "rs";

    static final int BYTES = 8;

    private static final int MAGIC = 0x52535354;
    private static final String REMEDY = "restore the SSTable from a snapshot, or remove it and repair";

    private Header() {}

    static void write(Component component, ByteBuffer to) {
        to.putInt(MAGIC);
        to.put(component.letter());
        to.put(VERSION.getBytes(StandardCharsets.US_ASCII));
        to.put((byte) 0);
    }

    /** Reads it, and refuses what is another kind of file. */
    static void check(Component component, ByteBuffer from, String path) throws CorruptFile {
        if (from.remaining() < BYTES) {
            throw corrupt(path, from.remaining(), "it ends within its header");
        }
        if (from.getInt() != MAGIC) {
            throw corrupt(path, 0, "it is no component of an SSTable of this store");
        }
        byte letter = from.get();
        if (letter != component.letter()) {
            var other = Component.lettered(letter).map(Component::suffix).orElse("unknown component");
            throw corrupt(path, 4, "it is a " + other + ", not a " + component.suffix());
        }
        var version = new String(new byte[] {from.get(), from.get()}, StandardCharsets.ISO_8859_1);
        if (!version.equals(VERSION)) {
            throw new CorruptFile(
                    path,
                    5,
                    "its format is version '" + version + "', this program reads '" + VERSION + "'",
                    "read it with the program that wrote it");
        }
        if (from.get() != 0) {
            throw corrupt(path, 7, "its header does not end in 0");
        }
    }

    static CorruptFile corrupt(String path, long offset, String what) {
        return new CorruptFile(path, offset, what, REMEDY);
    }
}
