package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.Key;
import io.ringsim.data.Partition;
import io.ringsim.data.Row;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.data.TableOptions;
import io.ringsim.data.TableOptions.Compression;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableOrigin;
import io.ringsim.storage.sstable.SSTableWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private Path table = Path.of("");

    @BeforeEach
    void writeTwoSSTables() throws IOException {
        table = folder.resolve("orders");
        write(1, Compression.LZ4, "alice", "bob");
        write(2, Compression.ZSTD, "carol");
    }

    private void write(long generation, Compression compression, String... keys) throws IOException {
        var metadata = TableMetadata.standard(new TableId("shop", "orders"))
                .with(TableOptions.defaults().withCompression(compression, 4096));
        try (var writer =
                SSTableWriter.create(RealDisk.at(folder), "orders", new SSTableId(generation), metadata, keys.length)) {
            var sorted = Arrays.stream(keys)
                    .map(key -> Key.of(Partitioner.MURMUR3, Bytes.utf8(key)))
                    .sorted()
                    .toList();
            for (var key : sorted) {
                var cell = Cell.live(Bytes.utf8("city"), 1_456_956_185_123_456L, Bytes.utf8("Bern"));
                writer.append(Partition.of(key, Row.of(Bytes.utf8("r"), cell)).read(metadata));
            }
            writer.finish(SSTableOrigin.NONE).release();
        }
    }

    private String data(long generation) {
        return table.resolve("rs-" + generation + "-big-Data.db").toString();
    }

    @Test
    void printsAFileAsJson() {
        Ran ran = Ran.with("dump", data(1));

        assertThat(ran.err()).isEmpty();
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.json()).hasSize(2);
        var bob = ran.json().get(0);
        assertThat(bob.at("/partition/key/0").asText()).isEqualTo("bob");
        assertThat(bob.at("/rows/0/type").asText()).isEqualTo("row");
        assertThat(bob.at("/rows/0/clustering/0").asText()).isEqualTo("r");
        assertThat(bob.at("/rows/0/cells/0/value").asText()).isEqualTo("Bern");
        assertThat(bob.at("/rows/0/cells/0/tstamp").asText()).isEqualTo("2016-03-02T22:03:05.123456Z");
    }

    @Test
    void printsAllOfADirectory() {
        Ran ran = Ran.with("dump", table.toString());

        assertThat(ran.json()).hasSize(3);
        assertThat(ran.json().get(2).at("/sstable").asText()).isEqualTo("rs-2-big-Data.db");
        assertThat(Ran.with("dump", table.toString(), "-l").out()).hasLineCount(3);
        assertThat(Ran.with("dump", table.toString(), "-e").json()).hasSize(3);
        assertThat(Ran.with("dump", table.toString(), "-d", "-t").out())
                .contains("[carol]@0 Row[info=[ts=-] ]: r | [city=Bern ts=1456956185123456]");
    }

    @Test
    void printsSomeKeys() {
        assertThat(Ran.with("dump", table.toString(), "-k", "carol", "-k", "0x626f62", "-k", "nobody", "-e")
                        .out())
                .isEqualTo("[\n  [ \"bob\" ],\n  [ \"carol\" ]\n]\n");
    }

    @Test
    void verifiesFiles() throws IOException {
        Ran well = Ran.with("dump", table.toString(), "--verify");
        assertThat(well.out()).isEqualTo("2 SSTables checked, none with problems\n");
        assertThat(well.exitCode()).isZero();

        flip(Path.of(data(2)), 20);

        Ran ran = Ran.with("dump", table.toString(), "--verify");
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.out())
                .startsWith("orders/rs-2-big-Data.db at 0: the checksum of all of it does not match; restore")
                .endsWith("2 SSTables checked, 1 with problems\n");
    }

    @Test
    void tellsWhereAFileIsCorrupt() throws IOException {
        flip(Path.of(data(2)), 20);

        Ran ran = Ran.with("dump", data(2));

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("ringsim dump: orders/rs-2-big-Data.db at 16: the checksum of chunk 0 does not match;");
    }

    private static void flip(Path file, int offset) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[offset] ^= 1;
        Files.write(file, bytes);
    }

    @Test
    void refusesWhatIsNoSSTable() throws IOException {
        Path text = Files.writeString(folder.resolve("notes.txt"), "hello");

        assertThat(Ran.with("dump", text.toString()).exitCode()).isEqualTo(2);
        assertThat(Ran.with("dump", text.toString()).err()).contains("it is no Data.db file of this store");
        assertThat(Ran.with("dump", folder.resolve("none").toString()).err())
                .contains("there is no such file or directory");
        assertThat(Ran.with("dump", folder.toString()).err()).contains("there is no complete SSTable in it");
        assertThat(Ran.with("dump", data(1), "-l", "-e").exitCode()).isEqualTo(2);
        assertThat(Ran.with("dump", data(1), "-k", "0xzz").exitCode()).isEqualTo(2);
    }
}
