package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringsim.scenario.RunResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReportTest {
    private static final int TWO_MEGABYTES = 2_000_000;

    @Test
    void htmlTellsTheFactsAndTheVerdictFirst() {
        String html = Report.render(Samples.grown(6, 2, 16, 42), "html");

        assertThat(html)
                .contains("6b1f0c9a77e2d35480aa41f2c9be07d1", "./ringsim run out/grow/42/scenario.lock.yaml --seed 42")
                .contains("every key is on its replicas", "20,000 keys compared", "partition n2 | n7, 8m")
                .contains("bootstrap n7", "decommission n1", "joined during the run: n7, n8");
        assertThat(html.indexOf("Passed")).isBetween(0, html.indexOf("<svg"));
    }

    @Test
    void htmlOfAFailedRunSaysWhatFailedInWords() {
        String html = Report.render(Samples.failed(Samples.grown(6, 1, 1, 42)), "html");

        assertThat(html)
                .contains("Failed", "n7 did not become NORMAL within 9h")
                .contains("not met", "violated", "n2 still sees n7 JOINING", "n2 never answered Prepare");
    }

    @Test
    void htmlStandsAlone() {
        var page = Read.xml(Report.render(Samples.grown(6, 2, 16, 42), "html"));

        assertThat(Read.elements(page, "script")).isEmpty();
        assertThat(Read.elements(page, "link")).isEmpty();
        assertThat(Read.elements(page, "img")).isEmpty();
        assertThat(Read.elements(page, "a"))
                .allSatisfy(link -> assertThat(link.getAttribute("href"))
                        .doesNotContain(":")
                        .doesNotStartWith("/"));
        assertThat(Read.elements(page, "style").get(0).getTextContent()).doesNotContain("url(h", "@import");
    }

    @Test
    void htmlCanBeReadAloud() {
        var page = Read.xml(Report.render(Samples.grown(6, 2, 16, 42), "html"));

        assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(Read.elements(page, "svg"))
                .allSatisfy(picture ->
                        assertThat(picture.getAttribute("aria-label")).isNotBlank());
        assertThat(Read.elements(page, "th"))
                .allSatisfy(head -> assertThat(head.getAttribute("scope")).isIn("row", "col"));
        assertThat(Read.elements(page, "caption")).hasSameSizeAs(Read.elements(page, "table"));
    }

    @Test
    void htmlOfAHundredNodesStaysUnderTwoMegabytes() {
        for (int tokens : List.of(16, 256)) {
            String html = Report.render(Samples.grown(100, 9, tokens, 42), "html");

            assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(TWO_MEGABYTES);
        }
    }

    @ParameterizedTest
    @MethodSource("io.ringsim.report.Samples#hostileNames")
    void noNameBecomesMarkup(String name) {
        var run = Samples.hostile(name);

        var page = Read.xml(Report.render(run, "html"));
        var junit = Read.xml(Report.render(run, "xml"));

        assertThat(Read.elements(page, "script")).isEmpty();
        assertThat(Read.elements(page, "h1")).hasSize(1);
        assertThat(Read.elements(junit, "testcase")).hasSize(3);
    }

    @Test
    void everySessionIsARowOfTheCsv() {
        for (long seed = 0; seed < 40; seed++) {
            var run = Samples.drawn(seed);

            var rows = Read.csv(Report.render(run, "csv"));

            assertAllSessionsIn(rows, run.result());
        }
    }

    @ParameterizedTest
    @MethodSource("io.ringsim.report.Samples#hostileNames")
    void csvKeepsHostileNames(String name) {
        var run = Samples.hostile(name);

        assertAllSessionsIn(Read.csv(Report.render(run, "csv")), run.result());
        assertThat(Read.csv(NodesCsv.of(run)).get(1)).contains(name);
    }

    private static void assertAllSessionsIn(List<List<String>> rows, RunResult run) {
        var columns = rows.get(0);
        int next = 1;
        for (var operation : run.operations()) {
            for (var session : operation.sessions()) {
                var row = rows.get(next++);
                assertThat(row).hasSameSizeAs(columns);
                assertThat(row.get(columns.indexOf("node")))
                        .isEqualTo(operation.node().value());
                assertThat(row.get(columns.indexOf("operation"))).isEqualTo(operation.operation());
                assertThat(row.get(columns.indexOf("peers")))
                        .isEqualTo(session.peer().value());
                assertThat(row.get(columns.indexOf("failure_cause"))).isEqualTo(session.failure());
                assertThat(row.get(columns.indexOf("bytes_received"))).isEqualTo("" + session.bytesReceived());
                assertThat(row.get(columns.indexOf("bytes_sent"))).isEqualTo("" + session.bytesSent());
                assertThat(row.get(columns.indexOf("files_received"))).isEqualTo("" + session.filesReceived());
                assertThat(row.get(columns.indexOf("files_sent"))).isEqualTo("" + session.filesSent());
            }
        }
        assertThat(rows).hasSize(next);
    }

    @Test
    void jsonHasTheNamesScriptsRelyOn() {
        var json = JsonValue.parse("run", Report.render(Samples.grown(3, 1, 4, 9), "json"));

        assertThat(json.members().keySet())
                .containsAll(Set.of(
                        "schema",
                        "scenario",
                        "seed",
                        "outcome",
                        "virtualTime",
                        "wallTime",
                        "events",
                        "traceHash",
                        "operations",
                        "invariants",
                        "expectations",
                        "network"));
        assertThat(json.get("schema").text()).isEqualTo("ringsim/run/1");
        assertThat(json.get("outcome").text()).isEqualTo("passed");
        assertThat(json.get("wallTime").text()).isEqualTo("PT3.217S");
        var operation = json.get("operations").items().get(0);
        assertThat(operation.get("outcome").text()).isEqualTo("completed");
        assertThat(operation.get("started").text()).isEqualTo("PT10S");
        assertThat(operation.get("sessions").items().get(0).members().keySet())
                .containsAll(
                        Set.of("peer", "state", "filesSent", "filesReceived", "bytesSent", "bytesReceived", "retries"));
        assertThat(json.get("invariants").items().get(0).members().keySet())
                .containsExactly("name", "checks", "violations");
        assertThat(json.get("expectations").items().get(0).members().keySet())
                .containsExactly("name", "passed", "detail");
    }

    @Test
    void compactJsonIsOneLine() {
        assertThat(RunJson.compact(Samples.hostile("a\nb").result())).doesNotContain("\n");
    }

    @Test
    void junitCountsWhatItLists() {
        for (var run : List.of(Samples.grown(3, 1, 4, 9), Samples.failed(Samples.grown(3, 1, 4, 9)))) {
            var suite = Read.xml(Report.render(run, "xml"));
            var root = suite.getDocumentElement();

            assertThat(root.getTagName()).isEqualTo("testsuite");
            assertThat(Read.elements(suite, "testcase")).hasSize(Integer.parseInt(root.getAttribute("tests")));
            assertThat(Read.elements(suite, "failure")).hasSize(Integer.parseInt(root.getAttribute("failures")));
            assertThat(Read.elements(suite, "failure").isEmpty())
                    .isEqualTo(run.result().outcome() == RunResult.Verdict.PASSED);
            assertThat(Read.elements(suite, "testcase")).allSatisfy(test -> {
                assertThat(test.getAttribute("name")).isNotEmpty();
                assertThat(test.getAttribute("classname")).isNotEmpty();
                assertThat(Double.parseDouble(test.getAttribute("time"))).isNotNegative();
            });
        }
    }

    @Test
    void writesTheFormatTheExtensionNames(@TempDir Path directory) {
        var run = Samples.drawn(1);
        for (String format : Report.FORMATS) {
            Path file = directory.resolve("x." + format);

            Report.write(run, file);

            assertThat(Read.file(file)).isEqualTo(Report.render(run, format));
        }
        for (String name : List.of("x", "x.pdf", "html")) {
            assertThatExceptionOfType(RunFolderException.class)
                    .isThrownBy(() -> Report.write(run, directory.resolve(name)))
                    .withMessageContaining(".html, .json, .csv, .xml")
                    .satisfies(refused -> assertThat(refused.exitCode()).isEqualTo(2));
        }
    }
}
