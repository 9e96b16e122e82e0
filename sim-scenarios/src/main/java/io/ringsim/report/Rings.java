package io.ringsim.report;

import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.NodeRun;
import java.util.List;
import java.util.Optional;

/** The ring at the start and at the end, and between them each time its members changed. */
final class Rings {
    private static final String HOW_TO_READ =
            "Each arc is the range that ends at a token, clockwise from the smallest token on top. A node has the same"
                    + " colour in all pictures; the bars below and the table of nodes name it.";

    private final StoredRun stored;
    private final RunResult run;
    private final List<NodesCsv.Row> nodes;
    private final Palette palette;

    private Rings(StoredRun stored, List<NodesCsv.Row> nodes, Palette palette) {
        this.stored = stored;
        this.run = stored.result();
        this.nodes = nodes;
        this.palette = palette;
    }

    static List<Markup> of(StoredRun stored, List<NodesCsv.Row> nodes, Palette palette) {
        var rings = new Rings(stored, nodes, palette);
        return List.of(rings.startAndEnd(), rings.between(), HtmlParts.paragraph(HOW_TO_READ));
    }

    private Element startAndEnd() {
        var joined = nodesThat(false, true);
        var left = nodesThat(true, false);
        var leaving = inState("LEAVING");
        var moving = inState("MOVING");
        return element("div", "pair")
                .add(RingPicture.of(
                        "At the start",
                        stored.before(),
                        List.of(new RingPicture.Band("leaves", "Dashed outer band, leave during the run", left)),
                        palette))
                .add(RingPicture.of(
                        "At the end",
                        run.nodes(),
                        List.of(
                                new RingPicture.Band("joined", "Solid outer band, joined during the run", joined),
                                new RingPicture.Band("leaves", "Dashed outer band, still leaving", leaving),
                                new RingPicture.Band("leaves", "Dashed outer band, still moving", moving)),
                        palette));
    }

    /** How the ring got from its start to its end, when that took more than one change. */
    private Markup between() {
        if (stored.between().size() < 2) {
            return Markup.nothing();
        }
        return element("div", "between")
                .add(stored.between().stream()
                        .map(change -> RingPicture.of(
                                "At " + Units.duration(change.at()),
                                change.nodes(),
                                List.of(new RingPicture.Band(
                                        "joined", change.joined() ? "Joined" : "Left", List.of(change.node()))),
                                palette))
                        .toList());
    }

    private List<NodeId> nodesThat(boolean ownedBefore, boolean ownAfter) {
        return nodes.stream()
                .filter(node -> owns(node.before()) == ownedBefore && owns(node.after()) == ownAfter)
                .map(NodesCsv.Row::node)
                .toList();
    }

    private List<NodeId> inState(String state) {
        return run.nodes().stream()
                .filter(node -> node.state().equals(state))
                .map(NodeRun::node)
                .toList();
    }

    static boolean owns(Optional<NodeRun> node) {
        return node.filter(TokenCircle::isOwner).isPresent();
    }
}
