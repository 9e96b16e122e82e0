package io.ringsim.runtime.junit;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The seeds from the first to the last, both of them too. */
record Seeds(long first, long last) {
    static final String ONE = "ringsim.seed";
    static final String SEVERAL = "ringsim.seeds";

    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})\\.\\.(-?\\d{1,18})");
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,18}");

    Seeds {
        if (last < first) {
            throw new ExtensionConfigurationException("there is no seed from " + first + " to " + last);
        }
    }

    /** As many as the test asks for, unless whoever runs it asks for others. */
    static Seeds of(int count, Function<String, Optional<String>> parameter) {
        var one = parameter.apply(ONE);
        if (one.isPresent()) {
            long seed = number(ONE, one.get(), "a seed");
            return new Seeds(seed, seed);
        }
        return parameter.apply(SEVERAL).map(Seeds::several).orElseGet(() -> new Seeds(1, count));
    }

    private static Seeds several(String text) {
        var range = RANGE.matcher(text);
        return range.matches()
                ? new Seeds(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)))
                : new Seeds(1, number(SEVERAL, text, "how many seeds, or a range such as 1..200"));
    }

    private static long number(String parameter, String text, String what) {
        if (!NUMBER.matcher(text).matches()) {
            throw new ExtensionConfigurationException(parameter + " is " + what + ", not '" + text + "'");
        }
        return Long.parseLong(text);
    }

    LongStream each() {
        return LongStream.rangeClosed(first, last);
    }
}
