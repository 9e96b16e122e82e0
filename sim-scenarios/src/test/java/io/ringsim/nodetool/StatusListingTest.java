package io.ringsim.nodetool;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Source;
import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusListingTest {
    private static final String ID = "b1dbb8ce-e92c-41b1-9a91-b942ee41ca83";

    private static ImportedRing read(String text) {
        return RingFiles.status(Source.of("status.txt", text), Optional.empty());
    }

    private static List<String> errors(Runnable reading) {
        try {
            reading.run();
            return List.of();
        } catch (BadInput bad) {
            return bad.problems().stream().map(Problem::headline).toList();
        }
    }

    @Test
    void addsLoadsAndHostIdsToTheCapturedRing() {
        ImportedRing ring = Captured.ring("ring-joining.txt", "status-joining.txt");

        ImportedNode joining = ring.node(new NodeId("127.0.9.4")).orElseThrow();
        assertThat(joining.state()).isEqualTo(State.JOINING);
        assertThat(joining.load().orElse(0)).isEqualTo((long) (30.9 * 1024));
        assertThat(joining.hostId()).isEqualTo("450a3ab7-0920-4724-9a1d-351301adfbe7");
        assertThat(ring.warnings()).isEmpty();
    }

    @Test
    void knowsWhoIsDownAndWhoseLoadAndHostIdAreMissing() {
        ImportedRing ring = Captured.ring("ring-before.txt", "status-with-down-nodes.txt");

        ImportedNode first = ring.node(new NodeId("127.0.9.1")).orElseThrow();
        ImportedNode second = ring.node(new NodeId("127.0.9.2")).orElseThrow();
        assertThat(first.hostId()).isEmpty();
        assertThat(first.load().orElse(0)).isEqualTo((long) (187.71 * 1024 * 1024));
        assertThat(second.liveness()).isEqualTo(Liveness.DOWN);
        assertThat(second.load().orElse(0)).as("from the ring").isEqualTo((long) (223.29 * 1024 * 1024));
    }

    @ParameterizedTest
    @CsvSource({"status-before.txt,3", "status-joining.txt,4", "status-leaving.txt,4", "status-with-down-nodes.txt,3"})
    void readsWhatWasCaptured(String file, int nodes) {
        ImportedRing ring = RingFiles.status(Captured.source(file), Optional.empty());

        assertThat(ring.nodes()).hasSize(nodes).allMatch(node -> node.tokenCount() == 16);
        assertThat(ring.hasTokens()).isFalse();
    }

    @Test
    void readsTheFormWithOneTokenPerNode() {
        ImportedRing ring = read(Printed.status()
                .statusDatacenter(
                        "dc1",
                        "--|Address|Load|Owns (effective)|Host ID|Token|Rack",
                        "UN|10.0.0.1|70.43 KB|100.0%|" + ID + "|-9223372036854775808|r1",
                        "DL|10.0.0.2|1,5 MB|100.0%|null|-3074457345618258603|r 2",
                        "?M|10.0.0.3|?|?||3074457345618258602|r3")
                .toString());

        assertThat(ring.hasTokens()).isTrue();
        assertThat(ring.nodes()).extracting(node -> node.location().rack()).containsExactly("r1", "r 2", "r3");
        assertThat(ring.nodes().stream().map(node -> node.load().orElse(-1)))
                .containsExactly((long) (70.43 * 1024), (long) (1.5 * 1024 * 1024), -1L);
        assertThat(ring.nodes()).extracting(ImportedNode::hostId).containsExactly(ID, "", "");
    }

    @Test
    void readsOwnershipThatMeansNothingAndItsNote() {
        ImportedRing ring = read(Printed.status()
                .statusDatacenter(
                        "dc1", "--|Address|Load|Tokens|Owns|Host ID|Rack", "UN|10.0.0.1|7 GB|256|?|" + ID + "|r1")
                .statusDatacenter(
                        "dc2", "--|Address|Load|Tokens|Owns|Host ID|Rack", "UJ|10.1.0.1|1.07 PiB|256|?|" + ID + "|r1")
                .line("Note: Non-system keyspaces don't have the same replication settings, effective ownership"
                        + " information is meaningless")
                .toString());

        assertThat(ring.datacenters()).containsExactly("dc1", "dc2");
        assertThat(ring.nodes()).extracting(ImportedNode::tokenCount).containsExactly(256, 256);
    }

    @Test
    void tellsWhatIsWrongWithALine() {
        String text = Printed.status()
                .statusDatacenter(
                        "dc1",
                        "--|Address|Load|Tokens|Owns (effective)|Host ID|Rack",
                        "UX|10.0.0.1|7 GB|256|50.0%|" + ID + "|r1",
                        "UN|10.0.0.2|7 GB|many|50.0%|" + ID + "|r1",
                        "UN|10.0.0.3|7 GB|256|50.0%|" + ID + "|",
                        "UN|10.0.0.4|7 Gb|256|50.0%|" + ID + "|r1")
                .toString();

        assertThat(errors(() -> read(text))).hasSize(4).satisfies(list -> {
            assertThat(list.get(0)).startsWith("status.txt:6:1: 'UX' is no status of a node");
            assertThat(list.get(1)).startsWith("status.txt:7:").contains("'many' is no number of tokens");
            assertThat(list.get(2)).startsWith("status.txt:8:").contains("the rack of 10.0.0.3 is missing");
            assertThat(list.get(3)).startsWith("status.txt:9:").contains("'7 Gb' is no load");
        });
    }

    @Test
    void namesBothFilesWhenTheyContradictEachOther() {
        String status = Captured.source("status-joining.txt")
                .text()
                .replace("16      61.4%", "256     61.4%")
                .replace(
                        "65.8%             f7577dca-0a37-4165-95f4-f1509e033ee4  rack1",
                        "65.8%             f7577dca-0a37-4165-95f4-f1509e033ee4  rack9");

        assertThat(errors(() -> RingFiles.read(
                        Captured.source("ring-before.txt"),
                        Optional.of(Source.of("status.txt", status)),
                        Optional.empty())))
                .containsExactly(
                        "status.txt:7:1: 127.0.9.1 has 256 tokens here but 16 in ring-before.txt;"
                                + " take both at the same moment, and give all of the output",
                        "status.txt:8:1: 127.0.9.3 is in rack rack9 here but in rack1 in ring-before.txt;"
                                + " take both at the same moment",
                        "status.txt:9:1: 127.0.9.4 is not in ring-before.txt;"
                                + " take both at the same moment, both with or both without -r");
    }

    @Test
    void namesTheNodeThatStatusLacks() {
        assertThat(errors(() -> Captured.ring("ring-joining.txt", "status-before.txt")))
                .containsExactly("status-before.txt: 127.0.9.4 of ring-joining.txt is not listed here;"
                        + " take both at the same moment, both with or both without -r");
    }

    @Test
    void anotherStateIsAWarning() {
        ImportedRing ring = Captured.ring("ring-joining.txt", "status-leaving.txt");

        assertThat(ring.warnings())
                .singleElement()
                .asString()
                .contains("status-leaving.txt:9:1: warning: 127.0.9.4 is Leaving here but Joining in ring-joining.txt");
    }
}
