package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several real hosts in one JVM, each with an Artery of its own on a free port. */
@Timeout(120)
class ClusterLayerTest {
    private static final ClusterLayerSettings SETTINGS = ClusterLayerSettings.defaults();
    private static final ActorSystem<Void> WAITING = ActorSystem.create(Behaviors.empty(), "waiting");
    private static final TestProbe<Void> WAIT = TestProbe.create(WAITING);

    private final List<ClusterHost> hosts = new ArrayList<>();

    @AfterEach
    void stop() {
        for (var host : hosts) {
            host.ears().values().forEach(ears -> assertThat(ears.violations()).isEmpty());
        }
        hosts.forEach(ClusterHost::close);
    }

    @AfterAll
    static void stopWaiting() {
        WAITING.terminate();
    }

    @Test
    void nodesOfAllHostsSeeEachOtherAndHearWhatIsAnnounced() {
        var a = host().with("a1", 1, 1).with("a2", 1, 2);
        var b = host().with("b1", 1, 3);
        var c = host().with("c1", 1, 4);

        for (var ears : List.of(a.ears("a1"), a.ears("a2"), b.ears("b1"), c.ears("c1"))) {
            soon(() -> assertThat(ears.picture())
                    .containsExactly("a1 NORMAL [1]", "a2 NORMAL [2]", "b1 NORMAL [3]", "c1 NORMAL [4]"));
        }
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("a2", "b1", "c1"));
        soon(() -> assertThat(c.ears("c1").up()).containsExactly("a1", "a2", "b1"));
        assertThat(a.layer().hosts().hostOf(new NodeId("c1"))).contains(c.address());
        assertThat(a.layer().hosts().hostOf(new NodeId("a2"))).contains(a.address());
        assertThat(a.layer().hosts().hostOf(new NodeId("nobody"))).isEmpty();

        b.announce("b1", Status.LEAVING, 3);

        soon(() -> assertThat(c.ears("c1").picture()).contains("b1 LEAVING [3]"));
        soon(() -> assertThat(a.ears("a2").picture()).contains("b1 LEAVING [3]"));
    }

    @Test
    void aNodeThatStopsIsDownOnAllHostsAndItsNextLifeIsUp() {
        var a = host().with("a1", 1, 1);
        var b = host().with("b1", 1, 2).with("b2", 1, 3);
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1", "b2"));

        b.tell("b1", Membership.Stop.INSTANCE);
        b.kill("b2");

        soon(() -> assertThat(a.ears("a1").up()).isEmpty());
        assertThat(a.ears("a1").picture()).containsExactly("a1 NORMAL [1]", "b1 NORMAL [2]", "b2 NORMAL [3]");

        b.with("b1", 2, 22);

        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1"));
        assertThat(a.ears("a1").picture()).contains("b1 NORMAL [22]");
    }

    @Test
    void theNodesOfAKilledHostAreDownUntilAnotherHostRunsThem() {
        var a = host().with("a1", 1, 1);
        var b = host().with("b1", 1, 2);
        var c = host().with("c1", 1, 3);
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1", "c1"));
        soon(() -> assertThat(b.ears("b1").up()).containsExactly("a1", "c1"));

        c.close();

        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1"));
        soon(() -> assertThat(b.ears("b1").up()).containsExactly("a1"));
        assertThat(a.ears("a1").picture()).contains("c1 NORMAL [3]");

        var d = host().with("c1", 2, 3);

        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1", "c1"));
        soon(() -> assertThat(d.ears("c1").up()).containsExactly("a1", "b1"));
        assertThat(a.layer().hosts().hostOf(new NodeId("c1"))).contains(d.address());
    }

    @Test
    void aDeadNodeIsRemovedByANodeOfAnotherHostAndStaysOutOnWhicheverItStarts() {
        var dead = new NodeId("b2");
        var a = host().with("a1", 1, 1);
        var b = host().with("b1", 1, 2).with("b2", 1, 3);
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1", "b2"));
        b.kill("b2");
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1"));

        a.tell("a1", new Membership.SpeakFor(dead, 2, Status.REMOVING));
        soon(() -> assertThat(b.ears("b1").picture()).contains("b2 REMOVING [3]"));
        a.tell("a1", new Membership.SpeakFor(dead, 3, Status.REMOVED));
        soon(() -> assertThat(b.ears("b1").picture()).contains("b2 REMOVED [3]"));

        for (var host : List.of(a, b)) {
            host.with("b2", 2, 33);
            soon(() -> assertThat(host.ears("b2").picture()).contains("b2 REMOVED [3]"));
            host.kill("b2");
        }
        a.announce("a1", Status.LEAVING, 1);
        soon(() -> assertThat(b.ears("b1").picture())
                .containsExactly("a1 LEAVING [1]", "b1 NORMAL [2]", "b2 REMOVED [3]"));
        assertThat(b.ears("b1").up()).containsExactly("a1");
    }

    @Test
    void theNodesOfAHostThatLeavesAreDown() {
        var a = host().with("a1", 1, 1);
        var b = host().with("b1", 1, 2);
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1"));

        b.leave();
        b.awaitEnd();

        soon(() -> assertThat(a.ears("a1").up()).isEmpty());
        assertThat(a.ears("a1").picture()).containsExactly("a1 NORMAL [1]", "b1 NORMAL [2]");
    }

    @Test
    void aHostThatWasDownedEnds() {
        var a = host().with("a1", 1, 1);
        var b = host().with("b1", 1, 2);
        soon(() -> assertThat(a.ears("a1").up()).containsExactly("b1"));

        a.down(b);

        soon(() -> assertThat(a.ears("a1").up()).isEmpty());
        b.awaitEnd();
        assertThat(a.isTerminated()).isFalse();
    }

    @Test
    void aLateHostLearnsEverythingButWhatWasForgotten() {
        var settings = SETTINGS.forgetting(Duration.ofSeconds(1), Duration.ofSeconds(1));
        var a = host(settings).with("a1", 1, 1).with("a2", 1, 2);
        a.start("a3", 1);
        a.announce("a3", Status.BOOT, 3);
        a.start("a4", 1);
        a.announce("a4", Status.LEFT, 4);
        var b = host(settings).with("b1", 1, 5);
        soon(() -> assertThat(b.ears("b1").picture()).contains("a1 NORMAL [1]", "a3 BOOT [3]"));

        a.kill("a3");
        a.kill("a4");

        for (var ears : List.of(a.ears("a1"), b.ears("b1"))) {
            soon(() -> assertThat(ears.picture()).containsExactly("a1 NORMAL [1]", "a2 NORMAL [2]", "b1 NORMAL [5]"));
        }

        var late = host(settings);
        var ears = late.start("c1", 1);

        soon(() -> assertThat(ears.up()).containsExactly("a1", "a2", "b1"));
        assertThat(ears.picture()).containsExactly("a1 NORMAL [1]", "a2 NORMAL [2]", "b1 NORMAL [5]");
    }

    @Test
    void aThousandNodesOverThreeHostsSeeEachOther() {
        int each = 334;
        var three = List.of(host(), host(), host());

        for (int i = 0; i < each; i++) {
            for (int h = 0; h < 3; h++) {
                three.get(h).with("n" + h + "-" + i, 1, 3L * i + h);
            }
        }

        for (var host : three) {
            for (var ears : List.copyOf(host.ears().values())) {
                soon(() -> assertThat(ears.up()).hasSize(3 * each - 1));
            }
        }
    }

    private ClusterHost host() {
        return host(SETTINGS);
    }

    private ClusterHost host(ClusterLayerSettings settings) {
        var host = hosts.isEmpty() ? ClusterHost.first(settings) : ClusterHost.joining(hosts.get(0), settings);
        hosts.add(host);
        return host;
    }

    private static void soon(ThrowingCallable claim) {
        WAIT.awaitAssert(Duration.ofSeconds(60), Duration.ofMillis(50), () -> {
            try {
                claim.call();
                return null;
            } catch (Throwable wrong) {
                throw wrong instanceof AssertionError error ? error : new AssertionError(wrong);
            }
        });
    }
}
