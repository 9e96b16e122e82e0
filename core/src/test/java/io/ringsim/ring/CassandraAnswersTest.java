package io.ringsim.ring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Replicas and movements against the answers that Cassandra 5.0.5's own classes gave for the same rings. */
class CassandraAnswersTest {
    private static final NodeId JOINER = new NodeId("127.9.0.9");

    /** A ring, the node that would join it, and what was answered for one keyspace. */
    private record Answers(
            TokenRing ring, Location place, List<Token> tokens, Keyspace keyspace, List<List<String>> lines) {
        List<List<String>> about(String subject) {
            return lines.stream()
                    .filter(line -> line.get(0).equals(subject))
                    .map(line -> line.subList(1, line.size()))
                    .toList();
        }

        MovementPlan bootstrap(SourceChoice choice) {
            return RangeMovement.bootstrap(RingView.of(ring), List.of(keyspace), JOINER, place, tokens, choice);
        }
    }

    private static List<Answers> read() {
        var all = new ArrayList<Answers>();
        var ring = TokenRing.empty(Partitioner.MURMUR3);
        var place = new Location("none", "none");
        var tokens = List.<Token>of();
        for (var line : lines()) {
            switch (line.get(0)) {
                case "ring" -> ring = TokenRing.empty(Partitioner.named(line.get(1)));
                case "node" -> {
                    var partitioner = ring.partitioner();
                    var at = line.get(2).split(":", -1);
                    place = new Location(at[0], at[1]);
                    tokens = Arrays.stream(line.get(3).split(",", -1))
                            .map(partitioner::parse)
                            .toList();
                    var node = new NodeId(line.get(1));
                    ring = node.equals(JOINER) ? ring : ring.with(node, place, tokens);
                }
                case "keyspace" -> all.add(new Answers(ring, place, tokens, keyspace(line), new ArrayList<>()));
                default -> all.get(all.size() - 1).lines().add(line);
            }
        }
        return all;
    }

    private static List<List<String>> lines() {
        try (var in = CassandraAnswersTest.class.getResourceAsStream("/cassandra-5.0.5-answers/rings.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.asList(line.split(" ", -1)))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Keyspace keyspace(List<String> line) {
        var options = new TreeMap<String, String>();
        for (var option : line.subList(2, line.size())) {
            options.put(option.split("=", -1)[0], option.split("=", -1)[1]);
        }
        return new Keyspace("k", ReplicationStrategy.of(line.get(1), options));
    }

    private static SortedSet<String> text(List<List<String>> lines) {
        var text = new TreeSet<String>();
        lines.forEach(line -> text.add(String.join(" ", line)));
        return text;
    }

    @Test
    void placeReplicas() {
        int checked = 0;
        for (var answers : read()) {
            for (var line : answers.about("replicas")) {
                var token = answers.ring().partitioner().parse(line.get(0));
                var replicas = answers.keyspace().replication().replicas(answers.ring(), token);
                assertThat(String.join(",", replicas.stream().map(NodeId::value).toList()))
                        .as("%s, token %s", answers.keyspace(), token)
                        .isEqualTo(line.get(1));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(300);
    }

    @Test
    void fetchForABootstrapStrictly() {
        assertFetches("strict", SourceChoice.strict(Proximity.BY_LOCATION));
    }

    @Test
    void fetchForABootstrapFromTheNearest() {
        assertFetches("relaxed", SourceChoice.relaxed(Proximity.BY_LOCATION));
    }

    private static void assertFetches(String subject, SourceChoice choice) {
        for (var answers : read()) {
            var expected = text(answers.about(subject));
            var plan = answers.bootstrap(choice);
            var found = new TreeSet<String>();
            if (plan instanceof RangeMovement movement) {
                for (var transfer : movement.transfers()) {
                    var range = transfer.range();
                    found.add(range.left() + " " + range.right() + " " + transfer.from());
                }
            } else {
                found.add("REFUSED");
            }
            assertThat(found)
                    .as("%s into %s", answers.keyspace(), answers.ring())
                    .isEqualTo(expected);
        }
    }

    @Test
    void sendForADecommission() {
        for (var answers : read()) {
            var leaver = answers.ring().nodes().get(0);
            var plan =
                    RangeMovement.decommission(RingView.of(answers.ring()), List.of(answers.keyspace()), leaver, true);
            var found = new TreeSet<String>();
            for (var transfer : ((RangeMovement) plan).transfers()) {
                found.add(transfer.range().left() + " " + transfer.range().right() + " " + transfer.to());
            }
            assertThat(found)
                    .as("%s from %s", answers.keyspace(), answers.ring())
                    .isEqualTo(text(answers.about("leave")));
        }
    }
}
