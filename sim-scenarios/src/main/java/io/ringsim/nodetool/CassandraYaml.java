package io.ringsim.nodetool;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Reads {@code cassandra.yaml} of 0.7 to 5: those keys that matter to a ring; all others are passed over. */
public final class CassandraYaml {
    /** Until 4.0 a megabit was counted as 1024 * 1024 bits. */
    private static final long BYTES_PER_MEGABIT = 1024 * 1024 / 8;

    private static final List<String> NEW_NAMES = List.of(
            "stream_throughput_outbound",
            "inter_dc_stream_throughput_outbound",
            "commitlog_sync_period",
            "read_request_timeout",
            "max_hint_window");

    private CassandraYaml() {}

    /**
     * Reads the file.
     *
     * @throws io.ringsim.input.BadInput with all that is wrong
     */
    public static NodeConfig read(Source source) {
        var problems = new Problems();
        Optional<Keys> keys = Yaml.read(source, problems).flatMap(root -> Keys.of(root, "", problems));
        problems.throwIfAny();
        NodeConfig config = config(keys.orElseThrow(), problems);
        problems.throwIfAny();
        return config;
    }

    private static NodeConfig config(Keys keys, Problems problems) {
        return new NodeConfig(
                optional(keys, "cluster_name").orElse(""),
                optional(keys, "partitioner").orElse(""),
                number(keys, "num_tokens", 1, 4_096),
                optional(keys, "initial_token")
                        .map(text -> Arrays.stream(text.split(",", -1))
                                .map(String::strip)
                                .toList())
                        .orElse(List.of()),
                seeds(keys, problems),
                rate(keys, "stream_throughput_outbound"),
                rate(keys, "inter_dc_stream_throughput_outbound"),
                phi(keys),
                number(keys, "max_streaming_retries", 0, 1_000),
                millis(keys, "streaming_socket_timeout_in_ms"),
                List.of(),
                !keys.present(NEW_NAMES).isEmpty());
    }

    /** A key that many files have without a value. */
    private static Optional<String> optional(Keys keys, String key) {
        boolean blank = keys.value(key)
                .filter(value -> value instanceof Yaml.Scalar scalar
                        && (scalar.isNull() || scalar.text().isBlank()))
                .isPresent();
        return blank ? Optional.empty() : keys.text(key);
    }

    private static OptionalInt number(Keys keys, String key, int least, int most) {
        if (optional(keys, key).isEmpty()) {
            return OptionalInt.empty();
        }
        Optional<Integer> number = keys.read(key, text -> {
            long count = Units.count(text);
            if (count < least || count > most) {
                throw new Malformed("'" + text + "' is out of range", "write a number from " + least + " to " + most);
            }
            return (int) count;
        });
        return number.map(OptionalInt::of).orElse(OptionalInt.empty());
    }

    private static OptionalLong rate(Keys keys, String name) {
        if (optional(keys, name).isPresent()) {
            return of(keys.read(name, CassandraYaml::newRate));
        }
        String old = name + "_megabits_per_sec";
        return optional(keys, old).isPresent()
                ? of(keys.read(old, text -> Units.count(text) * BYTES_PER_MEGABIT))
                : OptionalLong.empty();
    }

    private static OptionalLong of(Optional<Long> value) {
        return value.map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    /** In cassandra.yaml zero is no limit. */
    private static long newRate(String text) {
        return text.matches("0+(\\.0+)?\\s*[A-Za-z]+/s") ? 0 : Units.rate(text);
    }

    private static OptionalDouble phi(Keys keys) {
        if (optional(keys, "phi_convict_threshold").isEmpty()) {
            return OptionalDouble.empty();
        }
        Optional<Double> phi = keys.read("phi_convict_threshold", text -> {
            double value = text.matches("[0-9.]{1,8}") ? Double.parseDouble(text) : -1;
            if (value < 5 || value > 16) {
                throw new Malformed("'" + text + "' is out of range", "write a number from 5 to 16");
            }
            return value;
        });
        return phi.map(OptionalDouble::of).orElse(OptionalDouble.empty());
    }

    private static Optional<Duration> millis(Keys keys, String key) {
        return optional(keys, key).isPresent()
                ? keys.read(key, text -> Duration.ofMillis(Units.count(text)))
                : Optional.empty();
    }

    /** {@code seed_provider: [{class_name: ..., parameters: [{seeds: "a,b"}]}]}. */
    private static List<String> seeds(Keys keys, Problems problems) {
        var seeds = new ArrayList<String>();
        for (Yaml provider : keys.list("seed_provider")) {
            if (!(provider instanceof Yaml.Mapping mapping)) {
                continue;
            }
            for (Yaml parameters : new Keys(mapping, "seed_provider", problems).list("parameters")) {
                if (parameters instanceof Yaml.Mapping list) {
                    new Keys(list, "parameters", problems)
                            .text("seeds")
                            .ifPresent(text -> Arrays.stream(text.split(",", -1))
                                    .map(String::strip)
                                    .filter(seed -> !seed.isEmpty())
                                    .forEach(seeds::add));
                }
            }
        }
        return seeds;
    }
}
