package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import io.ringsim.network.remote.HostNetwork;
import io.ringsim.network.remote.TestHost;
import io.ringsim.ring.NodeId;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The contract where b is on another host than a and c. */
class HostNetworkTest extends NetworkContract {
    private static final NodeId HERE = new NodeId("sentinel-here");
    private static final NodeId THERE = new NodeId("sentinel-there");

    private final TestHost hereHost = TestHost.start();
    private final TestHost thereHost = TestHost.start();
    private final HostNetwork here = hereHost.network(this::hostOf);
    private final HostNetwork there = thereHost.network(this::hostOf);
    private final BlockingQueue<NodeId> passed = new LinkedBlockingQueue<>();

    HostNetworkTest() {
        here.attach(HERE, Letter.RADIO, Inbox.ofDatagrams((from, letter) -> passed.add(from)));
        there.attach(THERE, Letter.RADIO, Inbox.ofDatagrams((from, letter) -> passed.add(from)));
    }

    private Optional<Address> hostOf(NodeId node) {
        return Optional.of(isThere(node) ? thereHost.address() : hereHost.address());
    }

    private static boolean isThere(NodeId node) {
        return node.equals(THERE) || node.value().equals("b");
    }

    @AfterEach
    void stop() {
        hereHost.close();
        thereHost.close();
    }

    @Override
    protected Network network() {
        return new Network() {
            @Override
            public <M extends WireMessage> void attach(NodeId node, Channel<M> channel, Inbox<M> inbox) {
                of(node).attach(node, channel, inbox);
            }

            @Override
            public void detach(NodeId node) {
                of(node).detach(node);
            }

            @Override
            public <M extends WireMessage> void send(NodeId from, NodeId to, Channel<M> channel, M message) {
                of(from).send(from, to, channel, message);
            }
        };
    }

    private HostNetwork of(NodeId node) {
        return isThere(node) ? there : here;
    }

    /** What a host says stays in order, so what it said before a sentinel is there before it. */
    @Override
    protected void settle() {
        for (int round = 0; round < 2; round++) {
            here.send(HERE, THERE, Letter.RADIO, Letter.of("all quiet"));
            await(HERE);
            there.send(THERE, HERE, Letter.RADIO, Letter.of("all quiet"));
            await(THERE);
        }
    }

    private void await(NodeId sentinel) {
        try {
            assertThat(passed.poll(20, TimeUnit.SECONDS)).isEqualTo(sentinel);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void countsBytesAsDirectNetworkDoes() {
        var a = new NodeId("a");
        var b = new NodeId("b");

        here.send(a, b, Letter.RADIO, new Letter("x", 30));
        here.send(a, b, Letter.POST, new Letter("y", 12));
        here.send(a, a, Letter.RADIO, new Letter("z", 99));

        assertThat(here.traffic())
                .filteredOn(entry -> entry.from().equals(a))
                .containsExactly(new Traffic.Entry(a, b, "Letter", new Traffic.Amount(2, 42)));
    }
}
