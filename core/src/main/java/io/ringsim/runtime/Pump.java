package io.ringsim.runtime;

import java.lang.reflect.Field;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import scala.Function0;
import scala.concurrent.BlockContext;
import scala.concurrent.CanAwait;
import scala.concurrent.Future;

/**
 * What an Await does in a world: nobody else could complete what it waits for, so the world runs until it is there. Only
 * the driver may wait, as Akka itself does when a system starts; an actor that waits would wait for ever.
 */
final class Pump implements BlockContext {
    private final World world;

    Pump(World world) {
        this.world = world;
    }

    @Override
    public <T> T blockOn(Function0<T> awaiting, CanAwait permission) {
        if (world.isTaking()) {
            throw world.violation(
                    "an actor blocks in Await; the one thread of a simulated world would wait for itself");
        }
        var awaited = awaitedBy(awaiting);
        if (awaited == null) {
            while (world.step(Long.MAX_VALUE)) {}
        } else {
            while (!awaited.isCompleted()) {
                if (!world.step(Long.MAX_VALUE)) {
                    throw new WorldViolation("Await on something that nothing in this world will complete: " + awaited);
                }
            }
        }
        return awaiting.apply();
    }

    /** The future is what the thunk captured; completing it, and no more, is what may run while Akka constructs things. */
    private static @Nullable Future<?> awaitedBy(Function0<?> awaiting) {
        return Arrays.stream(awaiting.getClass().getDeclaredFields())
                .map(field -> valueOf(field, awaiting))
                .filter(Future.class::isInstance)
                .<Future<?>>map(Future.class::cast)
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
