package io.ringsim.storage.memtable;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OpOrderTest {
    private final OpOrder order = new OpOrder();

    @Test
    void aBarrierIsPassedWhenAllBeforeItHaveEndedAndLaterOnesDoNotCount() {
        var first = order.start();
        var second = order.start();
        var barrier = order.issue();
        var later = order.start();

        assertThat(barrier.isPassed()).isFalse();
        first.close();
        assertThat(barrier.isPassed()).isFalse();
        second.close();
        assertThat(barrier.isPassed()).isTrue();
        later.close();
    }

    @Test
    void aLaterBarrierWaitsForTheEarlierOnesToo() {
        var first = order.start();
        var early = order.issue();
        var late = order.issue();

        assertThat(late.isPassed()).isFalse();
        first.close();
        assertThat(late.isPassed()).isTrue();
        assertThat(early.isPassed()).isTrue();
    }

    /** Writers use whatever is current; the flusher replaces it and, past the barrier, nobody touches the old one. */
    @Test
    void nobodyTouchesWhatWasReplacedOnceTheBarrierIsPassed() throws Exception {
        int writers = 3;
        int switches = 2_000;
        var pool = Executors.newFixedThreadPool(writers);
        var stop = new AtomicBoolean();
        var closed = new AtomicInteger();
        var late = new AtomicInteger();
        var current = new Object() {
            volatile int generation;
        };
        var running = new ArrayList<Future<?>>();
        for (int i = 0; i < writers; i++) {
            running.add(pool.submit(() -> {
                while (!stop.get()) {
                    var group = order.start();
                    int used = current.generation;
                    Thread.onSpinWait();
                    if (used < closed.get()) {
                        late.incrementAndGet();
                    }
                    group.close();
                }
            }));
        }
        for (int i = 0; i < switches; i++) {
            current.generation = i + 1;
            order.issue().await();
            closed.set(i + 1);
        }
        stop.set(true);
        for (var each : running) {
            each.get();
        }
        pool.shutdown();

        assertThat(late).hasValue(0);
    }
}
