package io.ringsim.ring;

import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.random.RandomGenerator;

/** How keys become tokens, and the arithmetic of those tokens. */
@SuppressWarnings("ClassInitializationDeadlock") // the kinds are package-private and made nowhere but here
public sealed interface Partitioner
        permits Murmur3Partitioner, RandomPartitioner, OrderPreservingPartitioner, ByteOrderedPartitioner {
    Partitioner MURMUR3 = new Murmur3Partitioner();
    Partitioner RANDOM = new RandomPartitioner();
    Partitioner ORDER_PRESERVING = new OrderPreservingPartitioner();
    Partitioner BYTE_ORDERED = new ByteOrderedPartitioner();

    /** The class name without its package: {@code Murmur3Partitioner}. */
    String name();

    /**
     * The token of a key; the empty key gets the minimum.
     *
     * @throws IllegalArgumentException when the key has no token: bytes that are not UTF-8 under
     *     {@link #ORDER_PRESERVING}
     */
    Token token(byte[] key);

    /**
     * The token a text stands for, in the form that tokens write of themselves.
     *
     * @throws IllegalArgumentException when it is no token of this partitioner, or out of its range
     */
    Token parse(String text);

    /** The seam of the ring: smaller than every key's token. */
    Token minimum();

    /** The token halfway from {@code left} on to {@code right}, through the seam when {@code left >= right}. */
    Token midpoint(Token left, Token right);

    /** A token by chance, never the minimum. */
    Token randomToken(RandomGenerator random);

    /** The share of the whole ring that lies in the range, 0 to 1. */
    double fraction(TokenRange range);

    /**
     * How many tokens the range holds: 2^64 for the whole ring of {@link #MURMUR3}, 2^127 for that of {@link #RANDOM}.
     *
     * @throws UnsupportedOperationException by partitioners that keep the keys' order: their ranges have no size
     */
    BigInteger width(TokenRange range);

    /** Whether tokens come in the order of their keys, so that their distances mean nothing. */
    default boolean preservesOrder() {
        return false;
    }

    /** Whether the token is of this partitioner's kind. */
    default boolean owns(Token token) {
        return token.getClass() == minimum().getClass();
    }

    /**
     * The share each token owns of a ring that consists of these tokens: from its predecessor, excluded, to itself.
     *
     * @param sorted the ring's tokens, ascending
     */
    default double[] owned(List<Token> sorted) {
        var shares = new double[sorted.size()];
        for (int i = 0; i < shares.length; i++) {
            var previous = sorted.get(i == 0 ? shares.length - 1 : i - 1);
            shares[i] = fraction(new TokenRange(previous, sorted.get(i)));
        }
        return shares;
    }

    /**
     * The partitioner of that name.
     *
     * @param name a class name with or without its package; those of old versions too
     * @throws IllegalArgumentException when there is none; the message names those there are
     */
    static Partitioner named(String name) {
        return Partitioners.named(name);
    }

    /**
     * The partitioner that tokens in such a text form belong to: whole numbers within 64 bits with a sign are
     * Murmur3's, larger ones without a sign RandomPartitioner's, hexadecimal ones ByteOrdered's, others
     * OrderPreserving's.
     */
    static Partitioner inferredFrom(Collection<String> tokens) {
        return Partitioners.inferredFrom(tokens);
    }
}
