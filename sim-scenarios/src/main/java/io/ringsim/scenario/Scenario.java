package io.ringsim.scenario;

import io.ringsim.ring.NodeId;
import io.ringsim.sim.MembershipKind;
import java.util.List;
import java.util.Optional;

/**
 * A ring, its data, the world it lives in, what happens to it and what must come of it: all a run needs but the seed.
 * Everything is resolved and checked: nodes and racks exist, defaults are filled in.
 *
 * @param description one line for {@code suite list}; may be empty
 * @param membership how the nodes know each other
 * @param seed the seed when the command gives none
 */
public record Scenario(
        String name,
        String description,
        Profile profile,
        MembershipKind membership,
        long seed,
        RingSpec ring,
        List<KeyspaceSpec> keyspaces,
        Model model,
        List<Step> timeline,
        List<Expectation> expect,
        Limits limits) {
    /** Never the clock: a run is the same today and tomorrow. */
    public static final long DEFAULT_SEED = 42;

    public Scenario {
        keyspaces = List.copyOf(keyspaces);
        timeline = List.copyOf(timeline);
        expect = List.copyOf(expect);
    }

    /** The scenario with other limits. */
    public Scenario with(Limits other) {
        return new Scenario(
                name, description, profile, membership, seed, ring, keyspaces, model, timeline, expect, other);
    }

    /** The steps that bring a node into the ring. */
    public List<Operation.Bootstrap> bootstraps() {
        return timeline.stream()
                .map(Step::action)
                .filter(Operation.Bootstrap.class::isInstance)
                .map(Operation.Bootstrap.class::cast)
                .toList();
    }

    public Optional<KeyspaceSpec> keyspace(String keyspace) {
        return keyspaces.stream().filter(spec -> spec.name().equals(keyspace)).findFirst();
    }

    /** Every node that is or will be in the ring, in the order it is first named. */
    public List<NodeId> nodes() {
        var all = new java.util.ArrayList<NodeId>();
        ring.nodes().forEach(node -> all.add(node.node()));
        timeline.forEach(step -> {
            if (step.action() instanceof Operation.Bootstrap joining) {
                all.add(joining.node());
            } else if (step.action() instanceof Operation.Replace replacing && !replacing.isItself()) {
                all.add(replacing.node());
            }
        });
        return List.copyOf(all);
    }
}
