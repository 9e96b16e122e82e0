package io.ringsim.gossip;

import static io.ringsim.gossip.EndpointStatesTest.present;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Membership;
import io.ringsim.spi.Membership.Announce;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One host in virtual time, which hears of others what a test says. */
class BoardTest {
    private static final NodeId N1 = new NodeId("n1");

    private record Do(Consumer<ActorContext<Do>> work) {}

    private final Simulation simulation = Simulation.seeded(1);
    private final ActorSystem<Do> system = simulation.start("host", Behaviors.receive((context, task) -> {
        task.work().accept(context);
        return Behaviors.same();
    }));
    private final Roster roster = new Roster();
    private final ActorRef<Board.Command> board =
            spawn(Board.create(roster, ClusterLayerSettings.defaults()), "ring-cluster");
    private final Ears ears = new Ears(N1);
    private final ActorRef<Membership.Command> n1 = spawn(
            Behaviors.transformMessages(
                    Membership.Command.class,
                    HostedMember.create(board, roster, N1, new Location("dc1", "r1"), 5, "schema"),
                    builder -> builder.match(Membership.Command.class, HostedMember.Asked::new)),
            "n1");

    @AfterEach
    void stop() {
        assertThat(ears.violations()).isEmpty();
        simulation.close();
    }

    @Test
    void aNodeOfAHostThatIsNotThereIsKnownButDown() {
        start();

        hear(present("n2", 1, 7, true));

        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [7]");
        assertThat(ears.up()).isEmpty();
        assertThat(roster.hostOf(new NodeId("n2"))).contains(elsewhere(1));
    }

    @Test
    void aStateThatComesBackAfterItWasForgottenIsNoNews() {
        start();
        var left =
                leaving(present("n2", 1, 7, true), simulation.clock().instant().plusSeconds(60));
        hear(left);
        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]", "n2 LEFT [7]");

        simulation.runFor(Duration.ofSeconds(61));
        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]");

        hear(left);
        hear(present("n2", 1, 6, true));
        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]");
        assertThat(roster.hostOf(new NodeId("n2"))).isEmpty();

        hear(present("n2", 2, 1, true));
        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [1]");
    }

    @Test
    void aSilentJoinerIsForgottenAndOneThatFinishedIsNot() {
        start();
        hear(joining(present("n2", 1, 1, true)));
        hear(joining(present("n3", 1, 1, true)));
        simulation.runFor(Duration.ofSeconds(50));
        hear(present("n3", 1, 2, true));

        simulation.runFor(Duration.ofSeconds(11));

        assertThat(ears.picture()).containsExactly("n1 NORMAL [1]", "n3 NORMAL [2]");
    }

    @Test
    void aNodeThatOthersForgotSpeaksAnew() {
        var observer = new Ears(new NodeId("n3"));
        start();
        watch(observer, "n3");

        hear(new Entry.Grave(N1, 5, 9));

        assertThat(ears.versions()).containsExactly("n1 10");
        assertThat(observer.versions()).containsExactly("n1 10");
        assertThat(observer.up()).containsExactly("n1");
    }

    @Test
    void aLaterLifeOnAnotherHostTakesANodesPlace() {
        var observer = new Ears(new NodeId("n3"));
        start();
        watch(observer, "n3");
        assertThat(observer.up()).containsExactly("n1");

        hear(present("n1", 6, 2, true));

        assertThat(roster.hostOf(N1)).contains(elsewhere(6));
        assertThat(observer.picture()).containsExactly("n1 NORMAL [2]");
        assertThat(observer.up()).isEmpty();
    }

    private void start() {
        n1.tell(new Membership.Start(spawn(ears.behavior(), "n1-hears"), true));
        n1.tell(new Announce(Status.NORMAL, List.of(new Token.LongToken(1)), List.of()));
        settle();
    }

    private void watch(Ears observer, String name) {
        var member = spawn(
                Behaviors.transformMessages(
                        Membership.Command.class,
                        HostedMember.create(board, roster, new NodeId(name), new Location("dc1", "r1"), 1, "schema"),
                        builder -> builder.match(Membership.Command.class, HostedMember.Asked::new)),
                name);
        member.tell(new Membership.Start(spawn(observer.behavior(), name + "-hears"), true));
        settle();
    }

    private void hear(Entry... entries) {
        board.tell(new Board.Heard(EndpointStates.of(List.of(entries))));
        settle();
    }

    private void settle() {
        simulation.runFor(Duration.ofMillis(50));
    }

    private static Address elsewhere(int generation) {
        return present("any", generation, 1, true).host().toAddress();
    }

    private static Present joining(Present node) {
        var endpoint = node.endpoint();
        return new Present(
                endpoint.with(endpoint.version(), Status.BOOT, endpoint.tokens(), List.of()),
                node.host(),
                true,
                Entry.NEVER);
    }

    private static Present leaving(Present node, Instant expires) {
        var endpoint = node.endpoint();
        return new Present(
                endpoint.with(endpoint.version(), Status.LEFT, endpoint.tokens(), List.of()),
                node.host(),
                true,
                expires.toEpochMilli());
    }

    private <T> ActorRef<T> spawn(Behavior<T> behavior, String name) {
        var spawned = new ArrayList<ActorRef<T>>();
        system.tell(new Do(context -> spawned.add(context.spawn(behavior, name))));
        simulation.runFor(Duration.ZERO);
        return spawned.get(0);
    }
}
