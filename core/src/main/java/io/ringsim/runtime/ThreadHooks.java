package io.ringsim.runtime;

import java.lang.reflect.InvocationTargetException;
import java.util.Collection;
import java.util.Spliterator;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.stream.BaseStream;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What the Java agent calls where code would bring threads into the one thread of a world: streams stay sequential, the
 * executors of {@link Executors} have turns for threads, and an actor that starts a thread is an error. The driver may start
 * threads, which {@link Simulation#stop} is for; outside of any world all is as in the JDK. Not to be called by anyone
 * else.
 */
@RealWorld("outside of any world threads are started")
public final class ThreadHooks {
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    private ThreadHooks() {}

    // ---- streams

    public static Stream<?> parallelStream(Collection<?> collection) {
        return World.current() == null ? collection.parallelStream() : collection.stream();
    }

    public static BaseStream<?, ?> parallel(BaseStream<?, ?> stream) {
        return World.current() == null ? stream.parallel() : stream.sequential();
    }

    public static IntStream parallel(IntStream stream) {
        return World.current() == null ? stream.parallel() : stream.sequential();
    }

    public static LongStream parallel(LongStream stream) {
        return World.current() == null ? stream.parallel() : stream.sequential();
    }

    public static DoubleStream parallel(DoubleStream stream) {
        return World.current() == null ? stream.parallel() : stream.sequential();
    }

    public static Stream<?> stream(Spliterator<?> elements, boolean parallel) {
        return StreamSupport.stream(elements, parallel && World.current() == null);
    }

    // ---- executors; who makes the threads does not matter in a world

    public static ExecutorService newFixedThreadPool(int threads) {
        var world = World.current();
        return world == null ? Executors.newFixedThreadPool(threads) : new WorldExecutor(world, threads);
    }

    public static ExecutorService newFixedThreadPool(int threads, ThreadFactory factory) {
        var world = World.current();
        return world == null ? Executors.newFixedThreadPool(threads, factory) : new WorldExecutor(world, threads);
    }

    public static ExecutorService newWorkStealingPool() {
        var world = World.current();
        return world == null
                ? Executors.newWorkStealingPool()
                : new WorldExecutor(world, ChanceHooks.availableProcessors(Runtime.getRuntime()));
    }

    public static ExecutorService newWorkStealingPool(int parallelism) {
        var world = World.current();
        return world == null ? Executors.newWorkStealingPool(parallelism) : new WorldExecutor(world, parallelism);
    }

    public static ExecutorService newSingleThreadExecutor() {
        var world = World.current();
        return world == null ? Executors.newSingleThreadExecutor() : new WorldExecutor(world, 1);
    }

    public static ExecutorService newSingleThreadExecutor(ThreadFactory factory) {
        var world = World.current();
        return world == null ? Executors.newSingleThreadExecutor(factory) : new WorldExecutor(world, 1);
    }

    public static ExecutorService newCachedThreadPool() {
        var world = World.current();
        return world == null ? Executors.newCachedThreadPool() : new WorldExecutor(world, UNBOUNDED);
    }

    public static ExecutorService newCachedThreadPool(ThreadFactory factory) {
        var world = World.current();
        return world == null ? Executors.newCachedThreadPool(factory) : new WorldExecutor(world, UNBOUNDED);
    }

    public static ExecutorService newThreadPerTaskExecutor(ThreadFactory factory) {
        var world = World.current();
        return world == null
                ? (ExecutorService)
                        ofLaterJdk(Executors.class, null, "newThreadPerTaskExecutor", ThreadFactory.class, factory)
                : new WorldExecutor(world, UNBOUNDED);
    }

    public static ExecutorService newVirtualThreadPerTaskExecutor() {
        var world = World.current();
        return world == null
                ? (ExecutorService) ofLaterJdk(Executors.class, null, "newVirtualThreadPerTaskExecutor", null, null)
                : new WorldExecutor(world, UNBOUNDED);
    }

    public static ScheduledExecutorService newSingleThreadScheduledExecutor() {
        var world = World.current();
        return world == null ? Executors.newSingleThreadScheduledExecutor() : new WorldExecutor(world, 1);
    }

    public static ScheduledExecutorService newSingleThreadScheduledExecutor(ThreadFactory factory) {
        var world = World.current();
        return world == null ? Executors.newSingleThreadScheduledExecutor(factory) : new WorldExecutor(world, 1);
    }

    public static ScheduledExecutorService newScheduledThreadPool(int threads) {
        var world = World.current();
        return world == null ? Executors.newScheduledThreadPool(threads) : scheduled(world, threads);
    }

    public static ScheduledExecutorService newScheduledThreadPool(int threads, ThreadFactory factory) {
        var world = World.current();
        return world == null ? Executors.newScheduledThreadPool(threads, factory) : scheduled(world, threads);
    }

    /** The JDK allows for none, and then has one. */
    private static WorldExecutor scheduled(World world, int threads) {
        return new WorldExecutor(world, threads == 0 ? 1 : threads);
    }

    // ---- threads

    public static void start(Thread thread) {
        starting(thread);
        thread.start();
    }

    /** Called first by every start of the application's own kinds of thread. */
    public static void starting(Thread thread) {
        refuse("thread \"" + thread.getName() + "\" (" + thread.getClass().getName() + ")");
    }

    public static Thread startVirtualThread(Runnable task) {
        refuse("a virtual thread for " + task.getClass().getName());
        return (Thread) ofLaterJdk(Thread.class, null, "startVirtualThread", Runnable.class, task);
    }

    public static Thread start(Object threadBuilder, Runnable task) {
        refuse("a thread for " + task.getClass().getName());
        try {
            var type = Class.forName("java.lang.Thread$Builder");
            return (Thread) ofLaterJdk(type, threadBuilder, "start", Runnable.class, task);
        } catch (ClassNotFoundException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static void refuse(String what) {
        var world = World.current();
        if (world != null && world.isOwner() && world.isTaking()) {
            throw world.violation(
                    "an actor starts " + what + ": what it does, and when, would depend on the machine, not"
                            + " on the seed; give the work to Executors.newFixedThreadPool and its like, or to"
                            + " CompletableFuture.supplyAsync, whose tasks are turns of this world under the agent, or spawn an"
                            + " actor; what must stay real is marked @RealWorld, or left out with the agent's exclude=PACKAGE");
        }
    }

    private static Object ofLaterJdk(
            Class<?> type,
            @Nullable Object receiver,
            String name,
            @Nullable Class<?> parameter,
            @Nullable Object argument) {
        try {
            var method = parameter == null ? type.getMethod(name) : type.getMethod(name, parameter);
            return parameter == null ? method.invoke(receiver) : method.invoke(receiver, argument);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() instanceof RuntimeException itself ? itself : new IllegalStateException(thrown);
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("this JDK has no " + type.getName() + "." + name, missing);
        }
    }
}
