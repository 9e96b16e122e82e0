package io.ringsim.gossip;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** The values of application states, written as Cassandra writes them. */
final class StateText {
    private StateText() {}

    /**
     * STATUS of 1.2 and later: a word and the first token, or the host that others remove; of one that has left also until
     * when it is to be remembered.
     */
    static String status(Endpoint endpoint, long expiresAtMillis) {
        return switch (endpoint.status()) {
            case BOOT -> "BOOT," + first(endpoint.tokens());
            case BOOT_REPLACE -> "BOOT_REPLACE," + endpoint.replaces().get(0);
            case NORMAL -> "NORMAL," + first(endpoint.tokens());
            case LEAVING -> "LEAVING," + first(endpoint.tokens());
            case MOVING -> "MOVING," + first(endpoint.movingTo());
            case LEFT -> "LEFT," + first(endpoint.tokens()) + "," + expiresAtMillis;
            case SHUTDOWN -> "shutdown,true";
            case REMOVING -> "removing," + hostId(endpoint.node());
            case REMOVED -> "removed," + hostId(endpoint.node()) + "," + expiresAtMillis;
            case HIBERNATE -> "hibernate,true";
        };
    }

    /** REMOVAL_COORDINATOR: who removes a node that is {@code removing}. */
    static String remover(NodeId coordinator) {
        return "REMOVER," + hostId(coordinator);
    }

    private static String first(List<Token> tokens) {
        return tokens.isEmpty() ? "" : tokens.get(0).toString();
    }

    /** TOKENS: of each token its length in four bytes and its bytes, closed by a length of 0; a byte is a character. */
    static String tokens(List<Token> tokens) {
        var text = new StringBuilder();
        for (var token : tokens) {
            var bytes = bytes(token);
            append(text, bytes.length);
            text.append(new String(bytes, StandardCharsets.ISO_8859_1));
        }
        append(text, 0);
        return text.toString();
    }

    private static void append(StringBuilder text, int number) {
        for (int shift = 24; shift >= 0; shift -= 8) {
            text.append((char) ((number >>> shift) & 0xFF));
        }
    }

    private static byte[] bytes(Token token) {
        if (token instanceof Token.LongToken number) {
            return java.nio.ByteBuffer.allocate(8).putLong(number.value()).array();
        } else if (token instanceof Token.BigIntegerToken number) {
            return number.value().toByteArray();
        } else if (token instanceof Token.BytesToken bytes) {
            var padded = new BigInteger("1" + bytes.hex(), 16).toByteArray();
            return java.util.Arrays.copyOfRange(padded, 1, padded.length);
        }
        return token.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** LOAD: bytes as a number with a fraction; 0.6 writes it likewise. */
    static String load(long bytes) {
        return Double.toString((double) bytes);
    }

    /** SCHEMA and HOST_ID are UUIDs; ours are derived from what they name. */
    static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
    }

    static String hostId(NodeId node) {
        return uuid("host " + node);
    }

    /** As {@code nodetool gossipinfo} shows a state: {@code STATUS:20:NORMAL,5}. */
    static String shown(ApplicationState key, VersionedValue value) {
        var text = key == ApplicationState.TOKENS ? "<hidden>" : value.value();
        return String.format(Locale.ROOT, "%s:%d:%s", key, value.version(), text);
    }

    /** How many bytes Java's modified UTF takes, its length included. */
    static int utfBytes(String text) {
        int bytes = 2;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c >= 1 && c <= 0x7F ? 1 : c <= 0x7FF ? 2 : 3;
        }
        return bytes;
    }
}
