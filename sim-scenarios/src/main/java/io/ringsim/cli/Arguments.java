package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Malformed;
import io.ringsim.ring.Partitioner;
import java.util.function.Function;

/** Turns the texts of options into values; what is wrong names the option. */
final class Arguments {
    private Arguments() {}

    static Partitioner partitioner(String name) {
        return read("--partitioner", name, Partitioner::named);
    }

    static <T> T read(String option, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (Malformed wrong) {
            throw BadInput.in(option, wrong.what(), wrong.remedy());
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in(option, String.valueOf(wrong.getMessage()), "");
        }
    }
}
