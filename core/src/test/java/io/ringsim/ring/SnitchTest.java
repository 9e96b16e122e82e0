package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SnitchTest {
    private static List<NodeId> nodes(String... names) {
        return Arrays.stream(names).map(NodeId::new).toList();
    }

    @Test
    void infersDatacenterAndRackFromTheAddress() {
        var snitch = new Snitch.RackInferring();

        assertThat(snitch.location(new NodeId("10.1.2.3"))).isEqualTo(new Location("1", "2"));
        assertThat(snitch.location(new NodeId("10.1.2.3:7000"))).isEqualTo(new Location("1", "2"));
        assertThatThrownBy(() -> snitch.location(new NodeId("n1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("n1");
    }

    @Test
    void ordersPeersBySelfDatacenterAndNameOfTheRackAndElseLeavesThem() {
        var snitch = new Snitch.RackInferring();
        var peers = nodes("10.2.8.1", "10.1.9.2", "10.1.9.1", "10.1.1.2", "10.1.1.1", "10.2.1.2", "10.1.1.3");

        assertThat(snitch.proximity().sorted(new NodeId("10.1.1.1"), peers, snitch::location))
                .isEqualTo(nodes("10.1.1.1", "10.1.1.2", "10.1.1.3", "10.1.9.2", "10.1.9.1", "10.2.1.2", "10.2.8.1"));
    }

    @Test
    void putsAllNodesInOnePlaceWhenSimple() {
        var snitch = new Snitch.Simple();

        assertThat(snitch.location(new NodeId("n1"))).isEqualTo(new Location("datacenter1", "rack1"));
        assertThat(snitch.proximity().sorted(new NodeId("n2"), nodes("n1", "n2"), snitch::location))
                .isEqualTo(nodes("n1", "n2"));
    }

    @Test
    void looksUpItsTableWithAPlaceForTheRest() {
        var table = new TreeMap<NodeId, Location>();
        table.put(new NodeId("n1"), new Location("dc1", "r1"));
        var snitch = new Snitch.Mapped(table, new Location("dc9", "r9"));

        assertThat(snitch.location(new NodeId("n1"))).isEqualTo(new Location("dc1", "r1"));
        assertThat(snitch.location(new NodeId("n2"))).isEqualTo(new Location("dc9", "r9"));
    }
}
