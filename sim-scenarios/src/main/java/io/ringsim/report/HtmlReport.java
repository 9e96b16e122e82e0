package io.ringsim.report;

import static io.ringsim.report.HtmlParts.cell;
import static io.ringsim.report.HtmlParts.number;
import static io.ringsim.report.HtmlParts.paragraph;
import static io.ringsim.report.HtmlParts.row;
import static io.ringsim.report.HtmlParts.rowHead;
import static io.ringsim.report.HtmlParts.section;
import static io.ringsim.report.Markup.element;

import io.ringsim.report.Markup.Element;
import io.ringsim.ring.NodeId;
import io.ringsim.scenario.Expectation;
import io.ringsim.scenario.RunListener.Event;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.NodeRun;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * A run as one HTML file: the verdict first, then how it came about. It needs no network and no script, reads on paper
 * and to a screen reader, and is light or dark as the reader's system is.
 */
final class HtmlReport {
    private static final String COLOURS =
            "Each arc is the range that ends at a token, clockwise from the smallest token on"
                    + " top. A node has the same colour in all pictures; the bars below and the table of nodes name it.";

    private final StoredRun stored;
    private final RunResult run;
    private final List<NodesCsv.Row> nodes;
    private final Palette palette;

    private HtmlReport(StoredRun stored) {
        this.stored = stored;
        this.run = stored.result();
        this.nodes = NodesCsv.rows(stored.before(), run.nodes());
        var all = new ArrayList<NodeId>(nodes.stream().map(NodesCsv.Row::node).toList());
        run.operations().forEach(operation -> all.add(operation.node()));
        this.palette = new Palette(all);
    }

    static String of(StoredRun run) {
        var out = new StringBuilder("<!DOCTYPE html>\n");
        new HtmlReport(run).page().render(out);
        return out.toString();
    }

    private Element page() {
        var sections = new ArrayList<Element>();
        sections.add(section("checks", "What was expected", checks()));
        sections.add(section("operations", "Operations", operations()));
        if (!nodes.isEmpty()) {
            sections.add(
                    section("ring", "The ring before and after", List.of(rings(), ringsBetween(), paragraph(COLOURS))));
            sections.add(section("balance", "Balance", balance()));
        }
        sections.add(section("timeline", "Timeline", timeline()));
        sections.add(section("bytes", "Who sent what to whom", List.of(ByteMatrix.of(run))));
        if (!nodes.isEmpty()) {
            sections.add(section("nodes", "Nodes", List.of(nodeTable())));
        }
        sections.add(section("streams", "Streams", List.of(Streams.table(run))));
        sections.add(section("network", "Network", List.of(Traffic.of(run.network()))));
        sections.add(section("events", "Events", events()));
        return element("html")
                .with("lang", "en")
                .add(head())
                .add(element("body")
                        .add(header(), contents(sections), element("main").add(sections), footer()));
    }

    private Element head() {
        return element("head")
                .add(element("meta").with("charset", "utf-8"))
                .add(element("meta").with("name", "viewport").with("content", "width=device-width, initial-scale=1"))
                .add(element("meta")
                        .with("http-equiv", "Content-Security-Policy")
                        .with("content", "default-src 'none'; style-src 'unsafe-inline'"))
                .add(element("title")
                        .text(run.scenario() + ", seed " + run.seed() + ": " + RunJson.word(run.outcome())))
                .add(element("style").add(new Markup.Verbatim(sheet())));
    }

    private static String sheet() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(css).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private Element header() {
        String sign = run.outcome() == RunResult.Verdict.PASSED
                ? "\u2714"
                : run.outcome() == RunResult.Verdict.FAILED ? "\u2718" : "?";
        var header = element("header", RunJson.word(run.outcome()))
                .add(element("p", "scenario").text(run.scenario()))
                .add(element("h1")
                        .add(element("span", "sign").with("aria-hidden", "true").text(sign))
                        .text(" " + capitalised(RunJson.word(run.outcome()))));
        if (!run.reason().isEmpty()) {
            header = header.add(element("p", "reason").text(run.reason()));
        }
        return header.add(facts())
                .add(element("p", "replay")
                        .text("Run it again: ")
                        .add(element("code").text(stored.replay())));
    }

    private Element facts() {
        return element("dl", "facts")
                .add(fact("Seed", Long.toString(run.seed())))
                .add(fact("Virtual time", Units.duration(run.virtualTime())))
                .add(fact("Wall time", Units.duration(run.wallTime())))
                .add(fact("Events", Units.count(run.events())))
                .add(fact("Trace hash", run.traceHash().isEmpty() ? "none" : run.traceHash()));
    }

    private static Element fact(String name, String value) {
        return element("div").add(element("dt").text(name), element("dd").text(value));
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

    private List<Element> checks() {
        var rows = new ArrayList<Element>();
        for (var expectation : run.expectations()) {
            rows.add(row(
                    rowHead(expectation.name()),
                    cell("at the end"),
                    element("td")
                            .add(HtmlParts.verdict(expectation.passed(), expectation.passed() ? "held" : "not met")),
                    cell(expectation.detail())));
        }
        for (var invariant : run.invariants()) {
            boolean held = invariant.violations().isEmpty();
            rows.add(row(
                    rowHead(invariant.name()),
                    cell("always"),
                    element("td").add(HtmlParts.verdict(held, held ? "held" : "violated")),
                    cell(Units.count(invariant.checks(), "check")
                            + (held ? "" : ": " + String.join("; ", invariant.violations())))));
        }
        return rows.isEmpty()
                ? List.of(paragraph("Nothing was checked."))
                : List.of(HtmlParts.table(
                        "Expectations and invariants", List.of("What", "When", "Verdict", "Detail"), rows));
    }

    private List<Element> operations() {
        return run.operations().isEmpty()
                ? List.of(paragraph("None was carried out."))
                : List.of(HtmlParts.table(
                        Units.count(run.operations().size(), "operation"),
                        List.of(
                                "Operation",
                                "Outcome",
                                "#Began",
                                "#Took",
                                "#Peers",
                                "#Received",
                                "#Sent",
                                "#Files",
                                "#Retries"),
                        run.operations().stream().map(HtmlReport::operation).toList()));
    }

    private static Element operation(RunResult.OperationRun operation) {
        boolean good = operation.outcome() == Expectation.Outcome.COMPLETED;
        String outcome =
                RunJson.word(operation.outcome()) + (operation.reason().isEmpty() ? "" : ": " + operation.reason());
        var sessions = operation.sessions();
        return row(
                rowHead(operation.operation() + " " + operation.node()),
                element("td").add(HtmlParts.verdict(good, outcome)),
                number(Units.duration(operation.started())),
                number(Units.duration(operation.ended().minus(operation.started()))),
                number(sessions.stream()
                        .map(RunResult.SessionRun::peer)
                        .distinct()
                        .count()),
                number(Units.bytes(sessions.stream()
                        .mapToLong(RunResult.SessionRun::bytesReceived)
                        .sum())),
                number(Units.bytes(sessions.stream()
                        .mapToLong(RunResult.SessionRun::bytesSent)
                        .sum())),
                number(Units.count(sessions.stream()
                        .mapToLong(session -> session.filesReceived() + session.filesSent())
                        .sum())),
                number(sessions.stream()
                        .mapToLong(RunResult.SessionRun::retries)
                        .sum()));
    }

    private Element rings() {
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
    private Markup ringsBetween() {
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

    private static boolean owns(Optional<NodeRun> node) {
        return node.filter(TokenCircle::isOwner).isPresent();
    }

    private List<Element> balance() {
        var holders = nodes.stream()
                .filter(node -> owns(node.before()) || owns(node.after()))
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

    private Element nodeTable() {
        return HtmlParts.table(
                Units.count(nodes.size(), "node"),
                List.of("Node", "Datacenter, rack", "State", "#Tokens", "#Load", "#Received", "#Sent", "#Owns"),
                nodes.stream().map(this::node).toList());
    }

    private Element node(NodesCsv.Row node) {
        var latest = node.latest();
        return row(
                element("th")
                        .with("scope", "row")
                        .add(element("span", "swatch")
                                .with("style", "background:" + palette.of(node.node()))
                                .with("aria-hidden", "true"))
                        .text(latest.node()),
                cell(latest.location().datacenter() + ", " + latest.location().rack()),
                cell(state(node)),
                number(change(node, there -> Units.count(there.tokens().size()))),
                number(change(node, there -> Units.bytes(there.load()))),
                number(Units.bytes(latest.bytesIn())),
                number(Units.bytes(latest.bytesOut())),
                number(change(node, there -> Units.share(there.owns()))));
    }

    private static String state(NodesCsv.Row node) {
        return node.after()
                .map(there -> there.state() + (there.up() ? ", up" : ", down"))
                .orElse("gone");
    }

    /** The figure, or two when it changed. */
    private static String change(NodesCsv.Row node, Function<NodeRun, String> figure) {
        String before = node.before().map(figure).orElse("");
        String after = node.after().map(figure).orElse("");
        return before.equals(after) ? after : HtmlParts.change(before, after);
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

    private static String capitalised(String word) {
        return Character.toUpperCase(word.charAt(0)) + word.substring(1);
    }
}
