package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.LinkSet;
import io.ringsim.ring.Status;
import io.ringsim.runtime.Randomness;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds whatever happens to a ring; over more seeds with {@code -Dringsim.seeds=N}. */
class GossipPropertyTest {
    /** A joiner forgotten just before the faults end is in quarantine for 60 s, and then has to be heard of again. */
    private static final int CONVERGES_WITHIN_SECONDS = 120;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Long.getLong("ringsim.seeds", 200L));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void viewsConvergeAfterTheFaultsEndAndNoOldStateComesBack(long seed) {
        var story = new Story(seed);
        try (var world = story.world) {
            for (int step = 0; step < 12; step++) {
                story.happens();
                world.run(1 + story.random.nextInt(12));
            }
            story.faultsEnd();
            world.run(CONVERGES_WITHIN_SECONDS);

            assertThat(world.running)
                    .allSatisfy(name -> assertThat(world.agrees(name))
                            .as(
                                    "seed %d: %s knows %s, up %s; announced %s; %s",
                                    seed,
                                    name,
                                    world.heard(name).picture(),
                                    world.heard(name).up(),
                                    world.announced.values(),
                                    story.told)
                            .isTrue());
            assertThat(world.violations()).as("seed %d: %s", seed, story.told).isEmpty();
        }
    }

    /** A ring to which things happen by chance. */
    private static final class Story {
        final Randomness random;
        final GossipWorld world;
        final List<String> told = new ArrayList<>();

        /** The token and the last status of each node. */
        private final SortedMap<String, Status> members = new TreeMap<>();

        private int joined = 4;

        Story(long seed) {
            random = Randomness.of(seed).fork("story");
            var seeds = GossipWorld.ids("n1", "n2");
            world = new GossipWorld(
                    seed,
                    random.pick(List.of(
                            GossipSettings.profile06(seeds),
                            GossipSettings.profile21(seeds),
                            GossipSettings.profile41(seeds))));
            world.ring(joined);
            for (int i = 1; i <= joined; i++) {
                members.put("n" + i, Status.NORMAL);
            }
        }

        void happens() {
            switch (random.nextInt(8)) {
                case 0 -> crash(anyone());
                case 1 -> startAgain();
                case 2 -> partition();
                case 3 -> lose();
                case 4 -> join();
                case 5 -> say(anyone());
                case 6 -> world.network.healAll();
                default -> shutDown(anyone());
            }
        }

        private String anyone() {
            return random.pick(List.copyOf(members.keySet()));
        }

        private void crash(String name) {
            if (world.running.contains(name)) {
                tell("crash " + name);
                world.crash(name);
            }
        }

        private void shutDown(String name) {
            if (world.running.contains(name)) {
                tell("stop " + name);
                world.stop(name);
                world.run(3);
                world.network.detach(GossipWorld.id(name));
            }
        }

        private void startAgain() {
            members.keySet().stream()
                    .filter(name -> !world.running.contains(name))
                    .findFirst()
                    .ifPresent(this::start);
        }

        private void start(String name) {
            tell("start " + name);
            world.start(name);
            announce(name, members.getOrDefault(name, Status.NORMAL));
        }

        private void partition() {
            var side = members.keySet().stream()
                    .filter(name -> random.chance(0.4))
                    .map(GossipWorld::id)
                    .toList();
            tell("partition " + side);
            world.network.partition(LinkSet.around(side));
        }

        private void lose() {
            double loss = random.nextInt(5) / 10.0;
            tell("lose " + loss);
            world.network.impair(LinkSet.all(), loss, 0.05, 0.1);
        }

        private void join() {
            if (joined < 7) {
                var name = "n" + ++joined;
                members.put(name, Status.BOOT);
                start(name);
            }
        }

        private void say(String name) {
            if (world.running.contains(name)) {
                var next = members.get(name) == Status.NORMAL ? Status.LEAVING : Status.NORMAL;
                tell(name + " says " + next);
                members.put(name, next);
                announce(name, next);
            }
        }

        private void announce(String name, Status status) {
            world.announce(name, status, Long.parseLong(name.substring(1)));
        }

        void faultsEnd() {
            tell("end");
            world.network.healAll();
            members.keySet().stream()
                    .filter(name -> !world.running.contains(name))
                    .forEach(this::start);
        }

        private void tell(String what) {
            told.add(world.seconds() + "s " + what);
        }
    }
}
