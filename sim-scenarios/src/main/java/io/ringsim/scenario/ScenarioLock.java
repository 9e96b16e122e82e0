package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A scenario with nothing left open: the tokens that a seed draws are written into it. */
public final class ScenarioLock {
    private ScenarioLock() {}

    /** The scenario that runs the same whatever else draws tokens in later versions. */
    public static Scenario of(Scenario scenario, long seed) {
        ScenarioRing ring = ScenarioRing.of(scenario, seed);
        Map<NodeId, List<Token>> members = ring.design().members().stream()
                .collect(Collectors.toMap(member -> member.node(), member -> member.tokens()));
        var datacenters = scenario.ring().datacenters().stream()
                .map(datacenter -> new RingSpec.Datacenter(
                        datacenter.name(),
                        datacenter.racks(),
                        datacenter.numTokens(),
                        datacenter.nodes().stream()
                                .map(node -> new RingSpec.Node(
                                        node.node(),
                                        node.location(),
                                        members.getOrDefault(node.node(), List.of())
                                                .size(),
                                        members.getOrDefault(node.node(), List.of())))
                                .toList()))
                .toList();
        var timeline = scenario.timeline().stream()
                .map(step -> new Step(step.start(), locked(step.action(), ring)))
                .toList();
        return new Scenario(
                scenario.name(),
                scenario.description(),
                scenario.profile(),
                scenario.membership(),
                seed,
                new RingSpec(scenario.ring().partitioner(), datacenters),
                scenario.keyspaces(),
                scenario.model(),
                timeline,
                scenario.expect(),
                scenario.limits());
    }

    private static Step.Action locked(Step.Action action, ScenarioRing ring) {
        if (!(action instanceof Operation.Bootstrap bootstrap)) {
            return action;
        }
        List<Token> tokens = ring.joiners().getOrDefault(bootstrap.node(), bootstrap.tokens());
        return new Operation.Bootstrap(bootstrap.node(), bootstrap.location(), tokens.size(), tokens);
    }

    /** As a file. */
    public static String text(Scenario scenario, long seed) {
        return ScenarioWriter.write(of(scenario, seed));
    }
}
