package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code timeline:}. Joining nodes first, since steps and expectations may name them. */
final class TimelineReader {
    static final List<String> OPERATIONS = List.of("bootstrap", "replace", "decommission", "remove", "resume");

    private final Known known;
    private final RingReader rings;
    private final FaultReader faults;
    private final Map<String, Integer> rackSizes = new LinkedHashMap<>();

    TimelineReader(Known known, RingReader rings, Model model) {
        this.known = known;
        this.rings = rings;
        faults = new FaultReader(known, model);
        known.ring().nodes().forEach(node -> rackSizes.merge(node.location().toString(), 1, Integer::sum));
    }

    List<Step> read(List<Yaml> items) {
        var keys = new ArrayList<Keys>();
        items.forEach(item -> Keys.of(item, "timeline", known.problems()).ifPresent(keys::add));
        var joining = new LinkedHashMap<Keys, Optional<? extends Operation>>();
        for (Keys step : keys) {
            if (begins(step, "bootstrap")) {
                joining.put(step, bootstrap(step));
            } else if (begins(step, "replace")) {
                joining.put(step, replace(step));
            }
        }
        var steps = new ArrayList<Step>();
        for (Keys step : keys) {
            Optional<Step.Start> start = start(step);
            Optional<? extends Step.Action> action =
                    joining.containsKey(step) ? joining.getOrDefault(step, Optional.empty()) : action(step);
            step.finish();
            if (start.isPresent() && action.isPresent()) {
                steps.add(new Step(start.get(), action.get()));
            }
        }
        return steps;
    }

    /** Whether the step is that operation from its beginning, which may bring a new node. */
    private static boolean begins(Keys step, String operation) {
        return is(step, "do", operation) && !is(step, "resume", "true");
    }

    private static boolean is(Keys step, String key, String text) {
        return step.value(key)
                .filter(value ->
                        value instanceof Yaml.Scalar scalar && scalar.text().equals(text))
                .isPresent();
    }

    private Optional<Operation.Bootstrap> bootstrap(Keys step) {
        step.bool("resume");
        step.present(List.of("tokens", "num_tokens"));
        if (!step.require("node", "write node: n7")) {
            return Optional.empty();
        }
        Optional<NodeId> node = step.read("node", NodeId::new);
        Optional<Location> location = location(step);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (known.isMember(node.get())) {
            step.error(
                    "node", node.get() + " is a member of the ring already", "a joining node needs a name of its own");
            return Optional.empty();
        }
        if (!known.addNode(node.get(), step.placeOfValue("node"))) {
            return Optional.empty();
        }
        List<Token> tokens = rings.tokens(step, node.get(), known.ring().partitioner());
        int count = tokens.isEmpty()
                ? rings.numTokens(step, location.map(this::defaultTokens).orElse(1))
                : rings.agreedTokens(step, tokens.size());
        return location.map(place -> new Operation.Bootstrap(node.get(), place, count, tokens));
    }

    /** Without a name of its own the node that replaces is the dead one itself. */
    private Optional<Operation.Replace> replace(Keys step) {
        step.bool("resume");
        if (!step.require("dead", "write dead: n3")) {
            return Optional.empty();
        }
        Optional<NodeId> dead = step.value("dead").flatMap(value -> known.node(value, "dead"));
        boolean hasName = step.value("node").isPresent();
        Optional<NodeId> node = hasName ? step.read("node", NodeId::new) : dead;
        if (dead.isEmpty() || node.isEmpty()) {
            return Optional.empty();
        }
        var place = known.ring().nodes().stream()
                .filter(member -> member.node().equals(dead.get()))
                .map(RingSpec.Node::location)
                .findFirst();
        if (place.isEmpty()) {
            step.error(
                    "dead",
                    dead.get() + " is no member of the ring from its start",
                    "only those can be replaced in a scenario");
            return Optional.empty();
        }
        if (!node.equals(dead) && !known.addNode(node.get(), step.placeOfValue("node"))) {
            return Optional.empty();
        }
        return Optional.of(new Operation.Replace(node.get(), dead.get(), place.get()));
    }

    private int defaultTokens(Location location) {
        return known.ring().datacenters().stream()
                .filter(datacenter -> datacenter.name().equals(location.datacenter()))
                .findFirst()
                .orElseThrow()
                .numTokens();
    }

    /** The given place, or else the emptiest rack of the only datacenter. */
    private Optional<Location> location(Keys step) {
        List<RingSpec.Datacenter> datacenters = known.ring().datacenters();
        Optional<String> dc = step.text("dc");
        Optional<String> rack = step.text("rack");
        if (datacenters.isEmpty()) {
            return Optional.empty();
        }
        if (dc.isEmpty() && datacenters.size() > 1) {
            step.error(
                    "node",
                    "there are several datacenters it could join",
                    "write dc: " + String.join(" or ", known.datacenters()));
            return Optional.empty();
        }
        Optional<RingSpec.Datacenter> datacenter = datacenters.stream()
                .filter(candidate -> dc.isEmpty() || candidate.name().equals(dc.get()))
                .findFirst();
        if (datacenter.isEmpty()) {
            step.error(
                    "dc",
                    "there is no datacenter " + dc.orElseThrow(),
                    Suggestion.remedy(dc.orElseThrow(), known.datacenters()));
            return Optional.empty();
        }
        List<String> racks = datacenter.get().racks();
        if (rack.isPresent() && !racks.contains(rack.get())) {
            step.error(
                    "rack",
                    "there is no rack " + rack.get() + " in " + datacenter.get().name(),
                    RingReader.remedyForRack(rack.get(), racks));
            return Optional.empty();
        }
        var location = new Location(
                datacenter.get().name(),
                rack.orElseGet(() -> emptiest(datacenter.get().name(), racks)));
        rackSizes.merge(location.toString(), 1, Integer::sum);
        return Optional.of(location);
    }

    private String emptiest(String datacenter, List<String> racks) {
        String best = racks.get(0);
        for (String rack : racks) {
            if (size(datacenter, rack) < size(datacenter, best)) {
                best = rack;
            }
        }
        return best;
    }

    private int size(String datacenter, String rack) {
        return rackSizes.getOrDefault(new Location(datacenter, rack).toString(), 0);
    }

    private Optional<? extends Step.Action> action(Keys step) {
        List<String> kinds = step.present(List.of("do", "fault"));
        if (kinds.size() != 1) {
            Keys.error(
                    known.problems(),
                    step.place(),
                    kinds.isEmpty() ? "the step does nothing" : "the step has both do and fault",
                    "write do: bootstrap or fault: crash");
            step.forEach((key, value) -> {});
            return Optional.empty();
        }
        return kinds.get(0).equals("fault") ? faults.read(step) : operation(step);
    }

    private Optional<Operation> operation(Keys step) {
        Optional<String> name = step.text("do");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        if (!OPERATIONS.contains(name.get())) {
            step.error("do", "operation '" + name.get() + "' is not known", operationRemedy(name.get()));
            step.forEach((key, value) -> {});
            return Optional.empty();
        }
        if (name.get().equals("remove")) {
            Optional<NodeId> by = step.value("by").flatMap(value -> known.node(value, "by"));
            return node(step).map(dead -> new Operation.Remove(dead, by));
        }
        boolean resume = !name.get().equals("resume") && step.bool("resume").orElse(false);
        boolean force = name.get().equals("decommission") && step.bool("force").orElse(false);
        return node(step)
                .map(id -> name.get().equals("decommission") && !resume
                        ? new Operation.Decommission(id, force)
                        : new Operation.Resume(id));
    }

    private Optional<NodeId> node(Keys step) {
        return step.require("node", "write node: n1")
                ? step.value("node").flatMap(value -> known.node(value, "node"))
                : Optional.empty();
    }

    private static String operationRemedy(String name) {
        return FaultReader.FAULTS.contains(name) ? "write fault: " + name : Suggestion.remedy(name, OPERATIONS);
    }

    private Optional<Step.Start> start(Keys step) {
        List<String> kinds = step.present(List.of("at", "when"));
        if (kinds.size() != 1) {
            Keys.error(
                    known.problems(),
                    step.place(),
                    kinds.isEmpty() ? "the step has no moment" : "the step has both at and when",
                    "write at: 10s or when: \"n7 is NORMAL\"");
            return Optional.empty();
        }
        if (kinds.get(0).equals("at")) {
            return step.read("at", Units::time).map(Step.At::new);
        }
        return step.read("when", text -> condition(text, step)).flatMap(start -> start);
    }

    private Optional<Step.Start> condition(String text, Keys step) {
        String[] words = text.strip().split("\\s+", -1);
        String rest = words.length < 2 ? "" : String.join(" ", List.of(words).subList(1, words.length));
        Yaml subject = new Yaml.Scalar(step.placeOfValue("when"), words[0], false, false, false);
        if (rest.equals("streams") || rest.equals("is streaming")) {
            return known.node(subject, "when").map(Step.WhenStreaming::new);
        }
        if (rest.startsWith("has received ")) {
            double fraction = Units.share(rest.substring("has received ".length()));
            return known.node(subject, "when").map(node -> new Step.WhenReceived(node, fraction));
        }
        if (rest.startsWith("is ")) {
            NodeState state = state(rest.substring("is ".length()));
            return known.node(subject, "when").map(node -> new Step.WhenState(node, state));
        }
        throw new Malformed(
                "'" + text + "' is no condition", "write \"n7 is NORMAL\", \"n7 streams\" or \"n7 has received 30%\"");
    }

    static NodeState state(String word) {
        for (NodeState state : NodeState.values()) {
            if (state.name().equals(word)) {
                return state;
            }
        }
        var words = new ArrayList<String>();
        for (NodeState state : NodeState.values()) {
            words.add(state.name());
        }
        throw new Malformed("'" + word + "' is no state of a node", Suggestion.remedy(word, words));
    }
}
