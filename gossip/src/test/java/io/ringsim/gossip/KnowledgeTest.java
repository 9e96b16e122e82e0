package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.gossip.NodeState.Accusation;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnowledgeTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isAMapThatNeverChanges(long seed) {
        var random = Randomness.of(seed);
        SortedMap<Integer, NodeState> model = new TreeMap<>();
        var knowledge = Knowledge.NOTHING;
        for (int step = 0; step < 500; step++) {
            var before = knowledge;
            var statesBefore = before.states();
            if (random.chance(0.2)) {
                int number = random.nextInt(200);
                model.remove(number);
                knowledge = knowledge.without(number);
            } else {
                var states = new ArrayList<NodeState>();
                for (int i = random.nextInt(5); i >= 0; i--) {
                    states.add(state(random.nextInt(200), step, random.nextInt(8) == 0));
                }
                states.forEach(state -> model.put(state.number(), state));
                knowledge = knowledge.with(states);
            }

            assertThat(before.states()).isEqualTo(statesBefore);
            assertThat(knowledge.states()).containsExactlyElementsOf(model.values());
            assertThat(knowledge.size()).isEqualTo(model.size());
            assertThat(knowledge.accusers())
                    .containsExactlyElementsOf(model.values().stream()
                            .filter(state -> !state.unreachable().isEmpty())
                            .toList());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hasTheSameFingerprintHoweverItCameAbout(long seed) {
        var random = Randomness.of(seed);
        var states = new ArrayList<NodeState>();
        for (int i = 0; i < 100; i++) {
            states.add(state(i, 1, false));
        }
        var all = Knowledge.NOTHING.with(states);
        random.shuffle(states);
        var one = Knowledge.NOTHING;
        for (var state : states) {
            one = one.with(List.of(state));
        }

        assertThat(one.fingerprint()).isEqualTo(all.fingerprint());
        assertThat(one.differences(all.digest())).isEmpty();
        assertThat(one.without(7).fingerprint()).isNotEqualTo(all.fingerprint());
        assertThat(one.without(40).differences(all.digest())).containsExactly(1);
        assertThat(Knowledge.NOTHING.differences(all.digest())).containsExactly(0, 1, 2, 3);
        assertThat(one.with(List.of(state(99, 2, false))).differences(all.digest()))
                .containsExactly(3);
    }

    @Test
    void everyNodeWatchesTheNextNineAndIsWatchedByNine() {
        var order = new RingOrder();
        var members = new BitSet();
        for (int i = 0; i < 100; i++) {
            order.add(new NodeId("n" + i));
            members.set(i);
        }
        var watched = new int[100];
        for (int i = 0; i < 100; i++) {
            order.receivers(i, without(members, i), new BitSet(), 9).forEach(peer -> watched[peer]++);
        }

        assertThat(watched).containsOnly(9);
    }

    @Test
    void aSenderWhosePeersAreDownLooksFurther() {
        var order = new RingOrder();
        var members = new BitSet();
        for (int i = 0; i < 30; i++) {
            order.add(new NodeId("n" + i));
            members.set(i);
        }
        var others = without(members, 0);
        var first = order.receivers(0, others, new BitSet(), 9);
        var down = new BitSet();
        first.forEach(down::set);

        var then = order.receivers(0, others, down, 9);

        assertThat(then).hasSize(18).startsWith(first.toArray(Integer[]::new));
        then.forEach(down::set);
        assertThat(order.receivers(0, others, down, 9)).hasSize(18).startsWith(first.toArray(Integer[]::new));
    }

    private static BitSet without(BitSet set, int number) {
        var rest = (BitSet) set.clone();
        rest.clear(number);
        return rest;
    }

    private static NodeState state(int number, int version, boolean accuses) {
        var node = new NodeId("n" + number);
        var place = new Location("dc1", "r1");
        var endpoint = new Endpoint(node, place, 1, version, Status.NORMAL, List.of(), List.of(), "", 0);
        var accused = accuses ? List.of(new Accusation(0, new NodeId("n0"), 1)) : List.<Accusation>of();
        return new NodeState(number, endpoint, version, accused, Long.MAX_VALUE);
    }
}
