package io.ringsim.deploy;

import java.util.stream.Stream;

/** A host and its ring in the text format of Prometheus. */
final class Metrics {
    private final StringBuilder text = new StringBuilder();

    private Metrics() {}

    static String of(LiveRing ring) {
        var metrics = new Metrics();
        var nodes = ring.host().nodes();
        metrics.count(
                "nodes_running", "Nodes of this host that run", nodes.stream().filter(HostedNode::running));
        metrics.count(
                "nodes_settled",
                "Nodes of this host that serve, or have left",
                nodes.stream().filter(HostedNode::isSettled));
        var lines = ring.lines();
        metrics.count("ring_nodes", "Nodes of the ring that this host knows", lines.stream());
        metrics.count(
                "ring_nodes_up",
                "Nodes of the ring that this host takes for alive",
                lines.stream().filter(LiveRing.Line::up));
        metrics.head("node_load_bytes", "Bytes of live data a node of the ring said it holds");
        lines.forEach(line -> metrics.text
                .append("ringsim_node_load_bytes{node=\"")
                .append(line.node())
                .append("\"} ")
                .append(line.endpoint().load())
                .append('\n'));
        return metrics.text.toString();
    }

    private void count(String name, String help, Stream<?> what) {
        head(name, help);
        text.append("ringsim_").append(name).append(' ').append(what.count()).append('\n');
    }

    private void head(String name, String help) {
        text.append("# HELP ringsim_").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ringsim_").append(name).append(" gauge\n");
    }
}
