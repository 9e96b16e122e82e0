package io.ringsim.network.remote;

import io.ringsim.network.wire.UnreadableException;
import io.ringsim.ring.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** The inboxes of this host's nodes, and their connections with nodes of other hosts. */
final class Connections {
    private record PortName(NodeId node, String channel) {}

    private record Name(NodeId local, NodeId remote, String channel) {}

    private final Logger log;
    private final Map<PortName, Port<?>> ports = new LinkedHashMap<>();

    /** Those that are over stay as long as their line: they recognise what still comes of them. */
    private final Map<Name, Connection> connections = new LinkedHashMap<>();

    Connections(Logger log) {
        this.log = log;
    }

    void attach(NodeId node, Port<?> port) {
        ports.put(new PortName(node, port.channel().name()), port);
    }

    void detach(NodeId node) {
        ports.keySet().removeIf(name -> name.node().equals(node));
        for (var connection : List.copyOf(connections.values())) {
            if (connection.local.equals(node) && connection.isOpen()) {
                lose(connection, "connection reset by " + node);
            }
        }
    }

    void send(Line line, PostOffice.Dispatch message) {
        var connection = connection(message.from(), message.to(), message.channel(), line);
        line.offer(connection.next(message));
    }

    /** No host is known for the receiver. */
    void refuse(PostOffice.Dispatch message) {
        var reason = "no host is known to run " + message.to();
        var known = connections.get(new Name(message.from(), message.to(), message.channel()));
        if (known != null && known.isOpen()) {
            lose(known, reason);
        } else {
            var port = ports.get(new PortName(message.from(), message.channel()));
            if (port != null) {
                port.inbox().connectionLost(message.to(), reason);
            }
        }
    }

    void receive(Line line, Frame.Envelope message) {
        if (!message.isReliable()) {
            receiveDatagram(line, message);
            return;
        }
        var connection = connection(message.to(), message.from(), message.channel(), line);
        if (connection.isNew(message.connection())) {
            follow(connection, message.connection());
        } else if (!connection.isIn(message.connection())) {
            line.received(0);
            return;
        }
        long missing = connection.missingBefore(message.sequence());
        line.received(missing);
        if (missing != 0) {
            lose(connection, missing + " messages of " + message.from() + " to " + message.to() + " were lost");
        } else {
            connection.arrived(message.sequence());
            deliver(connection, message);
        }
    }

    private void deliver(Connection connection, Frame.Envelope message) {
        var port = ports.get(new PortName(message.to(), message.channel()));
        if (port == null) {
            lose(connection, "connection reset by " + message.to());
            return;
        }
        try {
            port.deliver(message);
        } catch (UnreadableException refused) {
            log.warn("refused a message of {} to {}: {}", message.from(), message.to(), refused.getMessage());
            lose(connection, message.to() + " refused a message: " + refused.getMessage());
        }
    }

    private void receiveDatagram(Line line, Frame.Envelope message) {
        var port = ports.get(new PortName(message.to(), message.channel()));
        if (port == null) {
            return;
        }
        try {
            port.deliver(message);
        } catch (UnreadableException refused) {
            log.warn("refused a datagram of {} on {}: {}", message.from(), line, refused.getMessage());
        }
    }

    /** The other end opened a connection; if this one was still in an earlier one, that is over. */
    private void follow(Connection connection, long number) {
        boolean wasOpen = connection.isOpen();
        connection.enter(number);
        if (wasOpen) {
            tellLost(connection, connection.remote + " opened a new connection");
        }
    }

    void reset(Line line, Frame.Reset reset) {
        var connection = connections.get(new Name(reset.to(), reset.from(), reset.channel()));
        if (connection != null && connection.line == line && connection.isIn(reset.connection())) {
            connection.close();
            tellLost(connection, reset.reason());
        }
    }

    void broken(Line line, String reason) {
        var lost = connections.values().stream()
                .filter(connection -> connection.line == line)
                .toList();
        connections.values().removeIf(connection -> connection.line == line);
        for (var connection : lost) {
            if (connection.isOpen()) {
                connection.close();
                tellLost(connection, reason);
            }
        }
    }

    private Connection connection(NodeId local, NodeId remote, String channel, Line line) {
        var name = new Name(local, remote, channel);
        var known = connections.get(name);
        if (known != null && known.line == line) {
            return known;
        }
        leave(known);
        var made = new Connection(local, remote, channel, line);
        connections.put(name, made);
        return made;
    }

    private void leave(@Nullable Connection elsewhere) {
        if (elsewhere != null && elsewhere.isOpen()) {
            lose(elsewhere, elsewhere.remote + " is on another host now");
        }
    }

    private void lose(Connection connection, String reason) {
        var reset = connection.reset(reason);
        connection.close();
        connection.line.offer(reset);
        tellLost(connection, reason);
    }

    private void tellLost(Connection connection, String reason) {
        var port = ports.get(new PortName(connection.local, connection.channel));
        if (port != null) {
            port.connectionLost(connection, reason);
        }
    }
}
