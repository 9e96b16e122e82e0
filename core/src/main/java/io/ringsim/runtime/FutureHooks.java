package io.ringsim.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.concurrent.ExecutionContextExecutor;

/**
 * What the Java agent calls in place of the JDK's and Scala's common pools: on a thread that drives a world, tasks wait for
 * their turn in it; elsewhere they go where they always went. Not to be called by anyone else.
 */
@RealWorld("outside of any world the common pools run the tasks")
public final class FutureHooks {
    private static final Anywhere ANYWHERE = new Anywhere(new CompletableFuture<Object>().defaultExecutor());
    private static final Anywhere GLOBAL = new Anywhere(ExecutionContext$.MODULE$.global());

    private FutureHooks() {}

    /** Finds its world at every task, because applications keep executors in static fields. */
    public static Executor executor() {
        return ANYWHERE;
    }

    public static ExecutionContextExecutor global() {
        return GLOBAL;
    }

    public static ExecutionContextExecutor global(Object companion) {
        return GLOBAL;
    }

    public static ExecutionContext globalContext(Object companion) {
        return GLOBAL;
    }

    public static <T extends @Nullable Object> CompletableFuture<T> supplyAsync(Supplier<T> supplier) {
        return CompletableFuture.supplyAsync(supplier, ANYWHERE);
    }

    public static CompletableFuture<@Nullable Void> runAsync(Runnable task) {
        return CompletableFuture.runAsync(task, ANYWHERE);
    }

    public static Executor delayedExecutor(long delay, TimeUnit unit) {
        return delayedExecutor(delay, unit, ANYWHERE);
    }

    public static Executor delayedExecutor(long delay, TimeUnit unit, Executor executor) {
        var world = World.current();
        return world == null
                ? CompletableFuture.delayedExecutor(delay, unit, executor)
                : task -> world.events.schedule(unit.toNanos(delay), () -> executor.execute(task));
    }

    public static <T extends @Nullable Object> CompletableFuture<T> orTimeout(
            CompletableFuture<T> future, long timeout, TimeUnit unit) {
        var world = World.current();
        return world == null
                ? future.orTimeout(timeout, unit)
                : within(world, future, timeout, unit, () -> future.completeExceptionally(new TimeoutException()));
    }

    public static <T extends @Nullable Object> CompletableFuture<T> completeOnTimeout(
            CompletableFuture<T> future, T value, long timeout, TimeUnit unit) {
        var world = World.current();
        return world == null
                ? future.completeOnTimeout(value, timeout, unit)
                : within(world, future, timeout, unit, () -> future.complete(value));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // only cancels
    private static <T extends @Nullable Object> CompletableFuture<T> within(
            World world, CompletableFuture<T> future, long timeout, TimeUnit unit, Runnable otherwise) {
        if (!future.isDone()) {
            var timer = world.events.schedule(unit.toNanos(timeout), otherwise);
            future.whenComplete((result, failure) -> timer.cancel());
        }
        return future;
    }

    /** Runs a task as a turn of the calling thread's world, or where it would have run. */
    private static final class Anywhere implements ExecutionContextExecutor {
        private final Executor real;

        private Anywhere(Executor real) {
            this.real = real;
        }

        @Override
        public void execute(Runnable task) {
            var world = World.current();
            if (world == null) {
                real.execute(task);
            } else {
                world.ready(task::run);
            }
        }

        @Override
        public void reportFailure(Throwable cause) {
            ExecutionContext.defaultReporter().apply(cause);
        }
    }
}
