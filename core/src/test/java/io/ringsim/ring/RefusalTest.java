package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Changes of the ring that must not be made, and why. */
class RefusalTest {
    private static final Location HERE = new Location("dc1", "r1");
    private static final NodeId N1 = new NodeId("n1");
    private static final NodeId N2 = new NodeId("n2");
    private static final NodeId N3 = new NodeId("n3");
    private static final NodeId N9 = new NodeId("n9");
    private static final SourceChoice STRICT = SourceChoice.strict(Proximity.NONE);
    private static final SourceChoice RELAXED = SourceChoice.relaxed(Proximity.NONE);

    private static List<Token> tokens(long... values) {
        var tokens = new ArrayList<Token>();
        Arrays.stream(values).mapToObj(Token.LongToken::new).forEach(tokens::add);
        return tokens;
    }

    /** n1 at 10, n2 at 20, n3 at 30. */
    private static RingView three() {
        return RingView.of(TokenRing.empty(Partitioner.MURMUR3)
                .with(N1, HERE, tokens(10))
                .with(N2, HERE, tokens(20))
                .with(N3, HERE, tokens(30)));
    }

    private static RingView with(RingView view, NodeId node, Status status, long token) {
        return view.with(new Endpoint(node, HERE, 1, 1, status, tokens(token), tokens(token + 7), "", 0));
    }

    private static List<Keyspace> simple(int factor) {
        return List.of(new Keyspace("k", new SimpleStrategy(factor)));
    }

    private static void assertRefused(MovementPlan plan, String reason) {
        assertThat(plan).isInstanceOf(Refusal.class);
        assertThat(((Refusal) plan).reason()).contains(reason);
    }

    private static MovementPlan bootstrap(RingView view, List<Keyspace> keyspaces, long token, SourceChoice choice) {
        return RangeMovement.bootstrap(view, keyspaces, N9, HERE, tokens(token), choice);
    }

    @Test
    void bootstrapOfAMember() {
        assertRefused(
                RangeMovement.bootstrap(three(), simple(2), N1, HERE, tokens(5), STRICT),
                "n1 is already a member of the token ring; bootstrap aborted");
    }

    @Test
    void bootstrapAtATokenInUse() {
        assertRefused(
                bootstrap(three(), simple(2), 20, STRICT),
                "Bootstrapping to existing token 20 is not allowed: it belongs to n2");
        assertRefused(bootstrap(with(three(), N3, Status.BOOT, 20), simple(2), 20, RELAXED), "it belongs to n2");
        var other = with(three(), new NodeId("n8"), Status.BOOT, 25);
        assertRefused(bootstrap(other, simple(2), 25, RELAXED), "it belongs to n8");
    }

    @Test
    void bootstrapWhileOthersChange() {
        var reason = "Other bootstrapping/leaving/moving nodes detected, cannot bootstrap while"
                + " cassandra.consistent.rangemovement is true. Nodes detected, bootstrapping: ";
        var joining = with(three(), new NodeId("n8"), Status.BOOT, 25);

        assertRefused(bootstrap(joining, simple(2), 5, STRICT), reason + "n8; leaving: ; moving: ");
        assertRefused(
                bootstrap(with(three(), N2, Status.LEAVING, 20), simple(2), 5, STRICT), reason + "; leaving: n2;");
        assertRefused(bootstrap(with(three(), N2, Status.MOVING, 20), simple(2), 5, STRICT), "moving: n2");
        assertThat(bootstrap(joining, simple(2), 5, RELAXED)).isInstanceOf(RangeMovement.class);
        assertThat(bootstrap(with(three(), N9, Status.BOOT, 5), simple(2), 5, STRICT))
                .isInstanceOf(RangeMovement.class);
    }

    @Test
    void bootstrapWhenTheNodeThatLosesTheRangeIsDown() {
        var down = STRICT.withAlive(node -> !node.equals(N2));

        assertRefused(
                bootstrap(three(), simple(1), 15, down),
                "A node required to move the data consistently is down (n2, which loses (10, 15] of keyspace k)."
                        + " If you wish to move the data from a potentially inconsistent replica, restart the node"
                        + " with -Dcassandra.consistent.rangemovement=false");
        assertThat(bootstrap(three(), simple(2), 15, RELAXED.withAlive(node -> !node.equals(N2))))
                .isInstanceOf(RangeMovement.class);
    }

    @Test
    void bootstrapWithoutSources() {
        var nobody = RELAXED.withAlive(node -> false);

        assertRefused(
                bootstrap(three(), simple(2), 15, nobody),
                "Unable to find sufficient sources for streaming range (30, 10] in keyspace k: none of its replicas"
                        + " [n1, n2] can be fetched from");
        var empty = (RangeMovement) bootstrap(three(), simple(1), 15, nobody);
        assertThat(empty.transfers()).isEmpty();
        assertThat(empty.warnings())
                .containsExactly("Unable to find sufficient sources for streaming 1 ranges in keyspace k with RF=1."
                        + " Keyspace might be missing data.");
        assertRefused(
                bootstrap(RingView.empty(Partitioner.MURMUR3), simple(2), 15, STRICT),
                "the ring has no member to bootstrap from");
    }

    @Test
    void strictnessNeedsAsManyReplicasAsWereAskedFor() {
        var two = RingView.of(three().ring().without(N3));
        var down = STRICT.withAlive(node -> !node.equals(N1));

        var movement = (RangeMovement) bootstrap(two, simple(3), 15, down);

        assertThat(movement.transfers()).extracting(Transfer::from).containsOnly(N2);
    }

    @Test
    void decommissionOfAStrangerAndOfTheLast() {
        assertRefused(
                RangeMovement.decommission(three(), simple(1), N9, false), "n9 is not a member of the token ring yet");
        var alone = RingView.of(TokenRing.empty(Partitioner.MURMUR3).with(N1, HERE, tokens(10)));
        assertRefused(
                RangeMovement.decommission(alone, simple(1), N1, true),
                "no other normal nodes in the ring; decommission would be pointless");
        var leaving = with(with(three(), N2, Status.LEAVING, 20), N3, Status.LEAVING, 30);
        assertRefused(RangeMovement.decommission(leaving, simple(1), N1, true), "decommission would be pointless");
    }

    @Test
    void decommissionThatLeavesTooFewReplicas() {
        assertRefused(
                RangeMovement.decommission(three(), simple(3), N1, false),
                "Not enough live nodes to maintain replication factor in keyspace k (RF = 3, N = 3). Perform a"
                        + " forceful decommission to ignore.");
        assertThat(RangeMovement.decommission(three(), simple(3), N1, true)).isInstanceOf(RangeMovement.class);
        assertThat(RangeMovement.decommission(three(), simple(2), N1, false)).isInstanceOf(RangeMovement.class);
        assertRefused(RangeMovement.decommission(with(three(), N2, Status.LEAVING, 20), simple(2), N1, false), "N = 2");
    }

    @Test
    void decommissionCountsTheOwnDatacenterOnly() {
        var ring = three().ring().with(N9, new Location("dc2", "r1"), tokens(40));
        var factors = new TreeMap<String, Integer>();
        factors.put("dc1", 2);
        factors.put("dc2", 1);
        var keyspaces = List.of(new Keyspace("k", new NetworkTopologyStrategy(factors)));

        assertThat(RangeMovement.decommission(RingView.of(ring), keyspaces, N1, false))
                .isInstanceOf(RangeMovement.class);
        assertRefused(RangeMovement.decommission(RingView.of(ring), keyspaces, N9, false), "(RF = 1, N = 1)");
    }

    @Test
    void decommissionOfANodeThatIsAboutToGain() {
        var view = with(three(), N2, Status.LEAVING, 20);

        assertRefused(
                RangeMovement.decommission(view, simple(1), N3, false),
                "data is currently moving to n3 (keyspace k); unable to leave the ring");
        assertThat(RangeMovement.decommission(view, simple(1), N2, false)).isInstanceOf(RangeMovement.class);
    }

    @Test
    void moveThatCannotBe() {
        assertRefused(RangeMovement.move(three(), simple(1), N9, tokens(5).get(0), STRICT), "not a member");
        assertRefused(
                RangeMovement.move(three(), simple(1), N1, tokens(20).get(0), STRICT),
                "target token 20 is already owned by n2");
        var view = RingView.of(three().ring().with(N1, HERE, tokens(10, 11)));
        assertRefused(RangeMovement.move(view, simple(1), N1, tokens(5).get(0), STRICT), "more than one token");
        assertRefused(
                RangeMovement.move(
                        with(three(), N2, Status.LEAVING, 20),
                        simple(1),
                        N3,
                        tokens(5).get(0),
                        STRICT),
                "data is currently moving to n3");
        assertThat(RangeMovement.move(
                        with(three(), N3, Status.MOVING, 30),
                        simple(1),
                        N3,
                        tokens(37).get(0),
                        STRICT))
                .isInstanceOf(RangeMovement.class);
    }

    @Test
    void removalAndReplacementOfTheLiving() {
        assertRefused(RangeMovement.remove(three(), simple(2), N1, RELAXED), "n1 is alive. Use decommission");
        assertRefused(RangeMovement.remove(three(), simple(2), N9, RELAXED), "n9 is not a member");
        assertRefused(
                RangeMovement.replace(three(), simple(2), N1, N9, HERE, RELAXED), "Cannot replace a live node: n1");
        assertRefused(
                RangeMovement.replace(three(), simple(2), N9, N1, HERE, RELAXED),
                "Cannot replace n9 because it is not a member of the ring");
        var dead = RELAXED.withAlive(node -> !node.equals(N1));
        assertRefused(RangeMovement.replace(three(), simple(2), N1, N2, HERE, dead), "n2 is already a member");
        assertThat(RangeMovement.replace(three(), simple(2), N1, N1, HERE, dead))
                .isInstanceOf(RangeMovement.class);
    }

    @Test
    void removalWarnsOfWhatIsLost() {
        var dead = RELAXED.withAlive(node -> !node.equals(N1));

        var movement = (RangeMovement) RangeMovement.remove(three(), simple(1), N1, dead);

        assertThat(movement.transfers()).isEmpty();
        assertThat(movement.warnings()).containsExactly("no replica is left alive for 1 ranges of keyspace k");
        var bothDown = RELAXED.withAlive(N3::equals);
        var down = (RangeMovement) RangeMovement.remove(three(), simple(2), N1, bothDown);
        assertThat(down.warnings())
                .contains("Endpoint n2 is down and will not receive data of keyspace k for re-replication of n1");
    }

    @Test
    void rebuildFromADatacenterThatIsNone() {
        assertRefused(
                RangeMovement.rebuild(three(), simple(2), N1, "dc9", RELAXED),
                "Provided datacenter 'dc9' is not a valid datacenter, available datacenters are: dc1");
    }
}
