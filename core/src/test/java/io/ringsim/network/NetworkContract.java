package io.ringsim.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What every network promises when nothing is wrong with it but dead processes. */
public abstract class NetworkContract {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");
    private static final NodeId C = new NodeId("c");

    private final List<String> told = new CopyOnWriteArrayList<>();

    protected abstract Network network();

    /** Lets everything that is on its way arrive. */
    protected abstract void settle();

    @Test
    void deliversTheMessagesOfAChannelInOrder() {
        attach(A, B);

        for (int i = 0; i < 5; i++) {
            network().send(A, B, Letter.POST, Letter.of("p" + i));
        }
        settle();

        assertThat(told).containsExactly("b<-a p0", "b<-a p1", "b<-a p2", "b<-a p3", "b<-a p4");
    }

    @Test
    void deliversDatagrams() {
        attach(A, B);

        network().send(A, B, Letter.RADIO, Letter.of("d"));
        settle();

        assertThat(told).containsExactly("b<-a d");
    }

    @Test
    void aNodeHearsItself() {
        attach(A);

        network().send(A, A, Letter.POST, Letter.of("p"));
        network().send(A, A, Letter.RADIO, Letter.of("d"));
        settle();

        assertThat(told).containsExactlyInAnyOrder("a<-a p", "a<-a d");
    }

    @Test
    void tellsTheSenderWhenNobodyListens() {
        attach(A);

        network().send(A, B, Letter.POST, Letter.of("p"));
        settle();

        assertThat(told).containsExactly("a lost b");
    }

    @Test
    void tellsNobodyWhenADatagramFindsNobody() {
        attach(A);

        network().send(A, B, Letter.RADIO, Letter.of("d"));
        settle();

        assertThat(told).isEmpty();
    }

    @Test
    void tellsBothKindsOfPeersThatADetachedNodeIsGoneAndNobodyElse() {
        attach(A, B, C);
        network().send(A, B, Letter.POST, Letter.of("p"));
        network().send(B, C, Letter.POST, Letter.of("q"));
        network().send(A, C, Letter.RADIO, Letter.of("d"));
        settle();
        told.clear();

        network().detach(B);
        settle();

        assertThat(told).containsExactlyInAnyOrder("a lost b", "c lost b");
    }

    @Test
    void tellsABrokenConnectionOnce() {
        attach(A, B);
        network().send(A, B, Letter.POST, Letter.of("p"));
        settle();
        told.clear();

        network().detach(B);
        settle();
        settle();

        assertThat(told).containsExactly("a lost b");
    }

    @Test
    void aRestartedNodeTalksAgain() {
        attach(A, B);
        network().send(A, B, Letter.POST, Letter.of("before"));
        settle();
        network().detach(B);
        settle();
        told.clear();

        attach(B);
        network().send(A, B, Letter.POST, Letter.of("to"));
        settle();
        network().send(B, A, Letter.POST, Letter.of("fro"));
        settle();

        assertThat(told).containsExactly("b<-a to", "a<-b fro");
    }

    @Test
    void aLaterInboxReplacesTheEarlierOne() {
        attach(A, B);
        network().attach(B, Letter.POST, inbox("second"));

        network().send(A, B, Letter.POST, Letter.of("p"));
        settle();

        assertThat(told).containsExactly("second<-a p");
    }

    @Test
    void aDetachedNodeReceivesNothing() {
        attach(A, B);
        network().detach(B);

        network().send(A, B, Letter.RADIO, Letter.of("d"));
        network().send(A, B, Letter.POST, Letter.of("p"));
        settle();

        assertThat(told).containsExactly("a lost b");
    }

    private void attach(NodeId... nodes) {
        for (var node : nodes) {
            network().attach(node, Letter.POST, inbox(node.value()));
            network().attach(node, Letter.RADIO, inbox(node.value()));
        }
    }

    private Inbox<Letter> inbox(String name) {
        return new Inbox<>() {
            @Override
            public void received(NodeId from, Letter message) {
                told.add(name + "<-" + from + " " + message);
            }

            @Override
            public void connectionLost(NodeId peer, String reason) {
                told.add(name + " lost " + peer);
            }
        };
    }
}
