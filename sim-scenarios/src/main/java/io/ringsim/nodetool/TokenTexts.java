package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Partitioner;
import io.ringsim.ring.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns the texts of a listing's tokens into tokens, and finds those that are there twice. */
final class TokenTexts {
    private record Seen(NodeId node, int line) {}

    private final Source source;
    private final Partitioner partitioner;
    private final Problems problems;
    private final Map<Token, Seen> seen = new HashMap<>();

    TokenTexts(Source source, Partitioner partitioner, Problems problems) {
        this.source = source;
        this.partitioner = partitioner;
        this.problems = problems;
    }

    /** The token, unless it is none of the partitioner's or was there before. */
    Optional<Token> token(String text, NodeId node, int line, int column) {
        Token token;
        try {
            token = parse(text);
        } catch (IllegalArgumentException wrong) {
            problems.error(
                    source,
                    line,
                    column,
                    text.length(),
                    String.valueOf(wrong.getMessage()),
                    "or name another --partitioner");
            return Optional.empty();
        }
        Seen before = seen.putIfAbsent(token, new Seen(node, line));
        if (before != null) {
            problems.error(
                    source,
                    line,
                    column,
                    text.length(),
                    "token " + text + " of " + node + " is already "
                            + (before.node().equals(node) ? "its own" : "that of " + before.node()) + " in line "
                            + before.line(),
                    "each token belongs to one node");
            return Optional.empty();
        }
        return Optional.of(token);
    }

    private Token parse(String text) {
        if (partitioner == Partitioner.MURMUR3) {
            try {
                return new Token.LongToken(Long.parseLong(text));
            } catch (NumberFormatException none) {
                return partitioner.parse(text);
            }
        }
        return partitioner.parse(bare(text));
    }

    /** Until 2.0 a token of ByteOrderedPartitioner prints as {@code Token(bytes[6162])}. */
    private static String bare(String text) {
        return text.startsWith("Token(bytes[") && text.endsWith("])")
                ? text.substring("Token(bytes[".length(), text.length() - 2)
                : text;
    }

    /** The partitioner such tokens belong to. One token that makes no sense does not change the answer. */
    static Partitioner partitionerOf(List<String> tokens) {
        int numbers = 0;
        boolean negative = false;
        boolean large = false;
        for (String token : tokens) {
            boolean minus = token.startsWith("-");
            if (isNumber(token, minus ? 1 : 0)) {
                numbers++;
                negative |= minus;
                large |= !minus
                        && (token.length() > 19
                                || (token.length() == 19 && token.compareTo("9223372036854775807") > 0));
            }
        }
        if (numbers > tokens.size() / 2) {
            return large && !negative ? Partitioner.RANDOM : Partitioner.MURMUR3;
        }
        return Partitioner.inferredFrom(tokens.stream().map(TokenTexts::bare).toList());
    }

    private static boolean isNumber(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() > from && text.length() <= 40;
    }
}
