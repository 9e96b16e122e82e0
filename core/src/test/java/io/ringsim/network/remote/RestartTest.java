package io.ringsim.network.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.network.Inbox;
import io.ringsim.network.Letter;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two real hosts of which one stops, or starts again. */
@Timeout(120)
class RestartTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final TestHost first = TestHost.start();
    private TestHost second = TestHost.start();
    private final Address secondAddress = second.address();
    private final TestProbe<String> told = TestProbe.create(first.system());
    private final HostNetwork network = first.network(this::hostOf);

    private Optional<Address> hostOf(NodeId node) {
        return Optional.of(node.equals(A) ? first.address() : secondAddress);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    @Test
    void aClosedNetworkIsToldAtOnceAtBothEnds() {
        var other = meet();

        other.close();

        var ends = List.of(next(), next());
        assertThat(ends)
                .containsExactlyInAnyOrder(
                        "a lost b: the post office of " + secondAddress + " closed",
                        "b lost a: the post office of " + secondAddress + " closed");
    }

    @Test
    void aHostThatStoppedIsLostAndItsSuccessorIsMet() {
        meet();

        second.close();

        assertThat(nextOf("a")).startsWith("a lost b: ");

        second = TestHost.startAt(secondAddress);
        meet();
    }

    @Test
    void aHostThatStartedAgainLosesTheOldConnectionsBeforeItIsHeard() {
        meet();
        second.close();
        second = TestHost.startAt(secondAddress);
        var successor = second.network(this::hostOf);
        successor.attach(B, Letter.POST, inbox(B));

        successor.send(B, A, Letter.POST, Letter.of("risen"));

        assertThat(nextOf("a")).startsWith("a lost b: ");
        assertThat(nextOf("a")).isEqualTo("a<-b risen");
    }

    @Test
    void aSystemWithoutArteryIsRefused() {
        var local = ActorSystem.create(Behaviors.empty(), "alone");
        try {
            assertThatThrownBy(
                            () -> HostNetwork.create(local, node -> Optional.empty(), HostNetworkSettings.defaults()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("alone has no Artery");
        } finally {
            local.terminate();
        }
    }

    /** Lets a and b talk both ways; a speaks again when it is told that it was not heard. */
    private HostNetwork meet() {
        var other = second.network(this::hostOf);
        network.attach(A, Letter.POST, inbox(A));
        other.attach(B, Letter.POST, inbox(B));
        network.send(A, B, Letter.POST, Letter.of("to"));
        for (var text = next(); !text.equals("b<-a to"); text = next()) {
            if (text.startsWith("a lost b")) {
                network.send(A, B, Letter.POST, Letter.of("to"));
            }
        }
        other.send(B, A, Letter.POST, Letter.of("fro"));
        assertThat(nextOf("a")).isEqualTo("a<-b fro");
        return other;
    }

    private String nextOf(String node) {
        var text = next();
        while (!text.startsWith(node)) {
            text = next();
        }
        return text;
    }

    private String next() {
        return told.receiveMessage(Duration.ofSeconds(20));
    }

    private Inbox<Letter> inbox(NodeId node) {
        var ref = told.getRef();
        return new Inbox<>() {
            @Override
            public void received(NodeId from, Letter message) {
                ref.tell(node + "<-" + from + " " + message.text());
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                ref.tell(node + " lost " + peer + ": " + reason);
            }
        };
    }
}
