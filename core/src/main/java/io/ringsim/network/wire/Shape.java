package io.ringsim.network.wire;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How a value comes apart and together again: its fields, and the constructor that takes them in this order. */
record Shape(Constructor<?> constructor, List<Field> parts) {
    /** The shape of a record or a value class; nothing for any other class. */
    static Optional<Shape> of(Class<?> type) {
        if (type.isRecord()) {
            var components = type.getRecordComponents();
            var types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            var names = Arrays.stream(components).map(RecordComponent::getName).toList();
            try {
                return shape(type, type.getDeclaredConstructor(types), names);
            } catch (NoSuchMethodException impossible) {
                throw new IllegalStateException(type + " is a record without its canonical constructor", impossible);
            }
        }
        var constructors = type.getDeclaredConstructors();
        boolean isCandidate = isFinal(type) && !type.isEnum() && !type.isArray() && !type.isPrimitive();
        if (!isCandidate || constructors.length != 1 || type.getName().startsWith("java.")) {
            return Optional.empty();
        }
        var names = Arrays.stream(constructors[0].getParameters())
                .map(parameter -> parameter.getName())
                .toList();
        return shape(type, constructors[0], names);
    }

    static boolean isFinal(Class<?> type) {
        return Modifier.isFinal(type.getModifiers()) || type.isEnum();
    }

    private static Optional<Shape> shape(Class<?> type, Constructor<?> constructor, List<String> names) {
        var fields = Arrays.stream(type.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()))
                .toList();
        var parts = new ArrayList<Field>();
        for (int i = 0; i < names.size(); i++) {
            for (var field : fields) {
                if (field.getName().equals(names.get(i))
                        && field.getType().equals(constructor.getParameterTypes()[i])) {
                    field.setAccessible(true);
                    parts.add(field);
                }
            }
        }
        if (parts.size() != names.size() || parts.size() != fields.size()) {
            return Optional.empty();
        }
        constructor.setAccessible(true);
        return Optional.of(new Shape(constructor, List.copyOf(parts)));
    }

    Object part(Object value, int index) {
        try {
            return parts.get(index).get(value);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * The value of those parts.
     *
     * @throws UnreadableException when its constructor refuses them
     */
    Object make(Object[] values) throws UnreadableException {
        try {
            return constructor.newInstance(values);
        } catch (InvocationTargetException refused) {
            throw new UnreadableException("its constructor refuses it: " + refused.getCause());
        } catch (InstantiationException | IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
