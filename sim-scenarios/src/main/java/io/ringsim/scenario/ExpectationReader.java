package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code expect:}. What could match nothing is an error. */
final class ExpectationReader {
    private static final List<String> KINDS = List.of(
            "node",
            "operation",
            "replicas_agree",
            "views_agree",
            "bytes_out",
            "bytes_in",
            "retries",
            "skew",
            "acknowledged_writes_lost");

    private final Known known;
    private final List<Step> timeline;

    ExpectationReader(Known known, List<Step> timeline) {
        this.known = known;
        this.timeline = timeline;
    }

    List<Expectation> read(List<Yaml> items) {
        var expectations = new ArrayList<Expectation>();
        for (Yaml item : items) {
            Keys.of(item, "expect", known.problems()).flatMap(this::expectation).ifPresent(expectations::add);
        }
        return expectations;
    }

    private Optional<? extends Expectation> expectation(Keys keys) {
        List<String> kinds = keys.present(KINDS);
        if (kinds.size() != 1) {
            if (kinds.isEmpty()) {
                keys.finish();
            }
            Keys.error(
                    known.problems(),
                    keys.place(),
                    kinds.isEmpty() ? "expects nothing" : String.join(" and ", kinds) + " are separate expectations",
                    kinds.isEmpty() ? "known are " + String.join(", ", KINDS) : "write one entry for each");
            return Optional.empty();
        }
        Optional<? extends Expectation> read = switch (kinds.get(0)) {
            case "node" -> reaches(keys);
            case "operation" -> ends(keys);
            case "replicas_agree" -> always(keys, "replicas_agree", new Expectation.ReplicasAgree());
            case "views_agree" -> {
                Optional<Duration> within = within(keys);
                yield always(keys, "views_agree", new Expectation.ViewsAgree(within));
            }
            case "bytes_out" ->
                bytes(keys, "bytes_out").map(bytes -> new Expectation.BytesOut(bytes.node, bytes.bounds));
            case "bytes_in" -> bytes(keys, "bytes_in").map(bytes -> new Expectation.BytesIn(bytes.node, bytes.bounds));
            case "retries" -> keys.map("retries").flatMap(this::retries);
            case "skew" -> skew(keys);
            default -> lost(keys);
        };
        keys.finish();
        return read;
    }

    private Optional<Expectation> reaches(Keys keys) {
        Optional<NodeId> node = keys.value("node").flatMap(value -> known.node(value, "node"));
        Optional<Duration> within = within(keys);
        Optional<NodeState> state = keys.require("state", "write state: NORMAL")
                ? keys.read("state", TimelineReader::state)
                : Optional.empty();
        return node.flatMap(id -> state.map(reached -> new Expectation.Reaches(id, reached, within)));
    }

    private Optional<Expectation> ends(Keys keys) {
        Optional<Duration> within = within(keys);
        Optional<Expectation.Outcome> outcome = keys.require("outcome", "write outcome: completed")
                ? keys.read("outcome", ExpectationReader::outcome)
                : Optional.empty();
        Optional<String[]> words = keys.read("operation", ExpectationReader::operation);
        if (words.isEmpty() || outcome.isEmpty()) {
            return Optional.empty();
        }
        String name = words.get()[0];
        Yaml subject = new Yaml.Scalar(keys.placeOfValue("operation"), words.get()[1], false, false, false);
        Optional<NodeId> node = known.node(subject, "operation");
        if (node.isPresent() && !happens(name, node.get())) {
            keys.error(
                    "operation",
                    "no step does " + name + " " + node.get(),
                    "add it to the timeline, or expect another");
            return Optional.empty();
        }
        return node.map(id -> new Expectation.Ends(name, id, outcome.get(), within));
    }

    private boolean happens(String name, NodeId node) {
        return timeline.stream()
                .anyMatch(step -> step.action() instanceof Operation operation
                        && operation.name().equals(name)
                        && operation.node().equals(node));
    }

    private static String[] operation(String text) {
        String[] words = text.strip().split("\\s+", -1);
        if (words.length != 2 || !TimelineReader.OPERATIONS.contains(words[0])) {
            throw new Malformed(
                    "'" + text + "' is no operation and node",
                    Suggestion.closest(words[0], TimelineReader.OPERATIONS)
                            .map(word -> "write " + word + " n7")
                            .orElse("write bootstrap n7"));
        }
        return words;
    }

    private static Expectation.Outcome outcome(String text) {
        for (Expectation.Outcome outcome : Expectation.Outcome.values()) {
            if (outcome.name().toLowerCase(Locale.ROOT).equals(text)) {
                return outcome;
            }
        }
        throw new Malformed(
                "'" + text + "' is no outcome", Suggestion.remedy(text, List.of("completed", "failed", "refused")));
    }

    private <E extends Expectation> Optional<E> always(Keys keys, String key, E expectation) {
        Optional<Boolean> expected = keys.bool(key);
        if (expected.isPresent() && !expected.get()) {
            keys.error(key, "that they disagree cannot be expected", "write true, or leave it out");
            return Optional.empty();
        }
        return expected.map(yes -> expectation);
    }

    private record Bytes(NodeId node, Expectation.Bounds bounds) {}

    private Optional<Bytes> bytes(Keys keys, String key) {
        Optional<NodeId> node = keys.value(key).flatMap(value -> known.node(value, key));
        Optional<Expectation.Bounds> bounds = bounds(keys, Units::size, "write max: 500GiB");
        return node.flatMap(id -> bounds.map(between -> new Bytes(id, between)));
    }

    private Optional<Expectation> retries(Keys keys) {
        Optional<Expectation.Bounds> bounds = bounds(keys, Units::count, "write retries: { max: 3 }");
        keys.finish();
        return bounds.map(Expectation.Retries::new);
    }

    private Optional<Expectation.Bounds> bounds(Keys keys, Function<String, Long> reading, String right) {
        if (!keys.has("min") && !keys.has("max")) {
            Keys.error(known.problems(), keys.place(), "neither min nor max is given", right);
            return Optional.empty();
        }
        Optional<Long> min = keys.read("min", reading);
        Optional<Long> max = keys.read("max", reading);
        if ((keys.has("min") && min.isEmpty()) || (keys.has("max") && max.isEmpty())) {
            return Optional.empty();
        }
        if (min.orElse(0L) > max.orElse(Long.MAX_VALUE)) {
            keys.error("max", "max is less than min", "let min be the smaller");
            return Optional.empty();
        }
        return Optional.of(new Expectation.Bounds(min.orElse(0L), max.orElse(Long.MAX_VALUE)));
    }

    private Optional<Expectation> skew(Keys keys) {
        Optional<String> keyspace = keys.text("skew");
        Optional<Double> max =
                keys.require("max", "write max: 1.15") ? keys.read("max", ExpectationReader::ratio) : Optional.empty();
        if (keyspace.isPresent() && !known.isKeyspace(keyspace.get())) {
            keys.error(
                    "skew",
                    "there is no keyspace " + keyspace.get(),
                    Suggestion.remedy(keyspace.get(), known.keyspaceNames()));
            return Optional.empty();
        }
        return keyspace.flatMap(name -> max.map(most -> new Expectation.Skew(name, most)));
    }

    private static double ratio(String text) {
        double ratio;
        try {
            ratio = Double.parseDouble(text);
        } catch (NumberFormatException notANumber) {
            ratio = Double.NaN;
        }
        if (!(ratio >= 1 && ratio < 1e6)) {
            throw new Malformed(
                    "'" + text + "' is no ratio of the largest to the mean", "write a number from 1, as 1.15");
        }
        return ratio;
    }

    private Optional<Expectation> lost(Keys keys) {
        Optional<Long> most = keys.read("acknowledged_writes_lost", Units::count);
        if (most.isPresent() && most.get() != 0) {
            keys.error("acknowledged_writes_lost", "losing acknowledged writes cannot be expected", "write 0");
            return Optional.empty();
        }
        return most.map(none -> new Expectation.NoAcknowledgedWriteLost());
    }

    private static Optional<Duration> within(Keys keys) {
        return keys.read("within", Units::time);
    }
}
