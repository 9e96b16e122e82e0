package io.ringsim.report;

import static io.ringsim.report.HtmlParts.cell;
import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.HtmlParts.paragraph;
import static io.ringsim.report.HtmlParts.section;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunListener.Event;
import io.ringsim.scenario.RunResult;
import java.util.ArrayList;
import java.util.List;

/**
 * A run as one HTML file: the verdict first, then how it came about. It needs no network and no script, reads on paper
 * and to a screen reader, and is light or dark as the reader's system is.
 */
final class HtmlReport {
    private final StoredRun stored;
    private final boolean inFolder;
    private final RunResult run;
    private final List<NodesCsv.Row> nodes;
    private final Palette palette;

    private HtmlReport(StoredRun stored, boolean inFolder) {
        this.stored = stored;
        this.inFolder = inFolder;
        this.run = stored.result();
        this.nodes = NodesCsv.rows(stored.before(), run.nodes());
        var all = new ArrayList<NodeId>(nodes.stream().map(NodesCsv.Row::node).toList());
        run.operations().forEach(operation -> all.add(operation.node()));
        this.palette = new Palette(all);
    }

    /** The page; in the run's folder it has links to the other files. */
    static String of(StoredRun run, boolean inFolder) {
        return new HtmlReport(run, inFolder).page();
    }

    private String page() {
        var sections = new ArrayList<Element>();
        sections.add(section("checks", "What was expected", List.of(Checks.table(run))));
        sections.add(section("operations", "Operations", List.of(Operations.table(run))));
        if (!nodes.isEmpty()) {
            sections.add(section("ring", "The ring before and after", Rings.of(stored, nodes, palette)));
            sections.add(section("balance", "Balance", balance()));
        }
        sections.add(section("timeline", "Timeline", timeline()));
        sections.add(section("bytes", "Who sent what to whom", List.of(ByteMatrix.of(run))));
        if (!nodes.isEmpty()) {
            sections.add(section("nodes", "Nodes", List.of(NodeTable.of(nodes, palette))));
        }
        sections.add(section("streams", "Streams", List.of(Streams.table(run))));
        sections.add(section("network", "Network", List.of(Traffic.of(run.network()))));
        sections.add(section("events", "Events", events()));
        var title = run.scenario() + ", seed " + run.seed() + ": " + RunJson.word(run.outcome());
        var body = new ArrayList<>(
                List.of(Headline.of(stored), contents(sections), element("main").add(sections)));
        if (inFolder) {
            body.add(footer());
        }
        return HtmlPage.of(title, body);
    }

    private static Element contents(List<Element> sections) {
        return element("nav")
                .with("aria-label", "Contents")
                .add(element("ul")
                        .add(sections.stream()
                                .map(part -> element("li")
                                        .add(element("a")
                                                .with(
                                                        "href",
                                                        "#" + part.attributes().get("id"))
                                                .add(((Element) part.children().get(0)).children())))
                                .toList()));
    }

    private List<Element> balance() {
        var holders = nodes.stream()
                .filter(node -> Rings.owns(node.before()) || Rings.owns(node.after()))
                .toList();
        return List.of(
                Balance.table(stored.before(), run.nodes()),
                element("figure")
                        .add(element("div", "wide").add(BalanceBars.of(holders, palette)))
                        .add(element("figcaption")
                                .text(
                                        "Share of the data: the thick bar at the end, in the node's colour of the ring; the"
                                                + " thin grey bar below it at the start.")));
    }

    private List<Element> timeline() {
        if (run.operations().isEmpty() && run.faults().isEmpty()) {
            return List.of(paragraph("Nothing happened to the ring."));
        }
        return List.of(element("figure")
                .add(element("div", "wide").add(Gantt.of(run, palette)))
                .add(element("figcaption")
                        .text(("Virtual time. Framed bars are operations, from being asked to their outcome; bars in a"
                                        + " peer's colour are stream sessions; hatched bands are faults. "
                                        + Gantt.omissions(run))
                                .strip())));
    }

    private List<Element> events() {
        if (stored.events().isEmpty()) {
            return List.of(paragraph("None was recorded."));
        }
        String caption = stored.eventCount() > stored.events().size()
                ? "The first " + stored.events().size() + " of " + Units.count(stored.eventCount())
                        + " events; events.ndjson has all"
                : Units.count(stored.eventCount(), "event");
        return List.of(HtmlParts.table(
                caption,
                List.of("#At", "Node", "What"),
                stored.events().stream().map(HtmlReport::event).toList()));
    }

    private static Element event(Event event) {
        return element("tr")
                .add(number(Units.moment(event.at())))
                .add(cell(event.node().map(NodeId::value).orElse("")))
                .add(cell(LogLine.what(event)));
    }

    private static Element footer() {
        var files = RunFolder.FILES.stream()
                .filter(file -> !file.equals(RunFolder.REPORT))
                .map(file -> (Markup)
                        element("li").add(element("a").with("href", file).text(file)))
                .toList();
        return element("footer")
                .add(paragraph("In the same folder:"))
                .add(element("ul").add(files));
    }
}
