package io.ringsim.runtime;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/**
 * What the Java agent calls in place of {@code Set.of} and its like, whose order of iteration differs at every start of a
 * JVM: immutable as they are, but in the order in which elements were given. Not to be called by anyone else.
 */
public final class CollectionHooks {
    private CollectionHooks() {}

    public static Set<?> set() {
        return setOf();
    }

    public static Set<?> set(Object e1) {
        return setOf(e1);
    }

    public static Set<?> set(Object e1, Object e2) {
        return setOf(e1, e2);
    }

    public static Set<?> set(Object e1, Object e2, Object e3) {
        return setOf(e1, e2, e3);
    }

    public static Set<?> set(Object e1, Object e2, Object e3, Object e4) {
        return setOf(e1, e2, e3, e4);
    }

    public static Set<?> set(Object e1, Object e2, Object e3, Object e4, Object e5) {
        return setOf(e1, e2, e3, e4, e5);
    }

    public static Set<?> set(Object e1, Object e2, Object e3, Object e4, Object e5, Object e6) {
        return setOf(e1, e2, e3, e4, e5, e6);
    }

    public static Set<?> set(Object e1, Object e2, Object e3, Object e4, Object e5, Object e6, Object e7) {
        return setOf(e1, e2, e3, e4, e5, e6, e7);
    }

    public static Set<?> set(Object e1, Object e2, Object e3, Object e4, Object e5, Object e6, Object e7, Object e8) {
        return setOf(e1, e2, e3, e4, e5, e6, e7, e8);
    }

    public static Set<?> set(
            Object e1, Object e2, Object e3, Object e4, Object e5, Object e6, Object e7, Object e8, Object e9) {
        return setOf(e1, e2, e3, e4, e5, e6, e7, e8, e9);
    }

    public static Set<?> set(
            Object e1,
            Object e2,
            Object e3,
            Object e4,
            Object e5,
            Object e6,
            Object e7,
            Object e8,
            Object e9,
            Object e10) {
        return setOf(e1, e2, e3, e4, e5, e6, e7, e8, e9, e10);
    }

    public static Set<?> set(Object[] elements) {
        return setOf(elements);
    }

    public static Map<?, ?> map() {
        return mapOf();
    }

    public static Map<?, ?> map(Object k1, Object v1) {
        return mapOf(k1, v1);
    }

    public static Map<?, ?> map(Object k1, Object v1, Object k2, Object v2) {
        return mapOf(k1, v1, k2, v2);
    }

    public static Map<?, ?> map(Object k1, Object v1, Object k2, Object v2, Object k3, Object v3) {
        return mapOf(k1, v1, k2, v2, k3, v3);
    }

    public static Map<?, ?> map(
            Object k1, Object v1, Object k2, Object v2, Object k3, Object v3, Object k4, Object v4) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5,
            Object k6,
            Object v6) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5, k6, v6);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5,
            Object k6,
            Object v6,
            Object k7,
            Object v7) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5, k6, v6, k7, v7);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5,
            Object k6,
            Object v6,
            Object k7,
            Object v7,
            Object k8,
            Object v8) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5, k6, v6, k7, v7, k8, v8);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5,
            Object k6,
            Object v6,
            Object k7,
            Object v7,
            Object k8,
            Object v8,
            Object k9,
            Object v9) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5, k6, v6, k7, v7, k8, v8, k9, v9);
    }

    public static Map<?, ?> map(
            Object k1,
            Object v1,
            Object k2,
            Object v2,
            Object k3,
            Object v3,
            Object k4,
            Object v4,
            Object k5,
            Object v5,
            Object k6,
            Object v6,
            Object k7,
            Object v7,
            Object k8,
            Object v8,
            Object k9,
            Object v9,
            Object k10,
            Object v10) {
        return mapOf(k1, v1, k2, v2, k3, v3, k4, v4, k5, v5, k6, v6, k7, v7, k8, v8, k9, v9, k10, v10);
    }

    public static Map<?, ?> mapOfEntries(Map.Entry<?, ?>[] entries) {
        return mapOf(Arrays.stream(entries)
                .flatMap(entry -> Arrays.stream(new Object[] {entry.getKey(), entry.getValue()}))
                .toArray());
    }

    public static Set<?> copyOfSet(Collection<?> elements) {
        elements.forEach(Objects::requireNonNull);
        return Collections.unmodifiableSet(new LinkedHashSet<Object>(elements));
    }

    public static Map<?, ?> copyOfMap(Map<?, ?> entries) {
        entries.forEach((key, value) -> {
            Objects.requireNonNull(key);
            Objects.requireNonNull(value);
        });
        return Collections.unmodifiableMap(new LinkedHashMap<Object, Object>(entries));
    }

    public static <T> Collector<T, ?, Set<T>> toUnmodifiableSet() {
        return Collectors.collectingAndThen(
                Collectors.toCollection(LinkedHashSet<T>::new), Collections::unmodifiableSet);
    }

    public static <T, K, V> Collector<T, ?, Map<K, V>> toUnmodifiableMap(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value) {
        return toUnmodifiableMap(key, value, (one, other) -> {
            throw new IllegalStateException("two values for one key: " + one + " and " + other);
        });
    }

    public static <T, K, V> Collector<T, ?, Map<K, V>> toUnmodifiableMap(
            Function<? super T, ? extends K> key, Function<? super T, ? extends V> value, BinaryOperator<V> merge) {
        return Collectors.collectingAndThen(
                Collectors.toMap(key, value, merge, LinkedHashMap<K, V>::new), Collections::unmodifiableMap);
    }

    private static Set<?> setOf(Object... elements) {
        var set = new LinkedHashSet<Object>();
        for (Object element : elements) {
            if (!set.add(Objects.requireNonNull(element))) {
                throw new IllegalArgumentException("duplicate element: " + element);
            }
        }
        return Collections.unmodifiableSet(set);
    }

    private static Map<?, ?> mapOf(Object... keysAndValues) {
        var map = new LinkedHashMap<Object, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            var key = Objects.requireNonNull(keysAndValues[i]);
            if (map.put(key, Objects.requireNonNull(keysAndValues[i + 1])) != null) {
                throw new IllegalArgumentException("duplicate key: " + key);
            }
        }
        return Collections.unmodifiableMap(map);
    }
}
