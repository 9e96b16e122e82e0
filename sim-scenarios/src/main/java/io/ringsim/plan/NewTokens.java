package io.ringsim.plan;

import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import io.ringsim.ring.TokenRing;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Chooses tokens for a new node. */
public final class NewTokens {
    private NewTokens() {}

    /**
     * Tokens that even out a datacenter: each halves the largest of its ranges. Nothing where ranges have no size.
     *
     * @param datacenter whose tokens alone are looked at
     */
    public static Optional<List<Token>> evening(TokenRing ring, String datacenter, int count) {
        var taken = new TreeSet<>(ring.tokens());
        var tokens = new TreeSet<Token>();
        ring.members().stream()
                .filter(member -> member.location().datacenter().equals(datacenter))
                .forEach(member -> tokens.addAll(member.tokens()));
        if (tokens.isEmpty()) {
            tokens.addAll(taken);
        }
        var chosen = new ArrayList<Token>();
        for (int i = 0; i < count; i++) {
            Optional<TokenRange> largest;
            try {
                largest = largest(ring, tokens);
            } catch (UnsupportedOperationException unsized) {
                return Optional.empty();
            }
            if (largest.isEmpty()) {
                return Optional.empty();
            }
            Token middle = ring.partitioner()
                    .midpoint(largest.get().left(), largest.get().right());
            if (!taken.add(middle)) {
                return Optional.empty();
            }
            tokens.add(middle);
            chosen.add(middle);
        }
        return Optional.of(chosen.stream().sorted().toList());
    }

    private static Optional<TokenRange> largest(TokenRing ring, NavigableSet<Token> tokens) {
        if (tokens.isEmpty()) {
            return Optional.empty();
        }
        Token previous = tokens.last();
        TokenRange largest = new TokenRange(previous, tokens.first());
        for (Token token : tokens) {
            var range = new TokenRange(previous, token);
            if (ring.partitioner().width(range).compareTo(ring.partitioner().width(largest)) > 0) {
                largest = range;
            }
            previous = token;
        }
        return Optional.of(largest);
    }
}
