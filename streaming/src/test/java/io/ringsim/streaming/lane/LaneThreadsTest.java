package io.ringsim.streaming.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How many threads there are for streams that block. */
class LaneThreadsTest {
    private static final int MOST = 3;

    private final ExecutorService pool = LaneThreads.create(MOST, Duration.ofMinutes(1), Thread::new);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    private CompletableFuture<Thread> turn() {
        return CompletableFuture.supplyAsync(Thread::currentThread, pool);
    }

    private int threads() {
        return ((ThreadPoolExecutor) pool).getPoolSize();
    }

    /** Returns when a thread waits for work, which it does a moment after it did its last. */
    private void awaitIdle(int idle) {
        while (((ThreadPoolExecutor) pool).getActiveCount() > threads() - idle
                || ((LaneThreads.ToIdle) ((ThreadPoolExecutor) pool).getQueue()).getWaitingConsumerCount() < idle) {
            Thread.onSpinWait();
        }
    }

    @Test
    void turnsThatFollowEachOtherTakeOneThread() {
        Set<Thread> seen = ConcurrentHashMap.newKeySet();
        for (int i = 0; i < 1_000; i++) {
            seen.add(turn().join());
            awaitIdle(1);
        }

        assertThat(seen).hasSize(1);
        assertThat(threads()).isEqualTo(1);
    }

    @Test
    void aTurnThatBlocksKeepsNoOtherWaiting() {
        var free = new CountDownLatch(1);
        var blocked = CompletableFuture.runAsync(() -> await(free), pool);

        assertThat(turn().join()).isNotNull();
        assertThat(blocked).isNotDone();

        free.countDown();
        blocked.join();
        assertThat(threads()).isEqualTo(2);
    }

    @Test
    void beyondTheLimitTurnsWaitForOneThatEnds() {
        var free = new CountDownLatch(1);
        for (int i = 0; i < MOST; i++) {
            pool.execute(() -> await(free));
        }
        var waiting = turn();

        assertThat(threads()).isEqualTo(MOST);
        assertThat(waiting).isNotDone();

        free.countDown();
        assertThat(waiting.join()).isNotNull();
        assertThat(threads()).isEqualTo(MOST);
    }

    @Test
    void nothingIsTakenOnceTheyAreShutDown() {
        pool.shutdown();

        assertThatThrownBy(() -> pool.execute(() -> {})).isInstanceOf(RejectedExecutionException.class);
    }

    private static void await(CountDownLatch free) {
        try {
            free.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
