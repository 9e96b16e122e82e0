package io.ringsim.storage;

import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A part of the ring as an SSTable or a request covers it: ranges that are sorted, apart from each other and do not
 * wrap, with their exact widths. A range that ends at the seam has the minimum token on its right.
 */
public final class Coverage {
    public static final Coverage NONE = new Coverage(List.of());
    private static final Comparator<Token> RIGHT_ENDS =
            Comparator.comparing(Token::isMinimum).thenComparing(Comparator.naturalOrder());

    private final List<TokenRange> ranges;
    private final List<BigInteger> lefts = new ArrayList<>();
    private final List<BigInteger> before = new ArrayList<>();
    private final BigInteger width;

    private Coverage(List<TokenRange> normalised) {
        this.ranges = normalised;
        var total = BigInteger.ZERO;
        for (var range : normalised) {
            var left = Position.of(range.left());
            lefts.add(left);
            before.add(total);
            total = total.add(Position.ofRightEnd(range.right()).subtract(left));
        }
        this.width = total;
    }

    /** Covers all that any of the ranges covers; the ranges may wrap and overlap. */
    public static Coverage of(Collection<TokenRange> ranges) {
        if (ranges.isEmpty()) {
            return NONE;
        }
        var unwrapped = new ArrayList<TokenRange>();
        ranges.forEach(range -> unwrap(range, unwrapped));
        unwrapped.sort(Comparator.naturalOrder());
        var merged = new ArrayList<TokenRange>();
        for (var range : unwrapped) {
            int last = merged.size() - 1;
            if (last >= 0 && reaches(merged.get(last), range.left())) {
                var previous = merged.get(last);
                merged.set(last, new TokenRange(previous.left(), later(previous.right(), range.right())));
            } else {
                merged.add(range);
            }
        }
        return new Coverage(List.copyOf(merged));
    }

    private static void unwrap(TokenRange range, List<TokenRange> into) {
        var minimum = range.left().minimum();
        if (!range.isWrapAround() || range.right().isMinimum()) {
            into.add(range);
        } else {
            into.add(new TokenRange(range.left(), minimum));
            into.add(new TokenRange(minimum, range.right()));
        }
    }

    private static boolean reaches(TokenRange range, Token left) {
        return range.right().isMinimum() || left.compareTo(range.right()) <= 0;
    }

    private static Token later(Token right, Token other) {
        return RIGHT_ENDS.compare(right, other) >= 0 ? right : other;
    }

    /** Covers what both cover. */
    public Coverage intersect(Coverage other) {
        var common = new ArrayList<TokenRange>();
        for (int i = 0, j = 0; i < ranges.size() && j < other.ranges.size(); ) {
            var mine = ranges.get(i);
            var theirs = other.ranges.get(j);
            boolean mineEndsFirst = RIGHT_ENDS.compare(mine.right(), theirs.right()) <= 0;
            var left = mine.left().compareTo(theirs.left()) >= 0 ? mine.left() : theirs.left();
            var right = mineEndsFirst ? mine.right() : theirs.right();
            if (right.isMinimum() || left.compareTo(right) < 0) {
                common.add(new TokenRange(left, right));
            }
            if (mineEndsFirst) {
                i++;
            } else {
                j++;
            }
        }
        return new Coverage(List.copyOf(common));
    }

    public List<TokenRange> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Tokens covered. */
    BigInteger width() {
        return width;
    }

    /** Tokens covered up to and including {@code token}; the seam as a right end counts as the end of the ring. */
    BigInteger widthUpToRightEnd(Token token) {
        return widthUpTo(Position.ofRightEnd(token));
    }

    /** Tokens covered before a range that begins after {@code token}. */
    BigInteger widthUpToLeftEnd(Token token) {
        return widthUpTo(Position.of(token));
    }

    private BigInteger widthUpTo(BigInteger position) {
        int low = 0;
        int high = lefts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lefts.get(middle).compareTo(position) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        if (low == 0) {
            return BigInteger.ZERO;
        }
        var throughNext = low < lefts.size() ? before.get(low) : width;
        return before.get(low - 1).add(position.subtract(lefts.get(low - 1))).min(throughNext);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Coverage coverage && ranges.equals(coverage.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges.toString();
    }
}
