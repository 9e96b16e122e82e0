package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.ringsim.ring.NodeId;
import io.ringsim.runtime.Randomness;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cassandra's rules of gossip, one by one, on values. */
class GossipRulesTest {
    private static final long NOW = 1_700_000_000L;
    private static final long YEAR = 86_400 * 365L;

    @Nested
    class OfTwoCopies {
        @ParameterizedTest
        @CsvSource({
            "0, 0, 1700000000, 5, NEW",
            "100, 7, 100, 8, NEWER",
            "100, 7, 100, 7, OLD",
            "100, 7, 100, 6, OLD",
            "100, 7, 101, 1, RESTARTED",
            "100, 7, 99, 1000, OLD"
        })
        void theGenerationDecidesThenTheVersion(
                int generation, int version, int other, int otherVersion, StateOrder is) {
            assertThat(StateOrder.of(generation, version, other, otherVersion, NOW, YEAR))
                    .isEqualTo(is);
        }

        @Test
        void aKnownNodesGenerationMayBeAYearAheadOfTheClockAndNoMore() {
            int limit = (int) (NOW + YEAR);

            assertThat(StateOrder.of(1, 1, limit, 1, NOW, YEAR)).isEqualTo(StateOrder.RESTARTED);
            assertThat(StateOrder.of(1, 1, limit + 1, 1, NOW, YEAR)).isEqualTo(StateOrder.IMPOSSIBLE);
            assertThat(StateOrder.of(0, 0, limit + 1, 1, NOW, YEAR)).isEqualTo(StateOrder.NEW);
        }

        @Test
        void everyStartHasAGreaterGenerationEvenIfTheClockWentBack() {
            assertThat(StateOrder.nextGeneration(50, 60)).isEqualTo(60);
            assertThat(StateOrder.nextGeneration(50, 50)).isEqualTo(51);
            assertThat(StateOrder.nextGeneration(50, 20)).isEqualTo(51);
        }
    }

    @Nested
    class TheExchange {
        private final Directory directory = new Directory();
        private final Exchange exchange = new Exchange(directory, WireFormat.V4_1);
        private final Life life = live("n1", 1);
        private final View mine = view(directory.number(new NodeId("mine")));
        private final View theirs = view(directory.number(new NodeId("theirs")));

        @Test
        void saysNothingOfEqualCopies() {
            mine.codes[0] = theirs.codes[0] = life.code();

            var answer = exchange.answer(mine, theirs.digests());

            assertThat(answer.states() + answer.requests()).isZero();
            assertThat(answer.bytes()).isZero();
        }

        @Test
        void asksForEverythingOfAnUnknownNode() {
            theirs.codes[0] = life.code();

            var answer = exchange.answer(mine, theirs.digests());

            assertThat(answer.requests()).isEqualTo(1);
            assertThat(answer.of(0)).isEqualTo(~0);
            assertThat(answer.bytes()).isEqualTo(15);
        }

        @Test
        void asksForWhatIsNewerThanItsOwnCopy() {
            theirs.codes[0] = life.code();
            mine.codes[0] = life.code() - 1;

            assertThat(exchange.answer(mine, theirs.digests()).of(0)).isEqualTo(~(life.code() - 1));
        }

        @Test
        void sendsWhatIsNewerThanTheirs() {
            life.beat();
            theirs.codes[0] = life.code() - 1;
            mine.codes[0] = life.code();

            var answer = exchange.answer(mine, theirs.digests());

            assertThat(answer.of(0)).isEqualTo(life.code());
            assertThat(answer.bytes()).isEqualTo(19);
        }

        @Test
        void doesNotVolunteerWhatTheSynDoesNotName() {
            mine.codes[0] = life.code();

            assertThat(exchange.answer(mine, theirs.digests()).states()).isZero();
        }

        @Test
        void answersAnEmptySynWithEverything() {
            var load = new TreeMap<ApplicationState, String>();
            load.put(ApplicationState.LOAD, "1.0E9");
            life.say(load, version -> null);
            directory.said(life);
            mine.codes[0] = life.code();

            var all = exchange.everything(mine);

            assertThat(all.states()).isEqualTo(1);
            assertThat(all.of(0)).isEqualTo(life.code());
            assertThat(all.bytes()).isEqualTo(19 + 4 + 2 + 5 + 4);
        }

        @Test
        void theAck2HoldsWhatWasAskedForAndIsNewer() {
            theirs.codes[0] = life.code();
            var ack = exchange.answer(mine, theirs.digests());

            assertThat(exchange.requested(theirs, ack).of(0)).isEqualTo(life.code());
            assertThat(exchange.requested(mine, ack).states()).isZero();
        }

        @Test
        void oneExchangeMakesBothSidesEqual() {
            var random = Randomness.of(5);
            for (int i = 0; i < 300; i++) {
                live("x" + i, 1 + random.nextInt(3));
            }
            mine.grow(directory.room());
            theirs.grow(directory.room());
            for (int i = 3; i < directory.size(); i++) {
                int code = directory.calm()[i];
                mine.codes[i] = random.chance(0.2) ? 0 : code + random.nextInt(3);
                theirs.codes[i] = code + random.nextInt(3);
            }

            var ack = exchange.answer(mine, theirs.digests());
            exchange.apply(theirs, ack, 0, (node, code) -> theirs.codes[node] = Math.max(theirs.codes[node], code));
            var ack2 = exchange.requested(theirs, ack);
            exchange.apply(mine, ack2, 0, (node, code) -> mine.codes[node] = Math.max(mine.codes[node], code));

            assertThat(mine.codes).isEqualTo(theirs.codes);
            assertThat(mine.codes[0]).isZero();
        }

        @Test
        void applicationStatesAreCountedWhereTheAskedVersionLacksThem() {
            int before = life.code();
            var change = new TreeMap<ApplicationState, String>();
            change.put(ApplicationState.LOAD, "1.0E9");
            life.say(change, version -> null);
            directory.said(life);
            theirs.codes[0] = before;
            mine.codes[0] = life.code();

            assertThat(exchange.answer(mine, theirs.digests()).bytes()).isEqualTo(19 + 4 + 2 + 5 + 4);
        }

        private View view(int self) {
            return new View(self, GossipSettings.defaults(List.of()).failureDetection(), directory.room());
        }

        private Life live(String name, int start) {
            var life = directory.begin(new NodeId(name), start, NOW);
            life.beat();
            life.beat();
            directory.said(life);
            return life;
        }
    }

    @Nested
    class Lives {
        private final Directory directory = new Directory();

        @Test
        void aCopyOfALaterLifeIsLaterThanAnyOfAnEarlierOne() {
            var first = directory.begin(new NodeId("n1"), 1, NOW);
            for (int i = 0; i < 1_000; i++) {
                first.beat();
            }
            var second = directory.begin(new NodeId("n1"), 2, NOW);
            for (int i = 0; i < 100; i++) {
                first.beat();
            }

            assertThat(second.generation).isGreaterThan(first.generation);
            assertThat(second.code()).isGreaterThan(first.code());
            assertThat(directory.life(0, first.code())).isEqualTo(first);
            assertThat(directory.life(0, second.code())).isEqualTo(second);
        }

        @Test
        void aCopyHoldsWhatWasSaidUpToItsVersion() {
            var life = directory.begin(new NodeId("n1"), 1, NOW);
            life.beat();
            life.say(load("1.0"), version -> null);
            int then = life.code();
            life.beat();
            int beat = life.code();
            life.say(load("2.0"), version -> null);

            assertThat(value(life.at(then))).isEqualTo(new VersionedValue("1.0", 2));
            assertThat(life.at(beat)).isEqualTo(life.at(then));
            assertThat(life.at(beat).heartbeatAt(life.versionOf(beat))).isEqualTo(3);
            assertThat(life.at(then).heartbeatAt(life.versionOf(then))).isEqualTo(1);
            assertThat(value(life.at(life.code()))).isEqualTo(new VersionedValue("2.0", 4));
        }

        private static java.util.SortedMap<ApplicationState, String> load(String value) {
            var change = new TreeMap<ApplicationState, String>();
            change.put(ApplicationState.LOAD, value);
            return change;
        }

        private static VersionedValue value(EndpointState state) {
            return java.util.Objects.requireNonNull(state.states().get(ApplicationState.LOAD));
        }
    }

    @Nested
    class TheOdds {
        private final Randomness random = Randomness.of(1);

        @Test
        void ofAnUnreachableNodeGrowWithTheirShare() {
            assertThat(share(() -> Targets.triesUnreachable(random, 9, 2))).isCloseTo(0.2, within(0.01));
            assertThat(share(() -> Targets.triesUnreachable(random, 0, 1))).isEqualTo(1);
            assertThat(share(() -> Targets.triesUnreachable(random, 9, 0))).isZero();
        }

        @Test
        void ofASeedAreCertainWhileNobodyIsLive() {
            assertThat(share(() -> Targets.triesSeed(random, 0, 5, 1, false))).isEqualTo(1);
        }

        @Test
        void ofASeedAreSeedsAmongAll() {
            assertThat(share(() -> Targets.triesSeed(random, 15, 5, 2, false))).isCloseTo(0.1, within(0.01));
        }

        @Test
        void ofASeedAreNoneWhenTheLiveOneWasASeedAndLiveOnesAreEnough() {
            assertThat(share(() -> Targets.triesSeed(random, 5, 5, 2, true))).isZero();
            assertThat(share(() -> Targets.triesSeed(random, 1, 1, 2, true))).isEqualTo(1);
        }

        @Test
        void ofASeedAreNoneForTheOnlySeed() {
            assertThat(share(() -> Targets.triesSeed(random, 0, 0, 0, false))).isZero();
        }

        private static double share(BooleanSupplier draw) {
            int hits = 0;
            for (int i = 0; i < 20_000; i++) {
                hits += draw.getAsBoolean() ? 1 : 0;
            }
            return hits / 20_000.0;
        }
    }

    @Nested
    class TheBytes {
        @ParameterizedTest
        @CsvSource({"V0_6, 13, 17", "V2_1, 13, 17", "V4_1, 15, 19"})
        void ofADigestAndOfAHeartbeatAreCassandras(WireFormat format, int digest, int heartbeat) {
            assertThat(format.digest()).isEqualTo(digest);
            assertThat(format.heartbeat()).isEqualTo(heartbeat);
        }

        @Test
        void ofASynGrowByOneDigestPerNode() {
            long body = WireFormat.V4_1.syn("Test Cluster", "Murmur3Partitioner", 1_000) - WireFormat.V4_1.envelope();

            assertThat(body).isEqualTo(14 + 20 + 4 + 15_000);
        }

        @Test
        void ofStatesThat06DoesNotKnowAreNone() {
            var states = new TreeMap<ApplicationState, VersionedValue>();
            states.put(ApplicationState.DC, new VersionedValue("dc1", 1));
            states.put(ApplicationState.STATUS, new VersionedValue("NORMAL,5", 2));

            assertThat(WireFormat.V0_6.newerThan(0, states)).isEqualTo(2 + 4 + 2 + 8 + 4);
            assertThat(WireFormat.V2_1.newerThan(0, states)).isEqualTo(4 + 5 + 4 + 4 + 10 + 4);
        }
    }

    @Nested
    class TheShadowRound {
        private final GossipSettings settings =
                GossipSettings.profile21(List.of(new NodeId("s0"), new NodeId("s1"), new NodeId("s2")));

        private ShadowRound of(String node, boolean isNewcomer) {
            return new ShadowRound(settings, new NodeId(node), isNewcomer, 0);
        }

        @Test
        void endsWithTheFirstStates() {
            var round = of("n9", true);

            assertThat(round.isAnsweredBy(new NodeId("s1"), false)).isFalse();
            assertThat(round.isAnsweredBy(new NodeId("s1"), true)).isTrue();
        }

        @Test
        void needsAnAnswerForANewcomerThatIsNoSeed() {
            var members = GossipSettings.profile41(settings.seeds());

            assertThat(of("s0", true).mayBeginAlone()).isTrue();
            assertThat(of("n9", true).mayBeginAlone()).isFalse();
            assertThat(of("n9", false).mayBeginAlone()).isTrue();
            assertThat(new ShadowRound(members, new NodeId("n9"), false, 0).mayBeginAlone())
                    .isFalse();
        }

        @Test
        void ofASeedEndsWhenAllSeedsAreInTheirs() {
            var seed = of("s0", true);
            var other = of("n9", true);

            assertThat(seed.isAnsweredBy(new NodeId("s1"), false)).isFalse();
            assertThat(seed.isAnsweredBy(new NodeId("s2"), false)).isTrue();
            other.isAnsweredBy(new NodeId("s1"), false);
            assertThat(other.isAnsweredBy(new NodeId("s2"), false)).isFalse();
        }

        @Test
        void lastsTheRingDelayForASeedAndTwiceThatForOthers() {
            var seed = of("s0", true);
            var other = of("n9", true);
            long delay = Duration.ofSeconds(30).toNanos();

            assertThat(seed.isOver(delay - 1)).isFalse();
            assertThat(seed.isOver(delay)).isTrue();
            assertThat(other.isOver(2 * delay - 1)).isFalse();
            assertThat(other.isOver(2 * delay)).isTrue();
            assertThat(other.failure())
                    .contains("Unable to gossip with any peers")
                    .contains("s0, s1, s2");
        }
    }
}
