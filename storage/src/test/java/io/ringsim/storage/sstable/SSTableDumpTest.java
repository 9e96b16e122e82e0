package io.ringsim.storage.sstable;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.data.Cell;
import io.ringsim.data.ComparatorType;
import io.ringsim.data.Deletion;
import io.ringsim.data.Key;
import io.ringsim.data.Liveness;
import io.ringsim.data.Partition;
import io.ringsim.data.Position;
import io.ringsim.data.RangeTombstone;
import io.ringsim.data.Row;
import io.ringsim.data.Slice;
import io.ringsim.data.TableId;
import io.ringsim.data.TableMetadata;
import io.ringsim.ring.Partitioner;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SSTableDumpTest {
    private static final long MICROS = 1_456_956_185_123_456L;
    private static final long SECONDS = 1_456_956_185L;
    private static final TableMetadata TABLE =
            TableMetadata.standard(new TableId("shop", "orders"), ComparatorType.LONG);

    private static SSTableReader table() throws IOException {
        var deletion = new Deletion(MICROS, SECONDS);
        var alice = Partition.of(
                key("alice"),
                deletion,
                Row.of(Bytes.EMPTY, Cell.live(Bytes.utf8("city"), MICROS + 1, Bytes.utf8("Bern \"old\""))),
                List.of(
                        Row.of(
                                Bytes.ofLong(1),
                                Liveness.of(MICROS + 1),
                                Deletion.LIVE,
                                List.of(
                                        Cell.live(Bytes.utf8("a"), MICROS + 1, Bytes.utf8("x")),
                                        Cell.tombstone(Bytes.utf8("b"), MICROS + 2, SECONDS))),
                        Row.of(
                                Bytes.ofLong(2),
                                Cell.expiring(Bytes.utf8("c"), MICROS + 1, 60, SECONDS, Bytes.of((byte) 1, (byte) -1))),
                        Row.deleted(Bytes.ofLong(3), deletion)),
                List.of(new RangeTombstone(
                        new Slice(Position.before(Bytes.ofLong(5)), Position.TOP), new Deletion(MICROS + 3, SECONDS))));
        var bob = Partition.of(key("bob"), Row.of(Bytes.ofLong(7), Cell.live(Bytes.EMPTY, MICROS, Bytes.EMPTY)));
        var writer = SSTableWriter.create(SimulatedDisk.empty(), "data", new SSTableId(3), TABLE, 2);
        // bob's token is the smaller one.
        writer.append(bob.read(TABLE));
        writer.append(alice.read(TABLE));
        return writer.finish(SSTableOrigin.NONE);
    }

    private static Key key(String text) {
        return Key.of(Partitioner.MURMUR3, Bytes.utf8(text));
    }

    private static String dump(SSTableDump.Layout layout, boolean rawTimes, String... keys) throws IOException {
        var out = new StringBuilder();
        var options = new SSTableDump.Options(layout, rawTimes, SECONDS + 30, List.of(keys));
        SSTableDump.print(List.of(table()), options, out);
        return out.toString();
    }

    @Test
    void printsAPartitionAsSstabledumpDoes() throws IOException {
        assertThat(dump(SSTableDump.Layout.ARRAY, false, "alice")).isEqualTo("""
                [
                  {
                    "table kind" : "REGULAR",
                    "partition" : {
                      "key" : [ "alice" ],
                      "position" : 28,
                      "deletion_info" : { "marked_deleted" : "2016-03-02T22:03:05.123456Z", "local_delete_time" : "2016-03-02T22:03:05Z" }
                    },
                    "rows" : [
                      {
                        "type" : "static_block",
                        "position" : 48,
                        "cells" : [
                          { "name" : "city", "value" : "Bern \\"old\\"", "tstamp" : "2016-03-02T22:03:05.123457Z" }
                        ]
                      },
                      {
                        "type" : "row",
                        "position" : 77,
                        "clustering" : [ "1" ],
                        "liveness_info" : { "tstamp" : "2016-03-02T22:03:05.123457Z" },
                        "cells" : [
                          { "name" : "a", "value" : "x" },
                          { "name" : "b", "deletion_info" : { "local_delete_time" : "2016-03-02T22:03:05Z" }, "tstamp" : "2016-03-02T22:03:05.123458Z" }
                        ]
                      },
                      {
                        "type" : "row",
                        "position" : 126,
                        "clustering" : [ "2" ],
                        "cells" : [
                          { "name" : "c", "value" : "0x01ff", "tstamp" : "2016-03-02T22:03:05.123457Z", "ttl" : 60, "expires_at" : "2016-03-02T22:04:05Z", "expired" : false }
                        ]
                      },
                      {
                        "type" : "row",
                        "position" : 158,
                        "clustering" : [ "3" ],
                        "deletion_info" : { "marked_deleted" : "2016-03-02T22:03:05.123456Z", "local_delete_time" : "2016-03-02T22:03:05Z" },
                        "cells" : []
                      },
                      {
                        "type" : "range_tombstone_bound",
                        "start" : {
                          "type" : "inclusive",
                          "clustering" : [ "5" ],
                          "deletion_info" : { "marked_deleted" : "2016-03-02T22:03:05.123459Z", "local_delete_time" : "2016-03-02T22:03:05Z" }
                        }
                      },
                      {
                        "type" : "range_tombstone_bound",
                        "end" : {
                          "type" : "inclusive",
                          "deletion_info" : { "marked_deleted" : "2016-03-02T22:03:05.123459Z", "local_delete_time" : "2016-03-02T22:03:05Z" }
                        }
                      }
                    ]
                  }
                ]
                """);
    }

    @Test
    void printsEachPartitionOnItsLine() throws IOException {
        assertThat(dump(SSTableDump.Layout.LINES, true, "bob")).isEqualTo("""
                { "table kind" : "REGULAR", "partition" : { "key" : [ "bob" ], "position" : 0 }, "rows" : [ \
                { "type" : "row", "position" : 5, "clustering" : [ "7" ], "cells" : [ \
                { "name" : "", "value" : "", "tstamp" : "1456956185123456" } ] } ] }
                """);
        assertThat(dump(SSTableDump.Layout.LINES, true)).hasLineCount(2);
    }

    @Test
    void printsKeysOnly() throws IOException {
        assertThat(dump(SSTableDump.Layout.KEYS, false)).isEqualTo("[\n  [ \"bob\" ],\n  [ \"alice\" ]\n]\n");
    }

    @Test
    void printsEachRowOnItsLine() throws IOException {
        assertThat(dump(SSTableDump.Layout.ROWS, true)).isEqualTo("""
                [bob]@0 Row[info=[ts=-] ]: 7 | [= ts=1456956185123456]
                [alice]@28 deletedAt=1456956185123456, localDeletion=1456956185
                [alice]@28 Row[info=[ts=-] ]: STATIC | [city=Bern "old" ts=1456956185123457]
                [alice]@28 Row[info=[ts=1456956185123457] ]: 1 | [a=x ts=1456956185123457], \
                [b=<tombstone> ts=1456956185123458 ldt=1456956185]
                [alice]@28 Row[info=[ts=-] ]: 2 | [c=0x01ff ts=1456956185123457 ttl=60 ldt=1456956245]
                [alice]@28 Row[info=[ts=-] del=deletedAt=1456956185123456, localDeletion=1456956185 ]: 3 |
                [alice]@28 Marker before 5 opens deletedAt=1456956185123459, localDeletion=1456956185
                [alice]@28 Marker after everything closes deletedAt=1456956185123459, localDeletion=1456956185
                """);
    }

    @Test
    void printsNothingOfAKeyThatIsNotThere() throws IOException {
        assertThat(dump(SSTableDump.Layout.LINES, false, "carol")).isEmpty();
        assertThat(dump(SSTableDump.Layout.KEYS, false, "carol")).isEqualTo("[]\n");
    }
}
