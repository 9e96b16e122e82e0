package io.ringsim.scenario;

import io.ringsim.input.Units;
import io.ringsim.input.YamlText;
import io.ringsim.network.Latency;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes a scenario as the file that {@link ScenarioReader} reads back as the same scenario. */
public final class ScenarioWriter {
    private final YamlText yaml = new YamlText();
    private final Scenario scenario;

    private ScenarioWriter(Scenario scenario) {
        this.scenario = scenario;
    }

    public static String write(Scenario scenario) {
        return new ScenarioWriter(scenario).write();
    }

    private String write() {
        yaml.line(0, "ringsim", "1");
        yaml.line(0, "name", YamlText.quoted(scenario.name()));
        if (!scenario.description().isEmpty()) {
            yaml.line(0, "description", YamlText.quoted(scenario.description()));
        }
        yaml.line(0, "profile", "\"" + scenario.profile() + "\"");
        yaml.line(0, "membership", scenario.membership().toString());
        yaml.line(0, "seed", Long.toString(scenario.seed()));
        ring();
        keyspaces();
        model(scenario.model());
        yaml.line(0, "timeline", scenario.timeline().isEmpty() ? "[]" : "");
        scenario.timeline().forEach(step -> yaml.item(1, new StepText(scenario.ring()).of(step)));
        yaml.line(0, "expect", scenario.expect().isEmpty() ? "[]" : "");
        scenario.expect().forEach(expectation -> yaml.item(1, expectation(expectation)));
        yaml.line(
                0,
                "limits",
                "{ virtual: " + Units.writeTime(scenario.limits().virtual()) + ", events: "
                        + scenario.limits().events() + " }");
        return yaml.toString();
    }

    private void ring() {
        yaml.line(0, "ring", "");
        yaml.line(1, "partitioner", scenario.ring().partitioner().name());
        yaml.line(1, "datacenters", "");
        int named = 0;
        for (RingSpec.Datacenter datacenter : scenario.ring().datacenters()) {
            yaml.line(2, YamlText.quoted(datacenter.name()), "");
            yaml.line(
                    3,
                    "racks",
                    YamlText.list(
                            3, datacenter.racks().stream().map(YamlText::quoted).toList()));
            yaml.line(3, "num_tokens", Integer.toString(datacenter.numTokens()));
            if (isPlain(datacenter, named)) {
                yaml.line(3, "nodes", Integer.toString(datacenter.nodes().size()));
                named += datacenter.nodes().size();
            } else {
                yaml.line(3, "nodes", datacenter.nodes().isEmpty() ? "{}" : "");
                datacenter.nodes().forEach(node -> node(node, datacenter));
            }
        }
    }

    /** Whether the number of nodes says all about them. */
    private static boolean isPlain(RingSpec.Datacenter datacenter, int named) {
        List<RingSpec.Node> nodes = datacenter.nodes();
        for (int i = 0; i < nodes.size(); i++) {
            RingSpec.Node node = nodes.get(i);
            String rack = datacenter.racks().get(i % datacenter.racks().size());
            if (!node.node().value().equals("n" + (named + i + 1))
                    || !node.location().rack().equals(rack)
                    || node.numTokens() != datacenter.numTokens()
                    || !node.tokens().isEmpty()) {
                return false;
            }
        }
        return !nodes.isEmpty();
    }

    private void node(RingSpec.Node node, RingSpec.Datacenter datacenter) {
        var parts = new ArrayList<String>();
        parts.add("rack: " + YamlText.quoted(node.location().rack()));
        if (!node.tokens().isEmpty()) {
            parts.add("tokens: " + tokens(5, node.tokens()));
        } else if (node.numTokens() != datacenter.numTokens()) {
            parts.add("num_tokens: " + node.numTokens());
        }
        yaml.line(4, YamlText.quoted(node.node().value()), "{ " + String.join(", ", parts) + " }");
    }

    static String tokens(int depth, List<Token> tokens) {
        return YamlText.list(
                depth,
                tokens.stream()
                        .map(token -> token instanceof Token.LongToken || token instanceof Token.BigIntegerToken
                                ? token.toString()
                                : YamlText.quoted(token.toString()))
                        .toList());
    }

    private void keyspaces() {
        yaml.line(0, "keyspaces", scenario.keyspaces().isEmpty() ? "{}" : "");
        for (KeyspaceSpec keyspace : scenario.keyspaces()) {
            yaml.line(1, YamlText.quoted(keyspace.name()), "");
            var options = new StringBuilder("{ class: " + keyspace.replication().className());
            keyspace.replication()
                    .options()
                    .forEach((option, value) -> options.append(", ")
                            .append(YamlText.quoted(option))
                            .append(": ")
                            .append(value));
            yaml.line(2, "replication", options.append(" }").toString());
            yaml.line(
                    2,
                    "tables",
                    keyspace.tables().isEmpty() && keyspace.rowTables().isEmpty() ? "{}" : "");
            keyspace.tables().forEach(this::table);
            keyspace.rowTables().forEach(this::table);
        }
    }

    private void table(KeyspaceSpec.RowTable table) {
        yaml.line(
                3,
                YamlText.quoted(table.name()),
                "{ rows: " + table.rows() + ", row: " + Units.writeSize(table.rowBytes()) + " }");
    }

    private void table(KeyspaceSpec.Table table) {
        String name = YamlText.quoted(table.name());
        if (table.exceptions().isEmpty()) {
            yaml.line(
                    3,
                    name,
                    "{ data_per_node: " + Units.writeSize(table.dataPerNode()) + ", sstables: " + table.sstables()
                            + " }");
            return;
        }
        yaml.line(3, name, "");
        yaml.line(4, "sstables", Integer.toString(table.sstables()));
        yaml.line(4, "data_per_node", "");
        yaml.line(5, "others", Units.writeSize(table.dataPerNode()));
        for (Map.Entry<NodeId, Long> exception : table.exceptions().entrySet()) {
            yaml.line(5, YamlText.quoted(exception.getKey().value()), Units.writeSize(exception.getValue()));
        }
    }

    private void model(Model model) {
        yaml.line(0, "model", "");
        yaml.line(1, "stream_throughput_outbound", rate(model.streamThroughputOutbound()));
        yaml.line(1, "inter_dc_stream_throughput_outbound", rate(model.interDcStreamThroughputOutbound()));
        yaml.line(1, "ring_delay", Units.writeTime(model.ringDelay()));
        yaml.line(1, "gossip_interval", Units.writeTime(model.gossipInterval()));
        yaml.line(1, "phi_convict_threshold", Double.toString(model.phiConvictThreshold()));
        yaml.line(1, "max_streaming_retries", Integer.toString(model.maxStreamingRetries()));
        yaml.line(1, "streaming_socket_timeout", Units.writeTime(model.streamingSocketTimeout()));
        yaml.line(1, "consistent_range_movement", Boolean.toString(model.consistentRangeMovement()));
        Model.Network network = model.network();
        yaml.line(1, "network", "");
        yaml.line(2, "latency", latency(network.latency()));
        yaml.line(2, "inter_dc_latency", latency(network.interDcLatency()));
        yaml.line(2, "bandwidth", rate(network.bandwidth()));
        yaml.line(2, "loss", Units.writeShare(network.loss()));
        yaml.line(1, "disk", "");
        yaml.line(2, "read", rate(model.disk().read()));
        yaml.line(2, "write", rate(model.disk().write()));
        yaml.line(2, "capacity", Units.writeSize(model.disk().capacity()));
    }

    static String rate(Rate rate) {
        return Units.writeRate(rate.bytesPerSecond());
    }

    private static String latency(Latency latency) {
        if (latency instanceof Latency.LogNormal law) {
            return "lognormal(p50=" + Units.writeTime(law.p50()) + ", p99=" + Units.writeTime(law.p99()) + ")";
        }
        if (latency instanceof Latency.Uniform law) {
            return "uniform(min=" + Units.writeTime(law.min()) + ", max=" + Units.writeTime(law.max()) + ")";
        }
        return Units.writeTime(((Latency.Constant) latency).value());
    }

    private static String expectation(Expectation expectation) {
        return "{ " + expectationParts(expectation) + " }";
    }

    private static String expectationParts(Expectation expectation) {
        if (expectation instanceof Expectation.Reaches reaches) {
            return "node: " + name(reaches.node()) + ", state: " + reaches.state() + within(reaches.within());
        }
        if (expectation instanceof Expectation.Ends ends) {
            return "operation: " + YamlText.quoted(ends.operation() + " " + ends.node()) + ", outcome: "
                    + ends.outcome().name().toLowerCase(java.util.Locale.ROOT) + within(ends.within());
        }
        if (expectation instanceof Expectation.ReplicasAgree) {
            return "replicas_agree: true";
        }
        if (expectation instanceof Expectation.ViewsAgree views) {
            return "views_agree: true" + within(views.within());
        }
        if (expectation instanceof Expectation.BytesOut out) {
            return "bytes_out: " + name(out.node()) + ", " + bytes(out.bounds());
        }
        if (expectation instanceof Expectation.BytesIn in) {
            return "bytes_in: " + name(in.node()) + ", " + bytes(in.bounds());
        }
        if (expectation instanceof Expectation.Retries retries) {
            return "retries: { min: " + retries.bounds().min()
                    + (retries.bounds().max() == Long.MAX_VALUE
                            ? ""
                            : ", max: " + retries.bounds().max()) + " }";
        }
        if (expectation instanceof Expectation.Skew skew) {
            return "skew: " + YamlText.quoted(skew.keyspace()) + ", max: " + skew.max();
        }
        return "acknowledged_writes_lost: 0";
    }

    private static String bytes(Expectation.Bounds bounds) {
        return "min: " + Units.writeSize(bounds.min())
                + (bounds.max() == Long.MAX_VALUE ? "" : ", max: " + Units.writeSize(bounds.max()));
    }

    private static String within(Optional<Duration> within) {
        return within.map(time -> ", within: " + Units.writeTime(time)).orElse("");
    }

    static String name(NodeId node) {
        return YamlText.quoted(node.value());
    }
}
