package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The stretch (left, right] of the ring. When {@code left >= right} it wraps through the minimum token; when both are
 * equal it is the whole ring, never nothing.
 */
public record TokenRange(Token left, Token right) implements Comparable<TokenRange> {
    /** Whether the range wraps through the minimum token. */
    public boolean isWrapAround() {
        return left.compareTo(right) >= 0;
    }

    /** Whether the range is the whole ring. */
    public boolean isWholeRing() {
        return left.equals(right);
    }

    public boolean contains(Token token) {
        if (left.compareTo(right) < 0) {
            return left.compareTo(token) < 0 && token.compareTo(right) <= 0;
        }
        return left.compareTo(token) < 0 || token.compareTo(right) <= 0;
    }

    /** Whether all of that range is in this one. */
    public boolean contains(TokenRange that) {
        if (isWholeRing()) {
            return true;
        }
        boolean startsIn = left.compareTo(that.left) <= 0;
        boolean endsIn = that.right.compareTo(right) <= 0;
        if (isWrapAround() == that.isWrapAround()) {
            return startsIn && endsIn;
        }
        return isWrapAround() && (startsIn || endsIn);
    }

    /** This range, or its two parts before and after the minimum token when it goes on beyond that. */
    public List<TokenRange> unwrap() {
        if (!isWrapAround() || right.isMinimum()) {
            return List.of(this);
        }
        return List.of(new TokenRange(left, right.minimum()), new TokenRange(right.minimum(), right));
    }

    public boolean intersects(TokenRange that) {
        return !intersection(that).isEmpty();
    }

    /** What both ranges share: nothing, one range, or two when one begins and ends within the other from outside. */
    public List<TokenRange> intersection(TokenRange that) {
        return isWholeRing() && !that.isWholeRing() ? List.of(that) : shared(that);
    }

    /** What is in this range and not in that one. */
    public List<TokenRange> subtract(TokenRange that) {
        var rest = new ArrayList<TokenRange>(2);
        var reached = left;
        for (var part : shared(that)) {
            if (!reached.equals(part.left)) {
                rest.add(new TokenRange(reached, part.left));
            }
            reached = part.right;
            if (reached.equals(right)) {
                return rest;
            }
        }
        rest.add(new TokenRange(reached, right));
        return rest;
    }

    /** What is in this range and in none of those. */
    public List<TokenRange> subtract(Collection<TokenRange> those) {
        var rest = List.of(this);
        for (var that : those) {
            rest = rest.stream().flatMap(range -> range.subtract(that).stream()).toList();
        }
        return rest;
    }

    /** What a node that holds this range has to fetch to hold that one. */
    public List<TokenRange> differenceToFetch(TokenRange that) {
        return that.subtract(this);
    }

    /** The parts of this range that are in that one too, in the order they come from this one's left. */
    private List<TokenRange> shared(TokenRange that) {
        if (that.isWholeRing()) {
            return List.of(this);
        }
        var parts = new ArrayList<TokenRange>(2);
        if (that.left.equals(left) || (that.contains(left) && !that.right.equals(left))) {
            parts.add(new TokenRange(left, contains(that.right) ? that.right : right));
        }
        if (contains(that.left) && !that.left.equals(left) && !that.left.equals(right)) {
            var rest = new TokenRange(that.left, right);
            parts.add(rest.contains(that.right) ? that : rest);
        }
        return parts;
    }

    /** The same tokens as ranges that neither wrap nor touch one another, ascending; the form in which data is sought. */
    public static List<TokenRange> normalise(Collection<TokenRange> ranges) {
        var sorted = ranges.stream()
                .flatMap(range -> range.unwrap().stream())
                .sorted(Comparator.comparing(TokenRange::left))
                .toList();
        var merged = new ArrayList<TokenRange>();
        for (var next : sorted) {
            var last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last == null || (!last.right.isMinimum() && last.right.compareTo(next.left) < 0)) {
                merged.add(next);
            } else if (!last.right.isMinimum() && (next.right.isMinimum() || last.right.compareTo(next.right) < 0)) {
                merged.set(merged.size() - 1, new TokenRange(last.left, next.right));
            }
        }
        return merged;
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
