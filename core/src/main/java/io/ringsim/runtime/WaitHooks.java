package io.ringsim.runtime;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import scala.concurrent.Await$;
import scala.concurrent.Awaitable;
import scala.concurrent.duration.Duration;

/**
 * What the Java agent calls in place of the JDK's waiting: the driver of a world that waits lets the world go on until what
 * it waits for is there; an actor that waits is an error, since the one thread would wait for itself. Elsewhere they just
 * wait. Not to be called by anyone else.
 */
public final class WaitHooks {
    private WaitHooks() {}

    public static void sleep(TimeUnit unit, long timeout) throws InterruptedException {
        TimeHooks.sleep(java.time.Duration.ofNanos(Math.max(0, unit.toNanos(timeout))));
    }

    public static void await(CountDownLatch latch) throws InterruptedException {
        var world = World.current();
        if (world != null) {
            world.await(() -> latch.getCount() == 0, "CountDownLatch.await");
        }
        latch.await();
    }

    public static boolean await(CountDownLatch latch, long timeout, TimeUnit unit) throws InterruptedException {
        var world = World.current();
        return world == null
                ? latch.await(timeout, unit)
                : world.await(() -> latch.getCount() == 0, unit.toNanos(timeout), "CountDownLatch.await");
    }

    public static @Nullable Object get(Future<?> future) throws InterruptedException, ExecutionException {
        var world = World.current();
        if (world != null && mayBeCompletedBy(world, future)) {
            world.await(future::isDone, "Future.get");
        }
        return future.get();
    }

    public static @Nullable Object get(Future<?> future, long timeout, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        var world = World.current();
        if (world == null || !mayBeCompletedBy(world, future)) {
            return future.get(timeout, unit);
        }
        if (!world.await(future::isDone, unit.toNanos(timeout), "Future.get")) {
            throw new TimeoutException("not there after " + timeout + " " + unit + " of virtual time");
        }
        return future.get();
    }

    public static @Nullable Object join(CompletableFuture<?> future) {
        var world = World.current();
        if (world != null) {
            world.await(future::isDone, "CompletableFuture.join");
        }
        return future.join();
    }

    public static @Nullable Object poll(BlockingQueue<?> queue, long timeout, TimeUnit unit)
            throws InterruptedException {
        var world = World.current();
        if (world == null) {
            return queue.poll(timeout, unit);
        }
        world.await(() -> !queue.isEmpty(), unit.toNanos(timeout), "BlockingQueue.poll");
        return queue.poll();
    }

    public static @Nullable Object take(BlockingQueue<?> queue) throws InterruptedException {
        var world = World.current();
        if (world != null) {
            world.await(() -> !queue.isEmpty(), "BlockingQueue.take");
        }
        return queue.take();
    }

    public static @Nullable Object result(Awaitable<?> awaitable, Duration within)
            throws InterruptedException, TimeoutException {
        pump(awaitable, within);
        return Await$.MODULE$.result(awaitable, within);
    }

    public static @Nullable Object result(Object await, Awaitable<?> awaitable, Duration within)
            throws InterruptedException, TimeoutException {
        return result(awaitable, within);
    }

    public static Awaitable<?> ready(Awaitable<?> awaitable, Duration within)
            throws InterruptedException, TimeoutException {
        pump(awaitable, within);
        return Await$.MODULE$.ready(awaitable, within);
    }

    public static Awaitable<?> ready(Object await, Awaitable<?> awaitable, Duration within)
            throws InterruptedException, TimeoutException {
        return ready(awaitable, within);
    }

    private static void pump(Awaitable<?> awaitable, Duration within) throws TimeoutException {
        var world = World.current();
        if (world != null && awaitable instanceof scala.concurrent.Future<?> future) {
            if (!Pump.await(world, future, within)) {
                throw new TimeoutException("Future timed out after [" + within + "]");
            }
        }
    }

    /** A driver may well wait for work of real threads, which other futures stand for; an actor for nothing. */
    private static boolean mayBeCompletedBy(World world, Future<?> future) {
        return future instanceof CompletableFuture || world.isTaking();
    }
}
