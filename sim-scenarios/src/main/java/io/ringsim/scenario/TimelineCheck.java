package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Yaml;
import io.ringsim.ring.NodeId;
import java.util.List;
import java.util.Optional;

/** Finds steps that wait for what no other step brings about. */
final class TimelineCheck {
    private final Known known;
    private final List<Step> timeline;
    private final List<Yaml> items;

    TimelineCheck(Known known, List<Step> timeline, List<Yaml> items) {
        this.known = known;
        this.timeline = timeline;
        this.items = items;
    }

    void check() {
        int imported = timeline.size() - items.size();
        for (int i = Math.max(0, imported); i < timeline.size() && imported >= 0; i++) {
            Step step = timeline.get(i);
            Yaml item = items.get(i - imported);
            problem(step)
                    .ifPresent(problem -> Keys.error(
                            known.problems(), item.place(), problem, "correct the node, or add the step that does it"));
        }
    }

    private Optional<String> problem(Step step) {
        if (step.start() instanceof Step.WhenState when) {
            NodeId node = when.node();
            boolean possible = switch (when.state()) {
                case NORMAL -> true;
                case JOINING -> does(Operation.Bootstrap.class, node) || replacesAnother(node);
                case LEAVING, LEFT -> does(Operation.Decommission.class, node) || does(Operation.Remove.class, node);
                case MOVING -> false;
            };
            if (!possible) {
                return Optional.of("no step makes " + node + " " + when.state());
            }
        }
        if (step.action() instanceof Operation.Resume resume
                && !does(Operation.Bootstrap.class, resume.node())
                && !does(Operation.Replace.class, resume.node())
                && !does(Operation.Decommission.class, resume.node())) {
            return Optional.of("no step does to " + resume.node() + " what could be resumed");
        }
        if (step.action() instanceof Operation.Replace replace && !crashes(replace.dead())) {
            return Optional.of("no step crashes " + replace.dead() + ", and only the dead are replaced");
        }
        if (step.action() instanceof Fault.Restart restart && !crashes(restart.node())) {
            return Optional.of("no step crashes " + restart.node());
        }
        return Optional.empty();
    }

    private boolean does(Class<? extends Operation> kind, NodeId node) {
        return timeline.stream()
                .anyMatch(step -> kind.isInstance(step.action())
                        && ((Operation) step.action()).node().equals(node));
    }

    /** Then it joins in the eyes of the others; the dead one itself is a member for them all the time. */
    private boolean replacesAnother(NodeId node) {
        return timeline.stream()
                .anyMatch(step -> step.action() instanceof Operation.Replace replace
                        && replace.node().equals(node)
                        && !replace.isItself());
    }

    private boolean crashes(NodeId node) {
        return timeline.stream()
                .anyMatch(step -> step.action() instanceof Fault.Crash crash
                        && crash.node().equals(node));
    }
}
