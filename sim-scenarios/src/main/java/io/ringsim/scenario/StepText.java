package io.ringsim.scenario;

import io.ringsim.input.Units;
import io.ringsim.input.YamlText;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a step as an item of {@code timeline:}, in braces. */
public final class StepText {
    private final RingSpec ring;
    private final List<String> parts = new ArrayList<>();

    public StepText(RingSpec ring) {
        this.ring = ring;
    }

    public String of(Step step) {
        parts.clear();
        start(step.start());
        if (step.action() instanceof Operation operation) {
            operation(operation);
        } else {
            fault((Fault) step.action());
        }
        return "{ " + String.join(", ", parts) + " }";
    }

    private void start(Step.Start start) {
        if (start instanceof Step.At at) {
            parts.add("at: " + Units.writeTime(at.time()));
        } else if (start instanceof Step.WhenState when) {
            when(when.node(), " is " + when.state());
        } else if (start instanceof Step.WhenStreaming when) {
            when(when.node(), " streams");
        } else if (start instanceof Step.WhenReceived when) {
            when(when.node(), " has received " + Units.writeShare(when.fraction()));
        }
    }

    private void when(NodeId node, String condition) {
        parts.add("when: \"" + node + condition + "\"");
    }

    private void operation(Operation operation) {
        parts.add("do: " + operation.name());
        node(operation.node());
        if (operation instanceof Operation.Bootstrap bootstrap) {
            parts.add("dc: " + YamlText.quoted(bootstrap.location().datacenter()));
            parts.add("rack: " + YamlText.quoted(bootstrap.location().rack()));
            if (!bootstrap.tokens().isEmpty()) {
                parts.add("tokens: " + ScenarioWriter.tokens(2, bootstrap.tokens()));
            } else if (bootstrap.numTokens() != defaultTokens(bootstrap)) {
                parts.add("num_tokens: " + bootstrap.numTokens());
            }
        } else if (operation instanceof Operation.Replace replace) {
            parts.add("dead: " + ScenarioWriter.name(replace.dead()));
        } else if (operation instanceof Operation.Decommission decommission && decommission.force()) {
            parts.add("force: true");
        } else if (operation instanceof Operation.Remove remove) {
            remove.by().ifPresent(by -> parts.add("by: " + ScenarioWriter.name(by)));
        }
    }

    private int defaultTokens(Operation.Bootstrap bootstrap) {
        return ring.datacenters().stream()
                .filter(datacenter ->
                        datacenter.name().equals(bootstrap.location().datacenter()))
                .mapToInt(RingSpec.Datacenter::numTokens)
                .findFirst()
                .orElse(0);
    }

    private void fault(Fault fault) {
        if (fault instanceof Fault.Crash crash) {
            parts.add("fault: crash");
            node(crash.node());
            crash.restartAfter().ifPresent(time -> parts.add("restart_after: " + Units.writeTime(time)));
        } else if (fault instanceof Fault.Restart restart) {
            parts.add("fault: restart");
            node(restart.node());
        } else if (fault instanceof Fault.Partition partition) {
            parts.add("fault: partition");
            links(partition.links(), partition.lasting());
        } else if (fault instanceof Fault.Hold hold) {
            parts.add("fault: hold");
            links(hold.links(), hold.lasting());
        } else if (fault instanceof Fault.Loss loss) {
            parts.add("fault: loss");
            parts.add("rate: " + Units.writeShare(loss.rate()));
            links(loss.links(), loss.lasting());
        } else if (fault instanceof Fault.Heal) {
            parts.add("fault: heal");
        } else if (fault instanceof Fault.CorruptFile corrupt) {
            parts.add("fault: corrupt-file");
            node(corrupt.node());
            parts.add("files: " + corrupt.files());
        } else if (fault instanceof Fault.SlowDisk slow) {
            parts.add("fault: slow-disk");
            node(slow.node());
            parts.add("read: " + ScenarioWriter.rate(slow.read()));
            parts.add("write: " + ScenarioWriter.rate(slow.write()));
            lasting(slow.lasting());
        } else if (fault instanceof Fault.DiskFull full) {
            parts.add("fault: disk-full");
            node(full.node());
            lasting(full.lasting());
        }
    }

    private void node(NodeId node) {
        parts.add("node: " + ScenarioWriter.name(node));
    }

    private void links(Fault.Links links, Optional<Duration> lasting) {
        if (!links.groups().isEmpty()) {
            var groups = new ArrayList<String>();
            for (List<NodeId> group : links.groups()) {
                groups.add(YamlText.list(
                        2, group.stream().map(ScenarioWriter::name).toList()));
            }
            parts.add("groups: " + YamlText.list(2, groups));
        }
        if (links.oneWay()) {
            parts.add("one_way: true");
        }
        lasting(lasting);
    }

    private void lasting(Optional<Duration> lasting) {
        lasting.ifPresent(time -> parts.add("for: " + Units.writeTime(time)));
    }
}
