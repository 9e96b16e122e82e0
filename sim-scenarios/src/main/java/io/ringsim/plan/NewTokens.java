package io.ringsim.plan;

import io.ringsim.ring.Keyspace;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Chooses tokens for a new node that make its datacenter even. One token after the other: of the middles of the largest
 * ranges the one after which the shares of the data differ least.
 */
public final class NewTokens {
    /** Ranges that are tried for each token. */
    private static final int CANDIDATES = 24;

    /** In rings of more tokens each trial costs too much: there the largest range is halved untried. */
    private static final int SMALL_RING = 5_000;

    private final Keyspace keyspace;
    private final NodeId node;
    private final Location location;

    private NewTokens(Keyspace keyspace, NodeId node, Location location) {
        this.keyspace = keyspace;
        this.node = node;
        this.location = location;
    }

    /** The tokens, ascending; nothing where the partitioner's ranges have no size. */
    public static Optional<List<Token>> evening(
            TokenRing ring, Keyspace keyspace, NodeId node, Location location, int count) {
        try {
            return Optional.of(new NewTokens(keyspace, node, location).choose(ring, count));
        } catch (UnsupportedOperationException unsized) {
            return Optional.empty();
        }
    }

    private List<Token> choose(TokenRing ring, int count) {
        var chosen = new ArrayList<Token>();
        TokenRing grown = ring;
        for (int i = 0; i < count; i++) {
            chosen.add(next(ring, grown, chosen));
            grown = ring.with(node, location, chosen);
        }
        return chosen.stream().sorted().toList();
    }

    private Token next(TokenRing ring, TokenRing grown, List<Token> chosen) {
        boolean isSmall = grown.tokens().size() <= SMALL_RING;
        List<Token> middles = ranges(grown).stream()
                .sorted(Comparator.comparing(grown.partitioner()::width).reversed())
                .limit(isSmall ? CANDIDATES : 1)
                .map(range -> grown.partitioner().midpoint(range.left(), range.right()))
                .filter(middle -> !grown.tokens().contains(middle))
                .toList();
        if (middles.isEmpty()) {
            throw new UnsupportedOperationException("the ring is full");
        }
        return middles.size() == 1
                ? middles.get(0)
                : middles.stream()
                        .min(Comparator.comparingDouble(middle -> unevenness(ring, chosen, middle)))
                        .orElseThrow();
    }

    /** The ranges between the datacenter's own tokens. */
    private List<TokenRange> ranges(TokenRing ring) {
        var tokens = new TreeSet<Token>();
        ring.members().stream()
                .filter(member -> member.location().datacenter().equals(location.datacenter()))
                .forEach(member -> tokens.addAll(member.tokens()));
        var ranges = new ArrayList<TokenRange>();
        if (!tokens.isEmpty()) {
            Token previous = tokens.last();
            for (Token token : tokens) {
                ranges.add(new TokenRange(previous, token));
                previous = token;
            }
        }
        return ranges.isEmpty() ? ring.ranges() : ranges;
    }

    /** How far the shares of the datacenter's nodes are from their mean, squared and summed. */
    private double unevenness(TokenRing ring, List<Token> chosen, Token next) {
        var tokens = new ArrayList<>(chosen);
        tokens.add(next);
        TokenRing tried = ring.with(node, location, tokens);
        double[] shares = tried.ownership(keyspace.replication()).entrySet().stream()
                .filter(share -> tried.location(share.getKey()).datacenter().equals(location.datacenter()))
                .mapToDouble(share -> share.getValue())
                .toArray();
        double mean = java.util.Arrays.stream(shares).average().orElse(0);
        return java.util.Arrays.stream(shares)
                .map(share -> (share - mean) * (share - mean))
                .sum();
    }
}
