package io.ringsim.network.wire;

import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of a family: the classes a sealed type permits, all the way down, by their simple names. */
public final class Kinds {
    private final SortedMap<String, Class<?>> byName = new TreeMap<>();

    private Kinds() {}

    /**
     * The kinds of a sealed type; a final class is the only kind of its family.
     *
     * @throws IllegalArgumentException when anybody could add a kind, or two have one name
     */
    public static Kinds of(Class<?> family) {
        var kinds = new Kinds();
        kinds.add(family);
        return kinds;
    }

    private void add(Class<?> type) {
        if (type.isSealed() && !type.isEnum()) {
            for (var permitted : type.getPermittedSubclasses()) {
                add(permitted);
            }
        } else if (Shape.isFinal(type)) {
            var other = byName.put(type.getSimpleName(), type);
            if (other != null && other != type) {
                throw new IllegalArgumentException("two kinds of one name: " + other + ", " + type);
            }
        } else {
            throw new IllegalArgumentException(type + " is neither sealed nor final, so its kinds are not known");
        }
    }

    public Optional<Class<?>> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All kinds, by name. */
    public Collection<Class<?>> types() {
        return Collections.unmodifiableCollection(byName.values());
    }
}
