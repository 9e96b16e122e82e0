package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.report.TokenCircle.Arc;
import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The token circle at one moment: an arc per token in its node's colour, and an outer band on what changes. */
final class RingPicture {
    private static final int WIDTH = 500;
    private static final int HEIGHT = 420;
    private static final int RADIUS = 142;
    private static final int THICKNESS = 38;
    private static final int BAND_RADIUS = 170;
    private static final double NARROWEST_BAND = 0.002;
    private static final int LABEL_RADIUS = 186;
    private static final int LABELLED_ARCS = 40;
    /** From here on no eye tells the colours apart; those of nodes without a band step back. */
    private static final int CROWD = 24;

    private RingPicture() {}

    /** Nodes that deserve a band, and what to say of them. */
    record Band(String cssClass, String words, List<NodeId> nodes) {}

    static Element of(String title, List<NodeRun> nodes, List<Band> bands, Palette palette) {
        var owned = TokenCircle.owned(nodes);
        boolean coarse = owned.size() > TokenCircle.ARCS_DRAWN;
        var arcs = coarse ? TokenCircle.inSlots(owned) : owned;
        boolean crowded = nodes.size() > CROWD;
        var picture = element("svg", crowded ? "ring crowded" : "ring")
                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                .with("role", "img")
                .with("aria-label", title + ": " + inWords(nodes))
                .add(byNode(arcs).entrySet().stream()
                        .map(entry -> ofNode(entry.getKey(), entry.getValue(), bands, palette))
                        .toList())
                .add(outside(nodes, owned, bands))
                .add(labels(arcs))
                .add(middle(nodes));
        return element("figure")
                .add(picture)
                .add(element("figcaption")
                        .add(element("strong").text(title + ". "))
                        .text(caption(nodes, bands, coarse)));
    }

    private static Element ofNode(NodeId node, List<Arc> arcs, List<Band> bands, Palette palette) {
        boolean isMarked = bands.stream().anyMatch(band -> band.nodes().contains(node));
        return element("path", isMarked ? "marked" : "other")
                .with("d", path(arcs, RADIUS))
                .with("stroke", palette.of(node))
                .with("stroke-width", THICKNESS)
                .add(element("title").text(node + ", " + Units.share(share(arcs)) + " of the token circle"));
    }

    private static List<Element> outside(List<NodeRun> nodes, List<Arc> arcs, List<Band> bands) {
        var outside = new ArrayList<Element>();
        for (var band : bands) {
            var banded = arcs.stream()
                    .filter(arc -> band.nodes().contains(arc.node()))
                    .toList();
            if (!banded.isEmpty()) {
                outside.add(band(banded, "band " + band.cssClass()));
            }
        }
        var joining = TokenCircle.joining(nodes);
        if (!joining.isEmpty()) {
            outside.add(band(joining, "band joining"));
        }
        return outside;
    }

    /** However narrow the arc, its band can be seen. */
    private static Element band(List<Arc> arcs, String cssClass) {
        var wide = arcs.stream()
                .map(arc -> new Arc(
                        arc.node(),
                        Math.min(arc.from(), arc.middle() - NARROWEST_BAND / 2),
                        Math.max(arc.to(), arc.middle() + NARROWEST_BAND / 2)))
                .toList();
        return element("path", cssClass).with("d", path(wide, BAND_RADIUS));
    }

    private static List<Element> labels(List<Arc> arcs) {
        if (arcs.size() > LABELLED_ARCS) {
            return List.of();
        }
        return arcs.stream()
                .filter(arc -> arc.size() * LABELLED_ARCS >= 1)
                .map(RingPicture::label)
                .toList();
    }

    private static Element label(Arc arc) {
        double x = x(arc.middle(), LABEL_RADIUS);
        double fromMiddle = x - WIDTH / 2.0;
        String anchor = Math.abs(fromMiddle) < 20 ? "middle" : fromMiddle > 0 ? "start" : "end";
        return element("text")
                .with("x", x)
                .with("y", y(arc.middle(), LABEL_RADIUS) + 4)
                .with("text-anchor", anchor)
                .text(HtmlParts.shortened(arc.node().value(), 14));
    }

    private static List<Element> middle(List<NodeRun> nodes) {
        long owners = nodes.stream().filter(TokenCircle::isOwner).count();
        var line = element("text").with("x", WIDTH / 2).with("text-anchor", "middle");
        return List.of(
                line.with("y", HEIGHT / 2 - 4).with("class", "large").text(Units.count(owners, "node")),
                line.with("y", HEIGHT / 2 + 18).text(Units.count(TokenCircle.tokens(nodes), "token")));
    }

    private static String caption(List<NodeRun> nodes, List<Band> bands, boolean coarse) {
        var sentences = new ArrayList<String>();
        for (var band : bands) {
            if (!band.nodes().isEmpty()) {
                sentences.add(band.words() + ": " + names(band.nodes()) + ".");
            }
        }
        var joining =
                nodes.stream().filter(TokenCircle::isJoining).map(NodeRun::node).toList();
        if (!joining.isEmpty()) {
            sentences.add("Dotted outer band, still joining: " + names(joining) + ".");
        }
        var down = nodes.stream().filter(node -> !node.up()).map(NodeRun::node).toList();
        if (!down.isEmpty()) {
            sentences.add("Down: " + names(down) + ".");
        }
        if (coarse) {
            sentences.add("Too many tokens to draw each: every half degree shows the node that owns most of it.");
        }
        return sentences.isEmpty() ? inWords(nodes) + "." : String.join(" ", sentences);
    }

    private static String inWords(List<NodeRun> nodes) {
        var owners = nodes.stream().filter(TokenCircle::isOwner).toList();
        return Units.count(owners.size(), "node") + " with " + Units.count(TokenCircle.tokens(nodes), "token");
    }

    private static String names(List<NodeId> nodes) {
        String names = nodes.stream().limit(20).map(NodeId::value).collect(Collectors.joining(", "));
        return nodes.size() > 20 ? names + " and " + (nodes.size() - 20) + " more" : names;
    }

    private static Map<NodeId, List<Arc>> byNode(List<Arc> arcs) {
        return arcs.stream().collect(Collectors.groupingBy(Arc::node, LinkedHashMap::new, Collectors.toList()));
    }

    private static double share(List<Arc> arcs) {
        return arcs.stream().mapToDouble(Arc::size).sum();
    }

    /** One stroke per arc; a whole circle takes two, and wide arcs leave a gap to their neighbours. */
    private static String path(List<Arc> arcs, int radius) {
        var path = new StringBuilder();
        for (Arc arc : arcs) {
            double gap = arc.size() > 0.02 ? 0.0015 : 0;
            double from = arc.from() + gap;
            double to = arc.to() - gap;
            double halfway = to - from > 0.5 ? (from + to) / 2 : from;
            path.append('M').append(point(from, radius));
            if (halfway > from) {
                path.append(stroke(halfway, radius));
            }
            path.append(stroke(to, radius));
        }
        return path.toString();
    }

    private static String stroke(double turn, int radius) {
        return "A" + radius + " " + radius + " 0 0 1 " + point(turn, radius);
    }

    private static String point(double turn, int radius) {
        return Units.decimal(x(turn, radius), 1) + " " + Units.decimal(y(turn, radius), 1);
    }

    private static double x(double turn, int radius) {
        return WIDTH / 2.0 + radius * Math.sin(2 * Math.PI * turn);
    }

    private static double y(double turn, int radius) {
        return HEIGHT / 2.0 - radius * Math.cos(2 * Math.PI * turn);
    }
}
