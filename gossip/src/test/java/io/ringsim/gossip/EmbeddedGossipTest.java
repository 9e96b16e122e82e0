package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.network.DirectNetwork;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.spi.Membership;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** Gossipers alone, without a ring around them, in an ordinary ActorSystem and in real time. */
@Timeout(120)
class EmbeddedGossipTest {
    private static final Location PLACE = new Location("dc1", "r1");

    private final ActorTestKit kit = ActorTestKit.create("embedding");
    private final TestProbe<Void> wait = kit.createTestProbe();
    private final DirectNetwork network = new DirectNetwork();
    private final Gossip gossip = Gossip.embedded(
            kit.system(),
            network,
            GossipSettings.profile41(List.of(new NodeId("n1"))).withInterval(Duration.ofMillis(20)));
    private final SortedMap<String, Ears> ears = new TreeMap<>();
    private final SortedMap<String, ActorRef<Membership.Command>> members = new TreeMap<>();

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        ears.values().forEach(each -> assertThat(each.violations()).isEmpty());
    }

    @Test
    void fiveGossipersFindEachOtherThroughASeedAndHearWhatEachAnnounces() {
        five();

        for (var each : ears.entrySet()) {
            var others = new ArrayList<>(ears.keySet());
            others.remove(each.getKey());
            soon(() -> assertThat(each.getValue().picture())
                    .containsExactly(
                            "n1 NORMAL [1]", "n2 NORMAL [2]", "n3 NORMAL [3]", "n4 NORMAL [4]", "n5 NORMAL [5]"));
            soon(() -> assertThat(each.getValue().up()).containsExactlyElementsOf(others));
        }

        announce("n4", Status.LEAVING, 4);

        ears.values().forEach(each -> soon(() -> assertThat(each.picture()).contains("n4 LEAVING [4]")));
        assertThat(network.traffic()).anyMatch(entry -> entry.amount().bytes() > 0);
    }

    @Test
    void theOneThatStopsOrWhoseParentStopsIsDown() {
        five();
        soon(() -> assertThat(ear("n1").up()).containsExactly("n2", "n3", "n4", "n5"));

        member("n2").tell(Membership.Stop.INSTANCE);
        kit.stop(member("n3"));

        soon(() -> assertThat(ear("n1").up()).containsExactly("n4", "n5"));
        soon(() -> assertThat(ear("n5").up()).containsExactly("n1", "n4"));
        assertThat(ear("n5").picture()).hasSize(5);

        start("n3", 2, 3);

        soon(() -> assertThat(ear("n1").up()).containsExactly("n3", "n4", "n5"));
    }

    private void five() {
        for (int i = 1; i <= 5; i++) {
            start("n" + i, 1, i);
        }
    }

    private void start(String name, int generation, long token) {
        var listens = new Ears(new NodeId(name));
        ears.put(name, listens);
        members.put(name, kit.spawn(node(name, generation, listens), name + "-" + generation));
        announce(name, Status.NORMAL, token);
    }

    /** An actor of the user's that has a gossiper as its child. */
    private Behavior<Membership.Command> node(String name, int generation, Ears listens) {
        return Behaviors.setup(context -> {
            var listener = context.spawn(listens.behavior(), "listener");
            var gossiper = context.spawn(gossip.member(new NodeId(name), PLACE, generation, "schema"), "gossiper");
            gossiper.tell(new Membership.Start(listener, generation == 1));
            return Behaviors.receiveMessage(command -> {
                gossiper.tell(command);
                return Behaviors.same();
            });
        });
    }

    private void announce(String name, Status status, long token) {
        member(name).tell(new Membership.Announce(status, List.of(new LongToken(token)), List.of()));
    }

    private ActorRef<Membership.Command> member(String name) {
        return Objects.requireNonNull(members.get(name));
    }

    private Ears ear(String name) {
        return Objects.requireNonNull(ears.get(name));
    }

    private void soon(Executable claim) {
        wait.awaitAssert(Duration.ofSeconds(60), Duration.ofMillis(20), () -> {
            try {
                claim.execute();
                return null;
            } catch (Throwable wrong) {
                throw wrong instanceof AssertionError error ? error : new AssertionError(wrong);
            }
        });
    }
}
