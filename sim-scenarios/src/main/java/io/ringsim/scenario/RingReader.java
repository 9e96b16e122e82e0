package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ring:}, the ring that is built rather than imported. */
final class RingReader {
    static final int MOST_NODES = 100_000;
    static final int MOST_TOKENS = 4_096;
    private static final String DEFAULT_RACK = "rack1";

    private final Known known;
    private final Profile profile;
    private int named;
    private int datacentersRead;

    RingReader(Known known, Profile profile) {
        this.known = known;
        this.profile = profile;
    }

    static int defaultTokens(Profile profile) {
        return switch (profile) {
            case V0_6 -> 1;
            case V2_1 -> 256;
            case V4_1 -> 16;
        };
    }

    static Partitioner partitioner(Keys keys, Profile profile) {
        return keys.read("partitioner", Partitioner::named)
                .orElse(profile == Profile.V0_6 ? Partitioner.RANDOM : Partitioner.MURMUR3);
    }

    RingSpec read(Keys keys) {
        Partitioner partitioner = partitioner(keys, profile);
        var datacenters = new ArrayList<RingSpec.Datacenter>();
        if (keys.require("datacenters", "write datacenters: { dc1: { nodes: 6 } }")) {
            keys.map("datacenters")
                    .ifPresent(map -> map.forEach((name, value) -> Keys.of(
                                    value, map.path() + "." + name, known.problems())
                            .ifPresent(datacenter -> datacenters.add(datacenter(name, datacenter, partitioner)))));
        }
        keys.finish();
        var ring = new RingSpec(partitioner, datacenters);
        if (ring.nodes().isEmpty() && !known.problems().hasErrors()) {
            keys.error("datacenters", "the ring has no node", "write datacenters: { dc1: { nodes: 6 } }");
        }
        return ring;
    }

    private RingSpec.Datacenter datacenter(String name, Keys keys, Partitioner partitioner) {
        List<String> racks = racks(keys);
        int numTokens = numTokens(keys, defaultTokens(profile));
        var nodes = new ArrayList<RingSpec.Node>();
        Optional<Yaml> value = keys.value("nodes");
        if (value.isEmpty()) {
            keys.require("nodes", "write nodes: 6");
        } else if (value.get() instanceof Yaml.Mapping mapping) {
            new Keys(mapping, keys.path() + ".nodes", known.problems())
                    .forEach((node, spec) -> namedNode(node, spec, name, racks, numTokens, nodes.size(), partitioner)
                            .ifPresent(nodes::add));
            if (keys.has("tokens")) {
                keys.error("tokens", "tokens stand with each node when nodes are named", "move them to the nodes");
            }
        } else {
            int count = count(keys, "nodes", MOST_NODES).orElse(0);
            for (int i = 0; i < count; i++) {
                var node = new NodeId("n" + ++named);
                known.addNode(node, value.get().place());
                var location = new Location(name, racks.get(i % racks.size()));
                nodes.add(new RingSpec.Node(node, location, numTokens, List.of()));
            }
            if (keys.has("tokens") && count > 0) {
                dealTokens(keys, nodes, numTokens, partitioner);
            }
        }
        datacentersRead++;
        keys.finish();
        return new RingSpec.Datacenter(name, racks, numTokens, nodes);
    }

    private List<String> racks(Keys keys) {
        var racks = new ArrayList<String>();
        for (Yaml item : keys.list("racks")) {
            Keys.text(item, "racks", known.problems()).ifPresent(rack -> {
                if (racks.contains(rack)) {
                    Keys.error(known.problems(), item.place(), "rack " + rack + " is listed twice", "list each once");
                } else {
                    racks.add(rack);
                }
            });
        }
        return racks.isEmpty() ? List.of(DEFAULT_RACK) : racks;
    }

    int numTokens(Keys keys, int otherwise) {
        int count = count(keys, "num_tokens", MOST_TOKENS).orElse(otherwise);
        if (profile == Profile.V0_6 && count > 1) {
            keys.error("num_tokens", "a node of 0.6 has one token", "write num_tokens: 1");
        }
        return count;
    }

    private static Optional<Integer> count(Keys keys, String key, int most) {
        return keys.read(key, text -> {
            long count = Units.count(text);
            if (count < 1 || count > most) {
                throw new Malformed("'" + text + "' is out of range", "write a number from 1 to " + most);
            }
            return (int) count;
        });
    }

    private Optional<RingSpec.Node> namedNode(
            String name,
            Yaml value,
            String datacenter,
            List<String> racks,
            int numTokens,
            int position,
            Partitioner partitioner) {
        Optional<NodeId> id = nodeId(name, value);
        if (id.isEmpty() || !known.addNode(id.get(), value.place())) {
            return Optional.empty();
        }
        String rack = racks.get(position % racks.size());
        if (value instanceof Yaml.Scalar scalar && scalar.isNull()) {
            return Optional.of(new RingSpec.Node(id.get(), new Location(datacenter, rack), numTokens, List.of()));
        }
        return Keys.of(value, name, known.problems()).map(keys -> {
            String given = keys.text("rack").orElse(rack);
            if (!racks.contains(given)) {
                keys.error("rack", "there is no rack " + given + " in " + datacenter, remedyForRack(given, racks));
            }
            List<Token> tokens = tokens(keys, id.get(), partitioner);
            int count = tokens.isEmpty() ? numTokens(keys, numTokens) : agreedTokens(keys, tokens.size());
            keys.finish();
            return new RingSpec.Node(id.get(), new Location(datacenter, given), count, tokens);
        });
    }

    private Optional<NodeId> nodeId(String name, Yaml value) {
        try {
            return Optional.of(new NodeId(name));
        } catch (IllegalArgumentException wrong) {
            Keys.error(
                    known.problems(), value.place(), String.valueOf(wrong.getMessage()), "give it a name in one word");
            return Optional.empty();
        }
    }

    static String remedyForRack(String rack, List<String> racks) {
        return io.ringsim.input.Suggestion.remedy(rack, racks)
                + (racks.size() > 8 ? "" : " (add it to racks if it is new)");
    }

    /** The tokens a node is given; none when the seed is to draw them. */
    List<Token> tokens(Keys keys, NodeId node, Partitioner partitioner) {
        var tokens = new ArrayList<Token>();
        for (Yaml item : keys.list("tokens")) {
            known.token(item, node, partitioner).ifPresent(tokens::add);
        }
        if (profile == Profile.V0_6 && tokens.size() > 1) {
            keys.error("tokens", "a node of 0.6 has one token", "give one");
        }
        return tokens;
    }

    /** A number of tokens beside the tokens themselves must be theirs. */
    int agreedTokens(Keys keys, int tokens) {
        int said = numTokens(keys, tokens);
        if (said != tokens) {
            keys.error(
                    "num_tokens", "num_tokens says " + said + " but " + tokens + " tokens are given", "leave it out");
        }
        return tokens;
    }

    /** One token per node, one list per node, or the word even. */
    private void dealTokens(Keys keys, List<RingSpec.Node> nodes, int numTokens, Partitioner partitioner) {
        Yaml value = keys.value("tokens").orElseThrow();
        if (value instanceof Yaml.Scalar scalar && scalar.text().equals("even")) {
            even(keys, nodes, numTokens, partitioner, value);
            return;
        }
        List<Yaml> items = Keys.items(value, "tokens", known.problems());
        if (items.size() != nodes.size()) {
            Keys.error(
                    known.problems(),
                    value.place(),
                    "tokens has " + items.size() + " entries for " + nodes.size() + " nodes",
                    "give each node its token, or its list of tokens, or write even");
            return;
        }
        for (int i = 0; i < items.size(); i++) {
            RingSpec.Node node = nodes.get(i);
            var tokens = new ArrayList<Token>();
            for (Yaml item : Keys.items(items.get(i), "tokens", known.problems())) {
                known.token(item, node.node(), partitioner).ifPresent(tokens::add);
            }
            nodes.set(i, new RingSpec.Node(node.node(), node.location(), Math.max(1, tokens.size()), tokens));
        }
        if (keys.has("num_tokens") && nodes.stream().anyMatch(node -> node.numTokens() != numTokens)) {
            keys.error("num_tokens", "num_tokens contradicts the tokens given", "leave it out");
        }
    }

    private void even(Keys keys, List<RingSpec.Node> nodes, int numTokens, Partitioner partitioner, Yaml value) {
        Optional<List<Token>> tokens = EvenTokens.of(partitioner, nodes.size() * numTokens, datacentersRead);
        if (tokens.isEmpty()) {
            keys.error("tokens", partitioner.name() + " has no evenly spaced tokens", "give them as a list");
            return;
        }
        for (int i = 0; i < nodes.size(); i++) {
            RingSpec.Node node = nodes.get(i);
            var own = new ArrayList<Token>();
            for (int k = i; k < tokens.get().size(); k += nodes.size()) {
                Yaml text = new Yaml.Scalar(value.place(), tokens.get().get(k).toString(), false, true, false);
                known.token(text, node.node(), partitioner).ifPresent(own::add);
            }
            nodes.set(i, new RingSpec.Node(node.node(), node.location(), numTokens, own));
        }
    }
}
