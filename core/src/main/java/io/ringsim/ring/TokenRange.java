package io.ringsim.ring;

/**
 * The stretch (left, right] of the ring. When {@code left >= right} it wraps through the minimum token; when both are
 * equal it is the whole ring, never nothing.
 */
public record TokenRange(Token left, Token right) implements Comparable<TokenRange> {
    /** Whether the range wraps through the minimum token. */
    public boolean isWrapAround() {
        return left.compareTo(right) >= 0;
    }

    public boolean contains(Token token) {
        if (left.compareTo(right) < 0) {
            return left.compareTo(token) < 0 && token.compareTo(right) <= 0;
        }
        return left.compareTo(token) < 0 || token.compareTo(right) <= 0;
    }

    @Override
    public int compareTo(TokenRange other) {
        int byLeft = left.compareTo(other.left);
        return byLeft != 0 ? byLeft : right.compareTo(other.right);
    }

    @Override
    public String toString() {
        return "(" + left + ", " + right + "]";
    }
}
