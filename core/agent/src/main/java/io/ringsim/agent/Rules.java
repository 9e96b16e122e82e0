package io.ringsim.agent;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which calls are redirected, and where to: a static method of the world's hooks that takes the receiver, if any, as its
 * first argument. {@link #find} is asked for every call site of every class in scope.
 */
public final class Rules {
    static final String RUNTIME = "io/ringsim/runtime/";
    static final String FUTURE_HOOKS = RUNTIME + "FutureHooks";
    private static final String TIME_HOOKS = RUNTIME + "TimeHooks";
    private static final String WAIT_HOOKS = RUNTIME + "WaitHooks";
    private static final String CHANCE_HOOKS = RUNTIME + "ChanceHooks";
    private static final String COLLECTION_HOOKS = RUNTIME + "CollectionHooks";

    static final String THREAD_HOOKS = RUNTIME + "ThreadHooks";
    static final String THREAD = "java/lang/Thread";
    static final String COMPLETABLE_FUTURE = "java/util/concurrent/CompletableFuture";
    static final String COMPLETION_STAGE = "java/util/concurrent/CompletionStage";
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String EXECUTOR = "Ljava/util/concurrent/Executor;";
    private static final String UNIT = "Ljava/util/concurrent/TimeUnit;";

    private static final Map<String, Target> REDIRECTED = new LinkedHashMap<>();
    private static final Set<String> OWNERS = new HashSet<>();

    /** The hook that stands for a call. */
    record Target(String owner, String name, String descriptor) {}

    private Rules() {}

    static {
        time();
        waiting();
        chance();
        random("java/util/Random");
        random("java/util/concurrent/ThreadLocalRandom");
        futures();
        collections();
        streams();
        executors();
        threads();
        OWNERS.add(COMPLETION_STAGE);
    }

    private static void time() {
        statics(TIME_HOOKS, "java/lang/System", "nanoTime", "()J");
        statics(TIME_HOOKS, "java/lang/System", "currentTimeMillis", "()J");
        named(TIME_HOOKS, "java/time/Instant", "now", "()Ljava/time/Instant;", "instant");
        named(TIME_HOOKS, "java/time/Clock", "systemUTC", "()Ljava/time/Clock;", "clock");
        named(TIME_HOOKS, "java/time/Clock", "systemDefaultZone", "()Ljava/time/Clock;", "clockHere");
        named(TIME_HOOKS, "java/time/Clock", "system", "(Ljava/time/ZoneId;)Ljava/time/Clock;", "clock");
        for (String type : new String[] {
            "LocalDate",
            "LocalTime",
            "LocalDateTime",
            "ZonedDateTime",
            "OffsetDateTime",
            "OffsetTime",
            "Year",
            "YearMonth",
            "MonthDay"
        }) {
            String owner = "java/time/" + type;
            String hook = Character.toLowerCase(type.charAt(0)) + type.substring(1);
            named(TIME_HOOKS, owner, "now", "()L" + owner + ";", hook);
            named(TIME_HOOKS, owner, "now", "(Ljava/time/ZoneId;)L" + owner + ";", hook);
        }
    }

    private static void waiting() {
        statics(TIME_HOOKS, "java/lang/Thread", "sleep", "(J)V");
        statics(TIME_HOOKS, "java/lang/Thread", "sleep", "(JI)V");
        statics(TIME_HOOKS, "java/lang/Thread", "sleep", "(Ljava/time/Duration;)V");
        virtual(WAIT_HOOKS, "java/util/concurrent/TimeUnit", "sleep", "(J)V");
        virtual(WAIT_HOOKS, "java/util/concurrent/CountDownLatch", "await", "()V");
        virtual(WAIT_HOOKS, "java/util/concurrent/CountDownLatch", "await", "(J" + UNIT + ")Z");
        for (String owner : new String[] {COMPLETABLE_FUTURE, CONCURRENT + "Future"}) {
            put(
                    WAIT_HOOKS,
                    owner,
                    "get",
                    "()Ljava/lang/Object;",
                    "get",
                    receiver(CONCURRENT + "Future", "()Ljava/lang/Object;"));
            String timed = "(J" + UNIT + ")Ljava/lang/Object;";
            put(WAIT_HOOKS, owner, "get", timed, "get", receiver(CONCURRENT + "Future", timed));
        }
        virtual(WAIT_HOOKS, COMPLETABLE_FUTURE, "join", "()Ljava/lang/Object;");
        String awaited = "(Lscala/concurrent/Awaitable;Lscala/concurrent/duration/Duration;)";
        for (String method : new String[] {"result", "ready"}) {
            String descriptor =
                    awaited + (method.equals("result") ? "Ljava/lang/Object;" : "Lscala/concurrent/Awaitable;");
            statics(WAIT_HOOKS, "scala/concurrent/Await", method, descriptor);
            String receiver = receiver("java/lang/Object", descriptor);
            put(WAIT_HOOKS, "scala/concurrent/Await$", method, descriptor, method, receiver);
        }
        for (String type : new String[] {
            "BlockingQueue", "BlockingDeque", "LinkedBlockingQueue", "LinkedBlockingDeque", "ArrayBlockingQueue"
        }) {
            String timed = "(J" + UNIT + ")Ljava/lang/Object;";
            String queue = CONCURRENT + "BlockingQueue";
            put(WAIT_HOOKS, CONCURRENT + type, "poll", timed, "poll", receiver(queue, timed));
            put(
                    WAIT_HOOKS,
                    CONCURRENT + type,
                    "take",
                    "()Ljava/lang/Object;",
                    "take",
                    receiver(queue, "()Ljava/lang/Object;"));
            if (type.endsWith("Deque")) {
                put(WAIT_HOOKS, CONCURRENT + type, "pollFirst", timed, "poll", receiver(queue, timed));
                put(
                        WAIT_HOOKS,
                        CONCURRENT + type,
                        "takeFirst",
                        "()Ljava/lang/Object;",
                        "take",
                        receiver(queue, "()Ljava/lang/Object;"));
            }
        }
    }

    private static void chance() {
        statics(CHANCE_HOOKS, "java/lang/Math", "random", "()D");
        named(CHANCE_HOOKS, "java/lang/StrictMath", "random", "()D", "random");
        statics(CHANCE_HOOKS, "java/util/UUID", "randomUUID", "()Ljava/util/UUID;");
        statics(CHANCE_HOOKS, "java/util/Collections", "shuffle", "(Ljava/util/List;)V");
        statics(CHANCE_HOOKS, "java/util/Collections", "shuffle", "(Ljava/util/List;Ljava/util/Random;)V");
        String generator = "Ljava/util/random/RandomGenerator;";
        named(CHANCE_HOOKS, "java/util/random/RandomGenerator", "getDefault", "()" + generator, "randomGenerator");
        named(
                CHANCE_HOOKS,
                "java/util/random/RandomGenerator",
                "of",
                "(Ljava/lang/String;)" + generator,
                "randomGenerator");
        String secure = "Ljava/security/SecureRandom;";
        named(CHANCE_HOOKS, "java/security/SecureRandom", "getInstanceStrong", "()" + secure, "secureRandom");
        named(
                CHANCE_HOOKS,
                "java/security/SecureRandom",
                "getInstance",
                "(Ljava/lang/String;)" + secure,
                "secureRandom");
        virtual(CHANCE_HOOKS, "java/lang/Runtime", "availableProcessors", "()I");
    }

    private static void random(String owner) {
        for (String method : new String[] {
            "nextInt()I",
            "nextInt(I)I",
            "nextInt(II)I",
            "nextLong()J",
            "nextLong(J)J",
            "nextLong(JJ)J",
            "nextFloat()F",
            "nextDouble()D",
            "nextDouble(D)D",
            "nextDouble(DD)D",
            "nextBoolean()Z",
            "nextGaussian()D",
            "nextBytes([B)V",
            "ints()Ljava/util/stream/IntStream;",
            "ints(J)Ljava/util/stream/IntStream;",
            "ints(II)Ljava/util/stream/IntStream;",
            "ints(JII)Ljava/util/stream/IntStream;",
            "longs()Ljava/util/stream/LongStream;",
            "longs(J)Ljava/util/stream/LongStream;",
            "doubles()Ljava/util/stream/DoubleStream;",
            "doubles(J)Ljava/util/stream/DoubleStream;"
        }) {
            int bracket = method.indexOf('(');
            String name = method.substring(0, bracket);
            String descriptor = method.substring(bracket);
            put(CHANCE_HOOKS, owner, name, descriptor, name, receiver("java/util/Random", descriptor));
        }
    }

    private static void futures() {
        String future = "Ljava/util/concurrent/CompletableFuture;";
        statics(FUTURE_HOOKS, COMPLETABLE_FUTURE, "supplyAsync", "(Ljava/util/function/Supplier;)" + future);
        statics(FUTURE_HOOKS, COMPLETABLE_FUTURE, "runAsync", "(Ljava/lang/Runnable;)" + future);
        statics(FUTURE_HOOKS, COMPLETABLE_FUTURE, "delayedExecutor", "(J" + UNIT + ")" + EXECUTOR);
        statics(FUTURE_HOOKS, COMPLETABLE_FUTURE, "delayedExecutor", "(J" + UNIT + EXECUTOR + ")" + EXECUTOR);
        virtual(FUTURE_HOOKS, COMPLETABLE_FUTURE, "orTimeout", "(J" + UNIT + ")" + future);
        virtual(FUTURE_HOOKS, COMPLETABLE_FUTURE, "completeOnTimeout", "(Ljava/lang/Object;J" + UNIT + ")" + future);
        String global = "()Lscala/concurrent/ExecutionContextExecutor;";
        named(FUTURE_HOOKS, "scala/concurrent/ExecutionContext", "global", global, "global");
        put(
                FUTURE_HOOKS,
                "scala/concurrent/ExecutionContext$",
                "global",
                global,
                "global",
                receiver("java/lang/Object", global));
        put(
                FUTURE_HOOKS,
                "scala/concurrent/ExecutionContext$Implicits$",
                "global",
                "()Lscala/concurrent/ExecutionContext;",
                "globalContext",
                receiver("java/lang/Object", "()Lscala/concurrent/ExecutionContext;"));
    }

    private static void collections() {
        for (int arity = 0; arity <= 10; arity++) {
            String elements = "Ljava/lang/Object;".repeat(arity);
            named(COLLECTION_HOOKS, "java/util/Set", "of", "(" + elements + ")Ljava/util/Set;", "set");
            named(COLLECTION_HOOKS, "java/util/Map", "of", "(" + elements + elements + ")Ljava/util/Map;", "map");
        }
        named(COLLECTION_HOOKS, "java/util/Set", "of", "([Ljava/lang/Object;)Ljava/util/Set;", "set");
        named(COLLECTION_HOOKS, "java/util/Set", "copyOf", "(Ljava/util/Collection;)Ljava/util/Set;", "copyOfSet");
        named(
                COLLECTION_HOOKS,
                "java/util/Map",
                "ofEntries",
                "([Ljava/util/Map$Entry;)Ljava/util/Map;",
                "mapOfEntries");
        named(COLLECTION_HOOKS, "java/util/Map", "copyOf", "(Ljava/util/Map;)Ljava/util/Map;", "copyOfMap");
        String collector = "Ljava/util/stream/Collector;";
        statics(COLLECTION_HOOKS, "java/util/stream/Collectors", "toUnmodifiableSet", "()" + collector);
        String functions = "Ljava/util/function/Function;Ljava/util/function/Function;";
        statics(
                COLLECTION_HOOKS,
                "java/util/stream/Collectors",
                "toUnmodifiableMap",
                "(" + functions + ")" + collector);
        statics(
                COLLECTION_HOOKS,
                "java/util/stream/Collectors",
                "toUnmodifiableMap",
                "(" + functions + "Ljava/util/function/BinaryOperator;)" + collector);
    }

    private static void streams() {
        String any = "java/util/stream/BaseStream";
        for (String owner : new String[] {any, "java/util/stream/Stream"}) {
            String descriptor = "()L" + any + ";";
            put(THREAD_HOOKS, owner, "parallel", descriptor, "parallel", receiver(any, descriptor));
        }
        for (String type : new String[] {"IntStream", "LongStream", "DoubleStream"}) {
            String owner = "java/util/stream/" + type;
            virtual(THREAD_HOOKS, owner, "parallel", "()L" + owner + ";");
        }
        statics(
                THREAD_HOOKS,
                "java/util/stream/StreamSupport",
                "stream",
                "(Ljava/util/Spliterator;Z)Ljava/util/stream/Stream;");
    }

    private static void executors() {
        String factory = "Ljava/util/concurrent/ThreadFactory;";
        for (String method : new String[] {
            "newFixedThreadPool(I)",
            "newFixedThreadPool(I" + factory + ")",
            "newWorkStealingPool()",
            "newWorkStealingPool(I)",
            "newSingleThreadExecutor()",
            "newSingleThreadExecutor(" + factory + ")",
            "newCachedThreadPool()",
            "newCachedThreadPool(" + factory + ")",
            "newThreadPerTaskExecutor(" + factory + ")",
            "newVirtualThreadPerTaskExecutor()"
        }) {
            executor(method, "ExecutorService");
        }
        for (String method : new String[] {
            "newSingleThreadScheduledExecutor()",
            "newSingleThreadScheduledExecutor(" + factory + ")",
            "newScheduledThreadPool(I)",
            "newScheduledThreadPool(I" + factory + ")"
        }) {
            executor(method, "ScheduledExecutorService");
        }
    }

    private static void executor(String method, String type) {
        int bracket = method.indexOf('(');
        String descriptor = method.substring(bracket) + "L" + CONCURRENT + type + ";";
        statics(THREAD_HOOKS, CONCURRENT + "Executors", method.substring(0, bracket), descriptor);
    }

    private static void threads() {
        virtual(THREAD_HOOKS, THREAD, "start", "()V");
        String started = "(Ljava/lang/Runnable;)L" + THREAD + ";";
        statics(THREAD_HOOKS, THREAD, "startVirtualThread", started);
        for (String builder : new String[] {"$Builder", "$Builder$OfVirtual", "$Builder$OfPlatform"}) {
            put(THREAD_HOOKS, THREAD + builder, "start", started, "start", receiver("java/lang/Object", started));
        }
    }

    private static void statics(String hooks, String owner, String name, String descriptor) {
        put(hooks, owner, name, descriptor, name, descriptor);
    }

    private static void named(String hooks, String owner, String name, String descriptor, String hook) {
        put(hooks, owner, name, descriptor, hook, descriptor);
    }

    private static void virtual(String hooks, String owner, String name, String descriptor) {
        put(hooks, owner, name, descriptor, name, receiver(owner, descriptor));
    }

    private static String receiver(String owner, String descriptor) {
        return "(L" + owner + ";" + descriptor.substring(1);
    }

    private static void put(
            String hooks, String owner, String name, String descriptor, String hook, String hookDescriptor) {
        REDIRECTED.put(owner + "." + name + descriptor, new Target(hooks, hook, hookDescriptor));
        OWNERS.add(owner);
    }

    /** The hook for a call, null when it stays. */
    static @Nullable Target find(String owner, String name, String descriptor) {
        if (name.equals("parallelStream") && owner.startsWith("java/util/")) {
            return new Target(THREAD_HOOKS, name, "(Ljava/util/Collection;)Ljava/util/stream/Stream;");
        }
        return REDIRECTED.get(owner + "." + name + descriptor);
    }

    /** Whether calls of some methods of this class, or its construction, may be redirected. */
    static boolean concern(String className) {
        return OWNERS.contains(className)
                || replacement(className) != null
                || seed(className) != null
                || className.startsWith("java/util/"); // any collection has a parallelStream
    }

    /** The type whose instances are made instead, which asks the world at every draw; null when it stays. */
    static @Nullable String replacement(String type) {
        return switch (type) {
            case "java/util/Random" -> RUNTIME + "WorldRandom";
            case "java/security/SecureRandom" -> RUNTIME + "WorldSecureRandom";
            default -> null;
        };
    }

    /** For constructors without arguments that ask the machine for a long: the hook that gives it instead. */
    static @Nullable Target seed(String type) {
        return switch (type) {
            case "java/util/Date" -> new Target(TIME_HOOKS, "currentTimeMillis", "()J");
            case "java/util/Random", "java/util/SplittableRandom" -> new Target(CHANCE_HOOKS, "seed", "()J");
            default -> null;
        };
    }

    /** Whether it is one of the {@code …Async} methods that would use the common pool, but also take an executor. */
    static boolean wantsExecutor(String owner, String name, String descriptor) {
        return name.endsWith("Async")
                && (owner.equals(COMPLETABLE_FUTURE) || owner.equals(COMPLETION_STAGE))
                && !descriptor.contains(EXECUTOR);
    }

    static String withExecutor(String descriptor) {
        return descriptor.replace(")", EXECUTOR + ")");
    }

    /** Every redirected call, and the static method that stands for it. */
    public static Map<String, String> all() {
        var all = new LinkedHashMap<String, String>();
        REDIRECTED.forEach(
                (call, hook) -> all.put(call, hook.owner().replace('/', '.') + "." + hook.name() + hook.descriptor()));
        return all;
    }
}
