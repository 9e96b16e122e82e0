package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Problems;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.network.Latency;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code model:}. */
final class ModelReader {
    private static final Pattern CALL =
            Pattern.compile("(\\w+)\\s*\\(\\s*(\\w+)\\s*=\\s*([^,\\s]+)\\s*,\\s*(\\w+)\\s*=\\s*([^)\\s]+)\\s*\\)");
    private static final String LATENCIES = "write 300us, lognormal(p50=300us, p99=4ms) or uniform(min=1ms, max=2ms)";

    private final Problems problems;

    ModelReader(Problems problems) {
        this.problems = problems;
    }

    Model read(Keys keys, Model model) {
        Optional<Keys> network = keys.map("network");
        Optional<Keys> disk = keys.map("disk");
        var read = new Model(
                rate(keys, "stream_throughput_outbound", model.streamThroughputOutbound()),
                rate(keys, "inter_dc_stream_throughput_outbound", model.interDcStreamThroughputOutbound()),
                keys.read("ring_delay", Units::time).orElse(model.ringDelay()),
                keys.read("gossip_interval", ModelReader::interval).orElse(model.gossipInterval()),
                keys.read("phi_convict_threshold", ModelReader::phi).orElse(model.phiConvictThreshold()),
                keys.read("max_streaming_retries", ModelReader::retries).orElse(model.maxStreamingRetries()),
                keys.read("streaming_socket_timeout", Units::time).orElse(model.streamingSocketTimeout()),
                keys.bool("consistent_range_movement").orElse(model.consistentRangeMovement()),
                network.map(map -> network(map, model.network())).orElse(model.network()),
                disk.map(map -> disk(map, model.disk())).orElse(model.disk()));
        keys.finish();
        return read;
    }

    private Model.Network network(Keys keys, Model.Network network) {
        var read = new Model.Network(
                latency(keys, "latency", network.latency()),
                latency(keys, "inter_dc_latency", network.interDcLatency()),
                rate(keys, "bandwidth", network.bandwidth()),
                keys.read("loss", Units::share).orElse(network.loss()));
        keys.finish();
        return read;
    }

    private static Model.Disk disk(Keys keys, Model.Disk disk) {
        var read = new Model.Disk(
                finite(keys, "read", disk.read()),
                finite(keys, "write", disk.write()),
                keys.read("capacity", Units::size).orElse(disk.capacity()));
        keys.finish();
        return read;
    }

    static Rate rate(Keys keys, String key, Rate otherwise) {
        return keys.read(key, text -> new Rate(Units.rate(text))).orElse(otherwise);
    }

    static Rate finite(Keys keys, String key, Rate otherwise) {
        return keys.read(key, text -> {
                    var rate = new Rate(Units.rate(text));
                    if (rate.isUnlimited()) {
                        throw new Malformed("a disk has a limit", "write 400MiB/s");
                    }
                    return rate;
                })
                .orElse(otherwise);
    }

    private static Duration interval(String text) {
        Duration interval = Units.time(text);
        if (interval.isZero()) {
            throw new Malformed("an interval cannot be zero", "write 1s");
        }
        return interval;
    }

    private static double phi(String text) {
        double phi;
        try {
            phi = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            phi = Double.NaN;
        }
        if (!(phi >= 5 && phi <= 16)) {
            throw new Malformed("'" + text + "' is out of range", "write a number from 5 to 16");
        }
        return phi;
    }

    private static int retries(String text) {
        long retries = Units.count(text);
        if (retries > 1_000) {
            throw new Malformed("'" + text + "' is out of range", "write a number from 0 to 1000");
        }
        return (int) retries;
    }

    private Latency latency(Keys keys, String key, Latency otherwise) {
        Optional<Yaml> value = keys.value(key);
        if (value.isPresent() && value.get() instanceof Yaml.Mapping) {
            return keys.map(key).map(map -> latencyMap(map, otherwise)).orElse(otherwise);
        }
        return keys.read(key, ModelReader::latency).orElse(otherwise);
    }

    private Latency latencyMap(Keys keys, Latency otherwise) {
        Optional<Duration> p50 = keys.read("p50", Units::time);
        Optional<Duration> p99 = keys.read("p99", Units::time);
        Optional<Duration> min = keys.read("min", Units::time);
        Optional<Duration> max = keys.read("max", Units::time);
        keys.finish();
        try {
            if (p50.isPresent() && p99.isPresent() && min.isEmpty() && max.isEmpty()) {
                return logNormal(p50.get(), p99.get());
            }
            if (min.isPresent() && max.isPresent() && p50.isEmpty() && p99.isEmpty()) {
                return uniform(min.get(), max.get());
            }
            Keys.error(problems, keys.place(), "latency is incomplete", LATENCIES);
        } catch (Malformed wrong) {
            Keys.error(problems, keys.place(), wrong.what(), wrong.remedy());
        }
        return otherwise;
    }

    static Latency latency(String text) {
        Matcher call = CALL.matcher(text.strip());
        if (!text.contains("(")) {
            return new Latency.Constant(Units.time(text));
        }
        if (call.matches()) {
            String names = call.group(1) + " " + call.group(2) + " " + call.group(4);
            Duration first = Units.time(call.group(3));
            Duration second = Units.time(call.group(5));
            if (names.equals("lognormal p50 p99")) {
                return logNormal(first, second);
            }
            if (names.equals("uniform min max")) {
                return uniform(first, second);
            }
        }
        throw new Malformed("'" + text + "' is no latency", LATENCIES);
    }

    private static Latency logNormal(Duration p50, Duration p99) {
        if (p50.isZero() || p99.compareTo(p50) < 0) {
            throw new Malformed(
                    "p99 must be at least p50, and p50 more than nothing", "write lognormal(p50=300us, p99=4ms)");
        }
        return new Latency.LogNormal(p50, p99);
    }

    private static Latency uniform(Duration min, Duration max) {
        if (max.compareTo(min) < 0) {
            throw new Malformed("max must be at least min", "write uniform(min=1ms, max=2ms)");
        }
        return new Latency.Uniform(min, max);
    }
}
