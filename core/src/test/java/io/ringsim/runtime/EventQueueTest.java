package io.ringsim.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueTest {
    private record Planned(long at, int number, EventQueue.Event event) {}

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void happensInOrderOfTimeThenOfAskingWhateverIsCancelled(long seed) {
        var chance = Randomness.of(seed);
        var clock = new VirtualClock();
        var queue = new EventQueue(clock);
        var happened = new ArrayList<Integer>();
        var model = new ArrayList<Planned>();
        var expected = new ArrayList<Integer>();

        for (int number = 0; number < 5_000; number++) {
            int drawn = chance.nextInt(10);
            if (drawn < 6) {
                long delay = chance.nextInt(50);
                int name = number;
                model.add(new Planned(clock.nanos() + delay, name, queue.schedule(delay, () -> happened.add(name))));
            } else if (drawn < 8 && !model.isEmpty()) {
                var cancelled = model.remove(chance.nextInt(model.size()));
                assertThat(cancelled.event().cancel()).isTrue();
                assertThat(cancelled.event().cancel()).isFalse();
            } else if (!model.isEmpty()) {
                var earliest = earliest(model);
                model.remove(earliest);
                expected.add(earliest.number());
                assertThat(queue.runNext()).isTrue();
                assertThat(clock.nanos()).isEqualTo(earliest.at());
            }
            assertThat(queue.size()).isEqualTo(model.size());
        }
        while (queue.runNext()) {
            var earliest = earliest(model);
            model.remove(earliest);
            expected.add(earliest.number());
        }

        assertThat(happened).isEqualTo(expected);
        assertThat(model).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void keepsTheOrderWhenMostIsCancelled(long seed) {
        var chance = Randomness.of(seed);
        var clock = new VirtualClock();
        var queue = new EventQueue(clock);
        var happened = new ArrayList<Integer>();
        var planned = new ArrayList<Planned>();
        for (int number = 0; number < 2_000; number++) {
            int name = number;
            long delay = chance.nextInt(100);
            planned.add(new Planned(delay, name, queue.schedule(delay, () -> happened.add(name))));
        }

        chance.shuffle(planned);
        planned.subList(0, 1_900).forEach(dropped -> dropped.event().cancel());
        var kept = planned.subList(1_900, 2_000);

        assertThat(queue.size()).isEqualTo(100);
        while (queue.runNext()) {
            assertThat(queue.nextTime()).isGreaterThanOrEqualTo(clock.nanos());
        }
        assertThat(happened)
                .isEqualTo(kept.stream()
                        .sorted(Comparator.comparingLong(Planned::at).thenComparingInt(Planned::number))
                        .map(Planned::number)
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7})
    void repeatsUntilCancelled(long interval) {
        var clock = new VirtualClock();
        var queue = new EventQueue(clock);
        var times = new ArrayList<Long>();

        var event = queue.scheduleEvery(3, interval, () -> times.add(clock.nanos()));
        for (int i = 0; i < 3; i++) {
            queue.runNext();
        }
        event.cancel();

        assertThat(times).isEqualTo(List.of(3L, 3 + interval, 3 + 2 * interval));
        assertThat(queue.runNext()).isFalse();
    }

    private static Planned earliest(List<Planned> model) {
        return model.stream()
                .min(Comparator.comparingLong(Planned::at).thenComparingInt(Planned::number))
                .orElseThrow();
    }
}
