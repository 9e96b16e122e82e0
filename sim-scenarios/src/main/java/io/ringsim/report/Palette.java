package io.ringsim.report;

import io.ringsim.ring.NodeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A colour per node, the same in every picture: light enough for dark letters, strong enough for either background. */
final class Palette {
    private static final double GOLDEN_ANGLE = 137.508;
    private static final int FIRST_HUE = 210;

    private final Map<NodeId, String> colours = new LinkedHashMap<>();

    /** Neighbours in the list get hues far apart. */
    Palette(List<NodeId> nodes) {
        for (NodeId node : nodes) {
            int index = colours.size();
            int hue = (int) ((FIRST_HUE + index * GOLDEN_ANGLE) % 360);
            colours.putIfAbsent(node, "hsl(" + hue + "," + (62 - index % 2 * 14) + "%," + (68 - index % 3 * 5) + "%)");
        }
    }

    String of(NodeId node) {
        return colours.getOrDefault(node, "hsl(0,0%,65%)");
    }
}
