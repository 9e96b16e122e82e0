package io.ringsim.network.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.ring.Token;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Values of any type, no two parts alike, made by reflection; for tests of everything that goes over the wire. */
public final class Samples {
    private final Map<Class<?>, Supplier<?>> given = new LinkedHashMap<>();
    private final int elements;
    private int next;

    /**
     * Samples.
     *
     * @param elements how many elements a list has
     */
    public Samples(int elements) {
        this.elements = elements;
        with(Bytes.class, () -> Bytes.of((byte) ++next, (byte) -next));
        with(Token.BytesToken.class, () -> new Token.BytesToken("0aff" + Integer.toHexString(0x1000 + ++next)));
    }

    /** Has values of a type, which allows not every combination of parts, made so. */
    public <T> Samples with(Class<T> type, Supplier<T> made) {
        given.put(type, made);
        return this;
    }

    /** Asserts that every kind of a family is read as it was written, with empty lists and with full ones. */
    public static void assertEveryKindRoundTrips(Class<?> family) {
        new Samples(0).assertKindsRoundTrip(family);
        new Samples(3).assertKindsRoundTrip(family);
    }

    /** Asserts that every kind of a family is read as it was written. */
    public void assertKindsRoundTrip(Class<?> family) {
        var codec = new WireCodec(1 << 20);
        for (var kind : Kinds.of(family).types()) {
            var written = of(kind);
            Object read;
            try {
                read = codec.read(kind, codec.write(written));
            } catch (UnreadableException e) {
                throw new AssertionError(kind + " cannot be read again", e);
            }
            assertThat(read).usingRecursiveComparison().withStrictTypeChecking().isEqualTo(written);
        }
    }

    /** A value of that type. */
    public <T> T of(Class<T> type) {
        return type.cast(make(type));
    }

    private Object make(Type type) {
        if (type instanceof ParameterizedType generic) {
            return makeContainer((Class<?>) generic.getRawType(), generic.getActualTypeArguments());
        }
        var raw = (Class<?>) type;
        var made = given.get(raw);
        if (made != null) {
            return made.get();
        }
        next++;
        if (raw == String.class) {
            return "text" + next;
        } else if (raw == int.class || raw == Integer.class) {
            return next % 2 == 0 ? next : Integer.MIN_VALUE + next;
        } else if (raw == long.class || raw == Long.class) {
            return next % 2 == 0 ? next : Long.MAX_VALUE - next;
        } else if (raw == double.class || raw == Double.class) {
            return next / 8.0;
        } else if (raw == boolean.class || raw == Boolean.class) {
            return next % 2 == 0;
        } else if (raw == BigInteger.class) {
            return BigInteger.TWO.pow(126).add(BigInteger.valueOf(next));
        } else if (raw.isEnum()) {
            return raw.getEnumConstants()[next % raw.getEnumConstants().length];
        } else if (raw.isArray()) {
            return makeArray(raw.getComponentType());
        } else if (raw.isSealed()) {
            var kinds = List.copyOf(Kinds.of(raw).types());
            return make(kinds.get(next % kinds.size()));
        }
        return makeShape(raw);
    }

    private Object makeContainer(Class<?> raw, Type[] of) {
        if (raw == Optional.class) {
            return elements == 0 ? Optional.empty() : Optional.of(make(of[0]));
        }
        var list = new ArrayList<Object>();
        for (int i = 0; i < elements; i++) {
            list.add(make(of[0]));
        }
        if (raw == List.class) {
            return list;
        }
        throw new IllegalArgumentException("how to make " + raw + "?");
    }

    private Object makeArray(Class<?> component) {
        var array = Array.newInstance(component, elements);
        for (int i = 0; i < elements; i++) {
            Array.set(array, i, make(component));
        }
        return array;
    }

    private Object makeShape(Class<?> type) {
        var shape = Shape.of(type).orElseThrow(() -> new IllegalArgumentException(type + " has no form on the wire"));
        var values =
                shape.parts().stream().map(part -> make(part.getGenericType())).toArray();
        try {
            return shape.make(values);
        } catch (UnreadableException refused) {
            throw new IllegalArgumentException("give a sample of " + type + ": " + refused.getMessage());
        }
    }
}
