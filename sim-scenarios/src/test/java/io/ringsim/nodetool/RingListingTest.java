package io.ringsim.nodetool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Source;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RingListingTest {
    private static ImportedRing read(String text) {
        return RingFiles.read(Source.of("ring.txt", text), Optional.empty(), Optional.empty());
    }

    private static List<String> errors(String text) {
        try {
            read(text);
            return List.of();
        } catch (BadInput bad) {
            return bad.problems().stream().map(Problem::headline).toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring-before.txt", "ring-nokeyspace.txt"})
    void readsTheCapturedRing(String file) {
        ImportedRing ring = Captured.ring(file);

        assertThat(ring.partitioner()).isEqualTo(Partitioner.MURMUR3);
        assertThat(ring.nodes()).hasSize(3).allMatch(node -> node.tokens().size() == 16);
        assertThat(ring.nodes()).allMatch(node -> node.location().equals(new Location("datacenter1", "rack1")));
        assertThat(ring.view().ring().tokens()).hasSize(48);
        assertThat(ring.node(new NodeId("127.0.9.1")).orElseThrow().load().orElse(0))
                .isEqualTo((long) (187.69 * 1024 * 1024));
        assertThat(ring.warnings()).isEmpty();
    }

    @Test
    void keepsAJoiningNodeApartFromTheMembers() {
        ImportedRing ring = Captured.ring("ring-joining.txt");

        assertThat(ring.view().ring().nodes()).hasSize(3);
        assertThat(ring.view().joining().get(new NodeId("127.0.9.4"))).hasSize(16);
    }

    @Test
    void keepsALeavingNodeAMember() {
        ImportedRing ring = Captured.ring("ring-after.txt");

        assertThat(ring.view().ring().nodes()).hasSize(4);
        assertThat(ring.view().leaving()).containsExactly(new NodeId("127.0.9.4"));
    }

    @Test
    void readsSeveralDatacentersWithNodesInEveryState() {
        ImportedRing ring = read(Printed.ring()
                .datacenter(
                        "eu-west",
                        "10.0.0.1|1a|Up|Normal|70.43 KB|33.33%|-9223372036854775808",
                        "10.0.0.2|1b|Down|Leaving|1.2 TB|33.33%|-3074457345618258603",
                        "10.0.0.3|1c|?|Moving|?|33.33%|3074457345618258602")
                .datacenter("us", "10.1.0.1|2a|Up|Joining|512 bytes|?|5000000000000000000")
                .line("  Warning: \"nodetool ring\" is used to output all the tokens of a node.")
                .line("  To view status related info of a node use \"nodetool status\" instead.")
                .line("")
                .line("  Note: Non-system keyspaces don't have the same replication settings, effective ownership"
                        + " information is meaningless")
                .toString());

        assertThat(ring.datacenters()).containsExactly("eu-west", "us");
        assertThat(ring.nodes())
                .extracting(ImportedNode::state)
                .containsExactly(State.NORMAL, State.LEAVING, State.MOVING, State.JOINING);
        assertThat(ring.nodes())
                .extracting(ImportedNode::liveness)
                .containsExactly(Liveness.UP, Liveness.DOWN, Liveness.UNKNOWN, Liveness.UP);
        assertThat(ring.nodes().stream().map(node -> node.load().orElse(-1)))
                .containsExactly((long) (70.43 * 1024), (long) (1.2 * (1L << 40)), -1L, 512L);
        assertThat(ring.warnings()).singleElement().asString().contains("10.0.0.3 is moving");
    }

    @Test
    void findsTheStatusBehindARackThatFillsItsColumn() {
        ImportedRing ring = read(Printed.ring()
                .datacenter(
                        "dc1",
                        "10.0.0.1|us-east-1-rack-a|Up|Normal|1 GB|50.00%|-5",
                        "10.0.0.2|Uptown|Down|Normal|1 GB|50.00%|5")
                .toString());

        assertThat(ring.nodes())
                .extracting(node -> node.location().rack())
                .containsExactly("us-east-1-rack-a", "Uptown");
    }

    @Test
    void readsAddressesOfAllKinds() {
        ImportedRing ring = read(Printed.ring()
                .addressesOf(40)
                .datacenter(
                        "dc1",
                        "2001:db8:0:0:0:0:0:1|r1|Up|Normal|1 GiB|25.00%|-50",
                        "fe80:0:0:0:0:0:0:1%eth0|r1|Up|Normal|1 GiB|25.00%|-20",
                        "10.0.0.3:7000|r1|Up|Normal|1 GiB|25.00%|20",
                        "node-4.ring.example|r1|Up|Normal|1 GiB|25.00%|50")
                .toString());

        assertThat(ring.nodes())
                .extracting(node -> node.node().value())
                .containsExactly(
                        "2001:db8:0:0:0:0:0:1", "fe80:0:0:0:0:0:0:1%eth0", "10.0.0.3:7000", "node-4.ring.example");
    }

    @Test
    void readsTheTableOfVersionOneWithItsDatacenterColumn() {
        ImportedRing ring = read("""
                Note: Ownership information does not include topology, please specify a keyspace.
                Address         DC          Rack        Status State   Load            Owns                Token
                                                                                                           113427455640312821154458202477256070484
                10.0.0.1        dc1         r1          Up     Normal  51.25 GB        33.33%              0
                10.0.0.2        dc1         r2          Up     Normal  51.25 GB        33.33%              56713727820156410577229101238628035242
                10.0.0.3        dc2         r1          Down   Normal  51.25 GB        33.33%              113427455640312821154458202477256070484
                """);

        assertThat(ring.partitioner()).isEqualTo(Partitioner.RANDOM);
        assertThat(ring.datacenters()).containsExactly("dc1", "dc2");
    }

    @Test
    void toleratesTheTerminalAroundTheOutput() {
        String text = Captured.source("ring-before.txt").text();
        ImportedRing ring = read("\n[ops@n1 ~]$ nodetool ring bench\nPicked up JAVA_TOOL_OPTIONS: -Dx\n"
                + text.replace("\n", "\r\n").replace("       Up", "\tUp")
                + "\nops@n1:~$ \nops@n1:/var/lib# exit\n");

        assertThat(ring.nodes()).hasSize(3);
    }

    @Test
    void recognizesThePartitionerByItsTokens() {
        assertThat(read(ringOf("-5", "5")).partitioner()).isEqualTo(Partitioner.MURMUR3);
        assertThat(read(ringOf("5", "85070591730234615865843651857942052864")).partitioner())
                .isEqualTo(Partitioner.RANDOM);
        assertThat(read(ringOf("00ff", "7f")).partitioner()).isEqualTo(Partitioner.BYTE_ORDERED);
        assertThat(read(ringOf("Token(bytes[00ff])", "Token(bytes[7f])")).partitioner())
                .isEqualTo(Partitioner.BYTE_ORDERED);
        assertThat(read(ringOf("apple", "pear tree")).partitioner()).isEqualTo(Partitioner.ORDER_PRESERVING);
    }

    private static String ringOf(String first, String second) {
        return Printed.ring()
                .datacenter(
                        "dc1",
                        "10.0.0.1|r1|Up|Normal|1 GB|50.00%|" + first,
                        "10.0.0.2|r1|Up|Normal|1 GB|50.00%|" + second)
                .toString();
    }

    @Test
    void aTokenThatMakesNoSenseDoesNotChangeThePartitioner() {
        assertThat(errors(Printed.ring()
                        .datacenter(
                                "dc1",
                                "10.0.0.1|r1|Up|Normal|1 GB|50.00%|-5",
                                "10.0.0.2|r1|Up|Normal|1 GB|50.00%|12x",
                                "10.0.0.3|r1|Up|Normal|1 GB|50.00%|99999999999999999999",
                                "10.0.0.4|r1|Up|Normal|1 GB|50.00%|7")
                        .toString()))
                .hasSize(2)
                .satisfies(list ->
                        assertThat(list.get(0)).startsWith("ring.txt:7:75: ").contains("12x"))
                .satisfies(list -> assertThat(list.get(1)).startsWith("ring.txt:8:75: "));
    }

    @Test
    void namesBothPlacesOfATokenThatIsThereTwice() {
        assertThat(errors(ringOf("-5", "-5")))
                .containsExactly("ring.txt:7:75: token -5 of 10.0.0.2 is already that of 10.0.0.1 in line 6;"
                        + " each token belongs to one node");
    }

    @Test
    void noticesThatTheEndIsMissing() {
        String text = Captured.source("ring-before.txt").text();

        assertThat(errors(text.substring(0, text.indexOf("8491153766255516575") + 12)))
                .singleElement()
                .asString()
                .contains("announces 8865034956231574663 as the last")
                .contains("cut off");
        assertThat(errors(text.lines().limit(30).reduce("", (a, b) -> a + b + "\n")))
                .singleElement()
                .asString()
                .startsWith("ring.txt:30:80: the list ends with");
        assertThat(errors(text.lines().limit(5).reduce("", (a, b) -> a + b + "\n")))
                .isNotEmpty();
    }

    @Test
    void noticesThatTheBeginningIsMissing() {
        String text = Captured.source("ring-before.txt").text();

        assertThat(errors(text.lines().skip(4).limit(3).reduce("", (a, b) -> a + b + "\n")))
                .hasSize(3)
                .allSatisfy(error -> assertThat(error).contains("no table began yet"));
    }

    @Test
    void tellsEverythingThatIsWrongAtOnceWithItsPlace() {
        String text = Printed.ring()
                .datacenter(
                        "dc1",
                        "10.0.0.1|r1|Up|Normal|1 Gigs|50.00%|-5",
                        "10.0.0.2|r1|Upp|Normal|1 GB|50.00%|2",
                        "10.0.0.3|r1|Up|Normal|1 GB|half|3",
                        "10.0.0.4|r1|Up|Normal|1 GB|50.00%|",
                        "10.0.0.1|r2|Up|Leaving|1 GB|50.00%|6")
                .line("what is this")
                .toString();

        assertThat(errors(text)).hasSize(5).satisfies(list -> {
            assertThat(list.get(0)).startsWith("ring.txt:6:39: '1 Gigs' is no load; a load is a number");
            assertThat(list.get(1)).startsWith("ring.txt:7:12: no Status and State");
            assertThat(list.get(2)).startsWith("ring.txt:8:55: 'half' is no share of the ring");
            assertThat(list.get(3)).startsWith("ring.txt:9:").contains("the token is missing");
            assertThat(list.get(4)).startsWith("ring.txt:12:6:").contains("no Status and State");
        });
    }

    @Test
    void showsTheLineWithACaretUnderThePlace() {
        try {
            read(ringOf("-5", "-5"));
        } catch (BadInput bad) {
            String[] shown = bad.problems().get(0).toString().split("\n", -1);
            assertThat(shown[1].charAt(shown[2].indexOf('^'))).isEqualTo('-');
            assertThat(shown[2]).endsWith("| " + " ".repeat(74) + "^^");
        }
    }

    @Test
    void tellsWhatAnotherToolsOutputIs() {
        assertThat(errors(Captured.source("status-before.txt").text()))
                .containsExactly("ring.txt: is nodetool status, which lists no tokens;"
                        + " give the output of nodetool ring, and this file with --status");
        assertThat(errors("\nError: The keyspace: shop, does not exist\n"))
                .singleElement()
                .asString()
                .contains("nodetool itself failed here");
        assertThatThrownBy(() -> read("\n \n")).isInstanceOf(BadInput.class).hasMessageContaining("lists no node");
    }

    @Test
    void aNodeHasOnePlaceAndOneState() {
        assertThat(errors(Printed.ring()
                        .datacenter(
                                "dc1",
                                "10.0.0.1|r1|Up|Normal|1 GB|50.00%|-5",
                                "10.0.0.1|r2|Up|Normal|1 GB|50.00%|5",
                                "10.0.0.1|r1|Up|Leaving|1 GB|50.00%|7")
                        .toString()))
                .hasSize(2)
                .satisfies(list -> assertThat(list.get(0)).contains("dc1:r2 here and in dc1:r1 in line 6"))
                .satisfies(list -> assertThat(list.get(1)).contains("Leaving here and Normal in line 6"));
    }
}
