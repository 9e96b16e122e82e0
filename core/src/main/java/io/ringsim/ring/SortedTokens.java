package io.ringsim.ring;

import io.ringsim.ring.Token.LongToken;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** Tokens in ascending order, to search in; those of Murmur3Partitioner are searched as the numbers they are. */
final class SortedTokens {
    private final Token[] tokens;
    private final boolean numbers;
    private final long[] longs;

    private SortedTokens(Token[] tokens, boolean numbers) {
        this.tokens = tokens;
        this.numbers = numbers;
        this.longs = numbers ? longs(tokens) : new long[0];
    }

    /** These tokens; equal ones stay beside each other. */
    static SortedTokens of(Partitioner partitioner, Collection<Token> unsorted) {
        var tokens = unsorted.toArray(new Token[0]);
        boolean numbers = partitioner.equals(Partitioner.MURMUR3);
        if (numbers) {
            var longs = longs(tokens);
            Arrays.sort(longs);
            for (int i = 0; i < longs.length; i++) {
                tokens[i] = new LongToken(longs[i]);
            }
        } else {
            Arrays.sort(tokens);
        }
        return new SortedTokens(tokens, numbers);
    }

    private static long[] longs(Token[] tokens) {
        var longs = new long[tokens.length];
        for (int i = 0; i < longs.length; i++) {
            longs[i] = ((LongToken) tokens[i]).value();
        }
        return longs;
    }

    /** These tokens and others, none of which is among these; {@code at} says before which of these each other goes. */
    SortedTokens with(Token[] added, int[] at) {
        var merged = new Token[tokens.length + added.length];
        int from = 0;
        for (int i = 0; i < added.length; i++) {
            System.arraycopy(tokens, from, merged, from + i, at[i] - from);
            merged[at[i] + i] = added[i];
            from = at[i];
        }
        System.arraycopy(tokens, from, merged, from + added.length, tokens.length - from);
        return new SortedTokens(merged, numbers);
    }

    /** Only the tokens at these positions, which are ascending. */
    SortedTokens only(int[] positions) {
        var kept = new Token[positions.length];
        for (int i = 0; i < kept.length; i++) {
            kept[i] = tokens[positions[i]];
        }
        return new SortedTokens(kept, numbers);
    }

    /** Where the token is, or, when it is not among these, the negative of where it would be, less one. */
    int find(Token token) {
        return numbers ? Arrays.binarySearch(longs, ((LongToken) token).value()) : Arrays.binarySearch(tokens, token);
    }

    Token get(int position) {
        return tokens[position];
    }

    int size() {
        return tokens.length;
    }

    List<Token> asList() {
        return Collections.unmodifiableList(Arrays.asList(tokens));
    }
}
