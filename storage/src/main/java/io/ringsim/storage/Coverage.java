package io.ringsim.storage;

import io.ringsim.ring.Token;
import io.ringsim.ring.TokenRange;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of the ring as an SSTable or a request covers it: ranges that are sorted, apart from each other and do not
 * wrap, with their exact widths. A range that ends at the seam has the minimum token on its right.
 */
public final class Coverage {
    public static final Coverage NONE = new Coverage(List.of());

    private static final Comparator<Token> RIGHT_ENDS =
            Comparator.comparing(Token::isMinimum).thenComparing(Comparator.naturalOrder());

    private final List<TokenRange> ranges;
    private @Nullable Widths widths;

    private Coverage(List<TokenRange> normalised) {
        this.ranges = normalised;
    }

    /** Covers all that any of the ranges covers; the ranges may wrap and overlap. */
    public static Coverage of(Collection<TokenRange> ranges) {
        return ranges.isEmpty() ? NONE : new Coverage(List.copyOf(TokenRange.normalise(ranges)));
    }

    /** Covers what both cover. */
    public Coverage intersect(Coverage other) {
        var common = new ArrayList<TokenRange>();
        int i = firstReaching(other);
        int j = other.firstReaching(this);
        while (i < ranges.size() && j < other.ranges.size()) {
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

    /** The first range that may have something in common with the other coverage. */
    private int firstReaching(Coverage other) {
        return other.isEmpty()
                ? ranges.size()
                : Math.max(0, rangesLeftOf(other.ranges.get(0).left()) - 1);
    }

    /** How many ranges begin at the token or before it. */
    private int rangesLeftOf(Token token) {
        int low = 0;
        int high = ranges.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ranges.get(middle).left().compareTo(token) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public boolean contains(Token token) {
        int last = rangesLeftOf(token) - 1; // if it begins at the token it is the one before that may hold it
        return last >= 0
                && (ranges.get(last).contains(token)
                        || (last > 0 && ranges.get(last - 1).contains(token)));
    }

    public List<TokenRange> ranges() {
        return ranges;
    }

    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Tokens covered. */
    BigInteger width() {
        return widths().total();
    }

    /** Tokens covered before this one of the parts of a coverage within this one. */
    BigInteger widthBefore(TokenRange part) {
        int index = rangesLeftOf(part.left()) - 1;
        var within =
                Position.of(part.left()).subtract(Position.of(ranges.get(index).left()));
        return widths().before(index).add(within);
    }

    private Widths widths() {
        var known = widths;
        if (known == null) {
            known = Widths.of(ranges);
            widths = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || (other instanceof Coverage coverage && ranges.equals(coverage.ranges));
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
