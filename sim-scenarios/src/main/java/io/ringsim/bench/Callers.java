package io.ringsim.bench;

import io.ringsim.runtime.RealWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that each do their share of numbered things, one after another, as clients that wait for every answer do. */
@RealWorld("measures real threads")
record Callers(int threads, int things) {
    /** Does one of them. */
    interface Call {
        void number(int index) throws Exception;
    }

    /** Does all; returns how many that were. */
    long each(Call call) {
        var pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread;
                running.add(pool.submit(() -> {
                    for (int i = first; i < things; i += threads) {
                        call.number(i);
                    }
                    return null;
                }));
            }
            for (var each : running) {
                each.get();
            }
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        } finally {
            pool.shutdown();
        }
        return things;
    }
}
