package io.ringsim.ring;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;

/** Finds partitioners by name and by what their tokens look like. */
final class Partitioners {
    private static final List<Partitioner> ALL =
            List.of(Partitioner.MURMUR3, Partitioner.RANDOM, Partitioner.ORDER_PRESERVING, Partitioner.BYTE_ORDERED);
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?\\d+");
    private static final Pattern HEXADECIMAL = Pattern.compile("(\\p{XDigit}{2})+|Token\\(bytes\\[\\p{XDigit}*]\\)");
    private static final BigInteger LARGEST_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private Partitioners() {}

    static Partitioner named(String name) {
        var simple = name.strip().replaceFirst("^org\\.apache\\.cassandra\\.dht\\.", "");
        for (var partitioner : ALL) {
            if (partitioner.name().equals(simple)) {
                return partitioner;
            }
        }
        throw new IllegalArgumentException("unknown partitioner '" + name + "'; known are "
                + String.join(", ", ALL.stream().map(Partitioner::name).toList()));
    }

    static Partitioner inferredFrom(Collection<String> tokens) {
        if (tokens.stream().allMatch(token -> WHOLE_NUMBER.matcher(token).matches())) {
            var numbers = tokens.stream().map(BigInteger::new).toList();
            boolean signed = numbers.stream().anyMatch(number -> number.signum() < 0);
            boolean large = numbers.stream().anyMatch(number -> number.compareTo(LARGEST_LONG) > 0);
            return large && !signed ? Partitioner.RANDOM : Partitioner.MURMUR3;
        }
        boolean hexadecimal =
                tokens.stream().allMatch(token -> HEXADECIMAL.matcher(token).matches());
        return hexadecimal ? Partitioner.BYTE_ORDERED : Partitioner.ORDER_PRESERVING;
    }
}
