package io.ringsim.storage.sstable;

import java.util.Arrays;
import java.util.Optional;

/** One of the files that make up an SSTable. */
public enum Component {
    /** The partitions. */
    DATA("Data.db", 'D'),
    /** Where each key is, and where the rows of wide partitions are. */
    INDEX("Index.db", 'I'),
    /** Every 128th key, to find the part of the index to read. */
    SUMMARY("Summary.db", 'S'),
    /** A Bloom filter of the keys; absent when the table wants none. */
    FILTER("Filter.db", 'F'),
    /** What is known of the content as a whole, and of the other components. */
    STATISTICS("Statistics.db", 'M'),
    /** Lengths of the chunks that {@link #DATA} is compressed in; absent without compression. */
    COMPRESSION_INFO("CompressionInfo.db", 'C'),
    /** The CRC-32 of {@link #DATA} as a decimal number. */
    DIGEST("Digest.crc32", 'G'),
    /** The names of all components; an SSTable is complete when this one is there. */
    TOC("TOC.txt", 'T');

    private final String suffix;
    private final char letter;

    Component(String suffix, char letter) {
        this.suffix = suffix;
        this.letter = letter;
    }

    /** How its file's name ends: {@code Data.db}. */
    public String suffix() {
        return suffix;
    }

    byte letter() {
        return (byte) letter;
    }

    static Optional<Component> named(String suffix) {
        return Arrays.stream(values())
                .filter(component -> component.suffix.equals(suffix))
                .findFirst();
    }

    static Optional<Component> lettered(int letter) {
        return Arrays.stream(values())
                .filter(component -> component.letter == letter)
                .findFirst();
    }
}
