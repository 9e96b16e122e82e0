package io.ringsim.ring;

import io.ringsim.ring.Token.StringToken;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Tokens are the keys themselves, read as UTF-8 and ordered by UTF-16 unit. */
record OrderPreservingPartitioner() implements Partitioner {
    private static final StringToken MINIMUM = new StringToken("");
    private static final String LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int RANDOM_LENGTH = 16;

    @Override
    public String name() {
        return "OrderPreservingPartitioner";
    }

    @Override
    public Token token(byte[] key) {
        try {
            return new StringToken(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(key))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("a key of OrderPreservingPartitioner must be UTF-8", e);
        }
    }

    @Override
    public Token parse(String text) {
        return new StringToken(text);
    }

    @Override
    public Token minimum() {
        return MINIMUM;
    }

    @Override
    public Token midpoint(Token left, Token right) {
        var middle = Digits.midpoint(units(left), units(right), Character.SIZE);
        var text = new StringBuilder(middle.length);
        for (int unit : middle) {
            text.append((char) unit);
        }
        return new StringToken(text.toString());
    }

    @Override
    public Token randomToken(RandomGenerator random) {
        var text = new StringBuilder(RANDOM_LENGTH);
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return new StringToken(text.toString());
    }

    @Override
    public double fraction(TokenRange range) {
        return Digits.fraction(units(range.left()), units(range.right()), Character.SIZE);
    }

    @Override
    public boolean preservesOrder() {
        return true;
    }

    @Override
    public BigInteger width(TokenRange range) {
        throw new UnsupportedOperationException("ranges of " + name() + " have no size");
    }

    private static int[] units(Token token) {
        return ((StringToken) token).value().chars().toArray();
    }
}
