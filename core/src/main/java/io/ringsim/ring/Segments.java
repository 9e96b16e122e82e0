package io.ringsim.ring;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * Overlapping ranges cut where any of them begins or ends, to look tokens up in.
 *
 * @param ends the right ends of the segments, ascending; the first segment begins at the last end
 * @param nodes the nodes of each segment, sorted
 */
record Segments(List<Token> ends, List<List<NodeId>> nodes) {
    static Segments of(SortedMap<TokenRange, List<NodeId>> byRange) {
        var cuts = new TreeSet<Token>();
        byRange.keySet().forEach(range -> {
            cuts.add(range.left());
            cuts.add(range.right());
        });
        var ends = cuts.toArray(new Token[0]);
        var nodes = new ArrayList<TreeSet<NodeId>>();
        cuts.forEach(cut -> nodes.add(new TreeSet<>()));
        byRange.forEach((range, gaining) -> {
            int last = Arrays.binarySearch(ends, range.right());
            int at = Arrays.binarySearch(ends, range.left());
            do {
                at = (at + 1) % ends.length;
                nodes.get(at).addAll(gaining);
            } while (at != last);
        });
        return new Segments(List.of(ends), nodes.stream().map(List::copyOf).toList());
    }

    List<NodeId> at(Token token) {
        int found = Collections.binarySearch(ends, token);
        int at = found >= 0 ? found : -found - 1;
        return nodes.get(at == ends.size() ? 0 : at);
    }
}
