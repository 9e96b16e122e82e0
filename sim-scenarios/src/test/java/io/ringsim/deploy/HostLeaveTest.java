package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import io.ringsim.node.Mode;
import io.ringsim.node.Node;
import io.ringsim.operation.Operation;
import io.ringsim.operation.Surroundings;
import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.ReplicationStrategy;
import io.ringsim.ring.RingView;
import io.ringsim.ring.TokenRing;
import io.ringsim.spi.NodeRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How a whole host leaves, with nodes that are played. */
class HostLeaveTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final ActorTestKit kit = ActorTestKit.create();
    private final TestProbe<Node.Command> a = kit.createTestProbe();
    private final TestProbe<Node.Command> b = kit.createTestProbe();
    private final TestProbe<Operation.Outcome> operator = kit.createTestProbe();

    @AfterEach
    void end() {
        kit.shutdownTestKit();
    }

    private ActorRef<HostLeave.Command> leave(int replicas, boolean force) {
        var options = new TreeMap<String, String>();
        options.put("replication_factor", Integer.toString(replicas));
        var keyspaces = List.of(new Keyspace("shop", ReplicationStrategy.of("SimpleStrategy", options)));
        var nodes = new TreeMap<NodeId, ActorRef<Node.Command>>();
        nodes.put(A, a.ref());
        nodes.put(B, b.ref());
        return kit.spawn(HostLeave.create(nodes, keyspaces, force, operator.ref()));
    }

    /** The ring is a, b, and others on other hosts. */
    private static void is(TestProbe<Node.Command> probe, NodeId node, Mode mode, int others) {
        var members = new ArrayList<TokenRing.Member>();
        for (int i = 0; i < others + 2; i++) {
            var name = i == 0 ? A : i == 1 ? B : new NodeId("other-" + i);
            members.add(new TokenRing.Member(
                    name, new Location("dc1", "r1"), List.of(Partitioner.MURMUR3.parse(Integer.toString(i * 1_000)))));
        }
        var view = RingView.of(TokenRing.of(Partitioner.MURMUR3, members));
        probe.expectMessageClass(Node.GetState.class)
                .replyTo()
                .tell(new Node.State(node, mode, Surroundings.alone(view), NodeRecord.NEW));
    }

    private static Node.Decommission decommission(TestProbe<Node.Command> probe) {
        return probe.expectMessageClass(Node.Decommission.class);
    }

    @Test
    void oneNodeLeavesAfterTheOther() {
        leave(2, false);
        is(a, A, Mode.NORMAL, 2);
        is(b, B, Mode.NORMAL, 2);

        var first = decommission(a);
        b.expectNoMessage();
        first.replyTo().tell(new Operation.Completed(List.of()));
        decommission(b).replyTo().tell(new Operation.Completed(List.of()));

        operator.expectMessage(new Operation.Completed(List.of()));
    }

    @Test
    void whoLeftBeforeIsNotAskedAgain() {
        leave(2, false);
        is(a, A, Mode.DECOMMISSIONED, 2);
        is(b, B, Mode.LEAVING, 2);

        decommission(b).replyTo().tell(new Operation.Completed(List.of()));

        operator.expectMessage(new Operation.Completed(List.of()));
        a.expectNoMessage();
    }

    @Test
    void nothingIsBegunWhenThoseWhoRemainWouldBeTooFew() {
        leave(2, false);
        is(a, A, Mode.NORMAL, 1);
        is(b, B, Mode.NORMAL, 1);

        assertThat(operator.expectMessageClass(Operation.Refused.class).reason())
                .contains("shop");
        a.expectNoMessage();
    }

    @Test
    void whoIsNoMemberYetCannotLeave() {
        leave(2, true);
        is(a, A, Mode.NORMAL, 2);
        is(b, B, Mode.JOINING, 2);

        operator.expectMessage(new Operation.Refused("b is JOINING, and can leave when it is a member"));
        a.expectNoMessage();
    }

    @Test
    void whenOneFailsItIsToldWhoHasLeft() {
        leave(2, false);
        is(a, A, Mode.NORMAL, 2);
        is(b, B, Mode.NORMAL, 2);
        decommission(a).replyTo().tell(new Operation.Completed(List.of()));

        decommission(b).replyTo().tell(new Operation.Failed("no peer", List.of()));

        operator.expectMessage(new Operation.Failed("after [a] left, b: no peer", List.of()));
    }

    @Test
    void aNodeThatStopsEndsIt() {
        leave(2, false);
        is(a, A, Mode.NORMAL, 2);
        is(b, B, Mode.NORMAL, 2);
        decommission(a);

        b.stop();

        operator.expectMessage(new Operation.Failed("b stopped", List.of()));
    }
}
