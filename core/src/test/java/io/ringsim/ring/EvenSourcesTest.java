package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Token.LongToken;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EvenSourcesTest {
    private static final EvenSources ANYWHERE = new EvenSources(Partitioner.MURMUR3, node -> true);

    private static TokenRange range(long left, long width) {
        return new TokenRange(new LongToken(left), new LongToken(left + width));
    }

    private static NodeId node(int number) {
        return new NodeId("n" + number);
    }

    private static int most(Collection<NodeId> sources) {
        var counts = new TreeMap<NodeId, Integer>();
        sources.forEach(source -> counts.merge(source, 1, Integer::sum));
        return counts.isEmpty() ? 0 : Collections.max(counts.values());
    }

    /** The least that the busiest source can have, by trying everything. */
    private static int leastMost(List<List<NodeId>> candidates, List<NodeId> chosen) {
        if (chosen.size() == candidates.size()) {
            return most(chosen);
        }
        int best = Integer.MAX_VALUE;
        for (var source : candidates.get(chosen.size())) {
            var next = new ArrayList<>(chosen);
            next.add(source);
            best = Math.min(best, leastMost(candidates, next));
        }
        return best;
    }

    @Test
    void loadsTheBusiestSourceAsLittleAsCanBe() {
        for (long seed = 0; seed < 300; seed++) {
            var random = Rings.random(seed);
            int nodes = 2 + random.nextInt(4);
            var candidates = new LinkedHashMap<TokenRange, List<NodeId>>();
            for (int i = 0; i < 1 + random.nextInt(7); i++) {
                var sources = new ArrayList<NodeId>();
                for (int n = 0; n < nodes; n++) {
                    sources.add(node(n));
                }
                candidates.put(
                        range(100_000L * i, 50_000),
                        Rings.shuffled(sources, random).subList(0, 1 + random.nextInt(Math.min(3, nodes))));
            }

            var assigned = ANYWHERE.assign(candidates);

            assertThat(assigned.keySet()).containsExactlyElementsOf(candidates.keySet());
            assigned.forEach((range, source) ->
                    assertThat(candidates.getOrDefault(range, List.of())).contains(source));
            assertThat(most(assigned.values()))
                    .as("seed %s", seed)
                    .isEqualTo(leastMost(List.copyOf(candidates.values()), List.of()));
        }
    }

    @Test
    void usesOtherDatacentersOnlyWhereTheOwnHasNothing() {
        var sources = new EvenSources(Partitioner.MURMUR3, node(1)::equals);
        var candidates = new LinkedHashMap<TokenRange, List<NodeId>>();
        candidates.put(range(0, 5_000), List.of(node(2), node(1)));
        candidates.put(range(10_000, 5_000), List.of(node(2), node(1)));
        candidates.put(range(20_000, 5_000), List.of(node(2), node(3)));

        var assigned = sources.assign(candidates);

        assertThat(assigned).containsEntry(range(0, 5_000), node(1)).containsEntry(range(10_000, 5_000), node(1));
        assertThat(assigned.get(range(20_000, 5_000))).isIn(node(2), node(3));
    }

    @Test
    void doesNotCountRangesOfNextToNoWidth() {
        var candidates = new LinkedHashMap<TokenRange, List<NodeId>>();
        candidates.put(range(0, 999), List.of(node(1), node(2)));
        candidates.put(range(10_000, 1_000), List.of(node(1)));
        candidates.put(range(20_000, 999), List.of(node(1), node(2)));

        Map<TokenRange, NodeId> assigned = ANYWHERE.assign(candidates);

        assertThat(assigned).containsEntry(range(0, 999), node(2)).containsEntry(range(20_000, 999), node(2));
    }
}
