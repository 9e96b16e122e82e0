package io.ringsim.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token.LongToken;
import io.ringsim.runtime.Simulation;
import io.ringsim.spi.Membership.Announce;
import io.ringsim.spi.Membership.SpeakFor;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every membership promises when the network is well: {@code n1} is there first, and knows where to begin. */
public abstract class MembershipContract {
    private final Simulation simulation = Simulation.seeded(3);
    private Members members;

    /** The membership under test, in this world. */
    protected abstract Members.Layer layer(Simulation simulation);

    /** The node's process is gone. */
    protected abstract void crash(NodeId node);

    @BeforeEach
    void begin() {
        members = new Members(simulation, layer(simulation));
        members.start("n1");
        members.announce("n1", Status.NORMAL, 1);
        settle();
    }

    @AfterEach
    void end() {
        members.all().values().forEach(heard -> assertThat(heard.violations()).isEmpty());
        simulation.close();
    }

    @Test
    void aNodeHearsItsOwnAnnouncementAtOnce() {
        members.announce("n1", Status.LEAVING, 1);
        simulation.runFor(Duration.ZERO);

        assertThat(members.heard("n1").picture()).containsExactly("n1 LEAVING [1]");
    }

    @Test
    void aNodeThatStartsLearnsWhatIsKnownBeforeItSaysAnything() {
        var heard = members.start("n2");
        settle();

        assertThat(heard.picture()).containsExactly("n1 NORMAL [1]");
        assertThat(heard.up()).containsExactly("n1");
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]");
    }

    @Test
    void everybodyHearsAnAnnouncement() {
        members.start("n2");
        members.start("n3");
        settle();

        members.announce("n2", Status.BOOT, 2);
        settle();

        for (var name : new String[] {"n1", "n2", "n3"}) {
            assertThat(members.heard(name).picture()).containsExactly("n1 NORMAL [1]", "n2 BOOT [2]");
        }
        assertThat(members.heard("n1").up()).containsExactly("n2");
        assertThat(members.heard("n3").up()).containsExactly("n1", "n2");
    }

    @Test
    void everybodyHearsWhomANodeReplaces() {
        members.start("n2");
        settle();
        members.tell("n2", Announce.replacing(new NodeId("n1"), List.of(new LongToken(1))));
        settle();

        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 BOOT_REPLACE n1 [1]");
        assertThat(members.heard("n2").picture()).containsExactly("n1 NORMAL [1]", "n2 BOOT_REPLACE n1 [1]");
    }

    @Test
    void everybodyHearsTheLoad() {
        members.start("n2");
        settle();
        members.announce("n2", Status.NORMAL, 2);
        members.tell("n2", new Membership.Report(77));
        settle();

        assertThat(members.heard("n1").load("n2")).isEqualTo(77);
        assertThat(members.heard("n2").load("n2")).isEqualTo(77);
    }

    @Test
    void aLoadAloneAnnouncesNobody() {
        members.start("n2");
        members.tell("n2", new Membership.Report(77));
        settle();

        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]");

        members.announce("n2", Status.BOOT, 2);
        settle();
        assertThat(members.heard("n1").load("n2")).isEqualTo(77);
    }

    @Test
    void aCrashedNodeGoesDownAndStaysKnown() {
        joinNormally("n2", 2);

        die("n2");

        assertThat(members.heard("n1").up()).isEmpty();
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [2]");
    }

    @Test
    void aRestartedNodeIsNewsAndUp() {
        joinNormally("n2", 2);
        die("n2");

        var heard = members.start("n2");
        settle();
        members.announce("n2", Status.NORMAL, 22);
        settle();

        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [22]");
        assertThat(members.heard("n1").up()).containsExactly("n2");
        assertThat(heard.picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [22]");
    }

    @Test
    void aNodeThatStopsGoesDown() {
        joinNormally("n2", 2);

        members.announce("n2", Status.LEFT, 2);
        settle();
        members.tell("n2", Membership.Stop.INSTANCE);
        settle();

        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 LEFT [2]");
        assertThat(members.heard("n1").up()).isEmpty();
    }

    @Test
    void aNodeLooksAroundBeforeItIsAnything() {
        var heard = members.start("n2");
        settle();

        assertThat(heard.hasLookedAround()).isTrue();
        assertThat(members.heard("n1").hasLookedAround()).isTrue();
    }

    @Test
    void aNewcomerHearsOfTheMemberItOnceWasAndChangesNothingByThat() {
        joinNormally("n2", 2);
        die("n2");

        var heard = members.startAsNewcomer("n2");
        settle();
        simulation.runFor(Duration.ofMinutes(3));

        assertThat(heard.hasLookedAround()).isTrue();
        assertThat(heard.picture()).contains("n2 NORMAL [2]");
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [2]");
        assertThat(members.heard("n1").up()).isEmpty();
    }

    @Test
    void aMemberThatHibernatesCountsAsDownUntilItIsNormal() {
        joinNormally("n2", 2);
        die("n2");
        var heard = members.startAsNewcomer("n2");
        settle();

        members.announce("n2", Status.HIBERNATE, 2);
        settle();
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 HIBERNATE [2]");
        assertThat(members.heard("n1").up()).isEmpty();
        assertThat(heard.picture()).containsExactly("n1 NORMAL [1]", "n2 HIBERNATE [2]");
        assertThat(heard.up()).containsExactly("n1");

        simulation.runFor(Duration.ofMinutes(3));
        members.announce("n2", Status.NORMAL, 2);
        settle();
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [2]");
        assertThat(members.heard("n1").up()).containsExactly("n2");
    }

    @Test
    void aNodeThatIsToBeForgottenIs() {
        joinNormally("n2", 2);
        die("n2");

        members.tell("n1", new Membership.Forget(new NodeId("n2")));
        settle();
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]");

        members.start("n2");
        settle();
        simulation.runFor(Duration.ofMinutes(2));
        members.announce("n2", Status.NORMAL, 22);
        settle();
        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [22]");
        assertThat(members.heard("n1").up()).containsExactly("n2");
    }

    @Test
    void everybodyHearsThatADeadNodeIsRemoved() {
        joinNormally("n2", 2);
        joinNormally("n3", 3);
        die("n2");

        members.tell("n1", new SpeakFor(new NodeId("n2"), 2, Status.REMOVING));
        settle();
        for (var name : new String[] {"n1", "n3"}) {
            assertThat(members.heard(name).picture())
                    .containsExactly("n1 NORMAL [1]", "n2 REMOVING n1 [2]", "n3 NORMAL [3]");
        }

        members.tell("n1", new SpeakFor(new NodeId("n2"), 3, Status.REMOVED));
        settle();
        for (var name : new String[] {"n1", "n3"}) {
            assertThat(members.heard(name).picture())
                    .containsExactly("n1 NORMAL [1]", "n2 REMOVED [2]", "n3 NORMAL [3]");
        }
        assertThat(members.heard("n3").up()).containsExactly("n1");
    }

    @Test
    void aRemovedNodeThatComesBackHearsItBeforeItHasLookedAround() {
        withN2Removed();
        removed();

        var heard = members.startMuchLater("n2");
        settle();

        assertThat(heard.events().get(heard.events().size() - 1)).endsWith("looked around");
        assertThat(heard.picture()).contains("n2 REMOVED [2]");
        members.kill("n2");
        simulation.runFor(Duration.ofMinutes(3));
        assertN2IsOut();
    }

    @Test
    void aNodeThatComesBackWhileItIsRemovedKeepsNobodyFromRemovingIt() {
        withN2Removed();

        var heard = members.startMuchLater("n2");
        settle();
        assertThat(heard.picture()).contains("n2 REMOVING n1 [2]");
        members.kill("n2");
        settle();

        removed();
        assertN2IsOut();
    }

    @Test
    void aNodeThatIsRemovedThoughItIsAliveHearsItAndIsNotHeardAnyMore() {
        joinNormally("n2", 2);
        joinNormally("n3", 3);
        members.tell("n1", new SpeakFor(new NodeId("n2"), 2, Status.REMOVING));
        removed();

        assertThat(members.heard("n2").picture()).contains("n2 REMOVED [2]");
        members.announce("n2", Status.NORMAL, 22);
        settle();
        assertN2IsOut();
    }

    @Test
    void aRemovedNodeThatComesBackInAnEarlierGenerationIsNotHeard() {
        withN2Removed();
        removed();

        var heard = members.start("n2");
        members.announce("n2", Status.NORMAL, 22);
        settle();
        settle();

        assertThat(heard.picture()).contains("n2 REMOVED [2]");
        assertN2IsOut();
    }

    @Test
    void aNewcomerMayHaveTheNameOfARemovedNode() {
        withN2Removed();
        removed();
        simulation.runFor(Duration.ofMinutes(1));

        var heard = members.startAsNewcomer("n2");
        settle();
        assertThat(heard.hasLookedAround()).isTrue();
        members.announce("n2", Status.BOOT, 22);
        settle();

        assertThat(members.heard("n3").picture()).containsExactly("n1 NORMAL [1]", "n2 BOOT [22]", "n3 NORMAL [3]");
        assertThat(members.heard("n3").up()).containsExactly("n1", "n2");
        assertThat(heard.up()).containsExactly("n1", "n3");
    }

    @Test
    void nobodySpeaksForANodeThatHasBegunAnew() {
        joinNormally("n2", 2);
        die("n2");
        joinNormally("n2", 22);

        members.tell("n1", new SpeakFor(new NodeId("n2"), 2, Status.REMOVING));
        settle();

        assertThat(members.heard("n1").picture()).containsExactly("n1 NORMAL [1]", "n2 NORMAL [22]");
        assertThat(members.heard("n1").up()).containsExactly("n2");
    }

    /** Of three nodes the second is dead, and REMOVING. */
    private void withN2Removed() {
        joinNormally("n2", 2);
        joinNormally("n3", 3);
        die("n2");
        members.tell("n1", new SpeakFor(new NodeId("n2"), 2, Status.REMOVING));
        settle();
    }

    private void removed() {
        members.tell("n1", new SpeakFor(new NodeId("n2"), 3, Status.REMOVED));
        settle();
    }

    private void assertN2IsOut() {
        for (var name : new String[] {"n1", "n3"}) {
            assertThat(members.heard(name).picture())
                    .containsExactly("n1 NORMAL [1]", "n2 REMOVED [2]", "n3 NORMAL [3]");
            assertThat(members.heard(name).up()).doesNotContain("n2");
        }
    }

    private void die(String name) {
        crash(new NodeId(name));
        members.kill(name);
        settle();
    }

    private void joinNormally(String name, long token) {
        members.start(name);
        settle();
        members.announce(name, Status.NORMAL, token);
        settle();
    }

    private void settle() {
        simulation.runFor(Duration.ofSeconds(20));
    }
}
