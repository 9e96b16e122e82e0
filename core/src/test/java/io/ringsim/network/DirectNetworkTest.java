package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import org.junit.jupiter.api.Test;

class DirectNetworkTest extends NetworkContract {
    private final DirectNetwork network = new DirectNetwork();

    @Override
    protected Network network() {
        return network;
    }

    @Override
    protected void settle() {
        // everything arrives at once
    }

    @Test
    void countsWhatOneNodeSaysToAnotherButNotToItself() {
        var a = new NodeId("a");
        var b = new NodeId("b");

        network.send(a, b, Letter.RADIO, new Letter("x", 30));
        network.send(a, b, Letter.RADIO, new Letter("y", 12));
        network.send(a, a, Letter.RADIO, new Letter("z", 99));

        assertThat(network.traffic()).containsExactly(new Traffic.Entry(a, b, "Letter", new Traffic.Amount(2, 42)));
    }

    @Test
    void countsWhatWentBesideTheMessages() {
        var a = new NodeId("a");
        var b = new NodeId("b");

        network.carried(a, b, "Content", 1_000);
        network.carried(a, b, "Content", 24);

        assertThat(network.traffic()).containsExactly(new Traffic.Entry(a, b, "Content", new Traffic.Amount(0, 1_024)));
    }
}
