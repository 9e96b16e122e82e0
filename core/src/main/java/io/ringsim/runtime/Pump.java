package io.ringsim.runtime;

import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;
import scala.concurrent.Future;
import scala.concurrent.duration.Duration;
import scala.util.Failure;

/**
 * What Scala's Await does in a world: nobody else could complete what it waits for, so the world runs until it is there, and
 * no longer. Only the driver may wait, as Akka itself does when a system starts; an actor that waits would wait for ever.
 */
final class Pump implements BlockContext {
    private final World world;

    Pump(World world) {
        this.world = world;
    }

    @Override
    public <T> T blockOn(Function0<T> awaiting, CanAwait permission) {
        var awaited = captured(awaiting, Future.class);
        if (awaited != null) {
            var limit = captured(awaiting, Duration.class);
            if (!await(world, awaited, limit == null ? Duration.Inf() : limit)) {
                return new Failure<T>(new TimeoutException("Future timed out after [" + limit + "]")).get();
            }
        } else if (world.isTaking()) {
            throw world.violation("an actor blocks; the one thread of a simulated world would wait for itself");
        }
        return awaiting.apply();
    }

    /** Lets the world go on until the future is there; false when it is not, within that time. */
    static boolean await(World world, Future<?> future, Duration within) {
        if (within.isFinite()) {
            return world.await(future::isCompleted, within.toNanos(), "Await");
        }
        world.await(future::isCompleted, "Await");
        return true;
    }

    /** Await hands over a thunk; the future it waits for, and for how long, is what the thunk captured. */
    private static <T> @Nullable T captured(Function0<?> awaiting, Class<T> type) {
        return Arrays.stream(awaiting.getClass().getDeclaredFields())
                .map(field -> valueOf(field, awaiting))
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable Object valueOf(Field field, Object holder) {
        try {
            return field.trySetAccessible() ? field.get(holder) : null;
        } catch (IllegalAccessException inaccessible) {
            return null;
        }
    }
}
