package io.ringsim.gossip;

import akka.actor.ExtendedActorSystem;
import akka.serialization.SerializerWithStringManifest;
import io.ringsim.gossip.Entry.Grave;
import io.ringsim.gossip.Entry.Present;
import io.ringsim.network.wire.UnreadableException;
import io.ringsim.network.wire.WireCodec;
import io.ringsim.ring.Endpoint;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@link EndpointStates} as bytes: the format's version, then a {@link Form} as {@link WireCodec} writes it. Equal states
 * have equal bytes, by which Distributed Data tells whether two hosts differ.
 */
final class EndpointStatesSerializer extends SerializerWithStringManifest {
    private static final int IDENTIFIER = 0x52_43_53; // "RCS"; Akka keeps 0 to 40
    private static final String MANIFEST = "S";
    private static final byte VERSION = 2;
    private static final int BYTES_MAX = 64 << 20;

    private final WireCodec codec = new WireCodec(BYTES_MAX);

    EndpointStatesSerializer(ExtendedActorSystem system) {}

    /** The entries in order, each host named once. */
    private record Form(List<Host> hosts, List<Grave> graves) {}

    private record Host(Incarnation host, List<Node> nodes) {}

    private record Node(Endpoint endpoint, boolean isRunning, long expires) {}

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object states) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object states) {
        SortedMap<Incarnation, List<Node>> hosts = new TreeMap<>();
        var graves = new ArrayList<Grave>();
        for (var entry : ((EndpointStates) states).entries().values()) {
            if (entry instanceof Present present) {
                hosts.computeIfAbsent(present.host(), host -> new ArrayList<>())
                        .add(new Node(present.endpoint(), present.isRunning(), present.expires()));
            } else if (entry instanceof Grave grave) {
                graves.add(grave);
            }
        }
        var body = codec.write(new Form(
                hosts.entrySet().stream()
                        .map(host -> new Host(host.getKey(), host.getValue()))
                        .toList(),
                graves));
        var bytes = new byte[body.length + 1];
        bytes[0] = VERSION;
        System.arraycopy(body, 0, bytes, 1, body.length);
        return bytes;
    }

    @Override
    public EndpointStates fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST) || bytes.length == 0) {
            throw new NotSerializableException(
                    "endpoint states of the unknown kind '" + manifest + "' in " + bytes.length + " bytes");
        }
        if (bytes[0] != VERSION) {
            throw new NotSerializableException("endpoint states in format " + bytes[0] + ", but this host reads format "
                    + VERSION + " only: run the same release on all hosts");
        }
        try {
            return read(codec.read(Form.class, Arrays.copyOfRange(bytes, 1, bytes.length)));
        } catch (UnreadableException unreadable) {
            throw new NotSerializableException("endpoint states: " + unreadable.getMessage());
        }
    }

    private static EndpointStates read(Form form) {
        var entries = new ArrayList<Entry>(form.graves());
        for (var host : form.hosts()) {
            for (var node : host.nodes()) {
                entries.add(new Present(node.endpoint(), host.host(), node.isRunning(), node.expires()));
            }
        }
        return EndpointStates.of(entries);
    }
}
