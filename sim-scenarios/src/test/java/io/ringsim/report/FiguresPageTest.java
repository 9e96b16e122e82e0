package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.data.Offset.offset;

import io.ringsim.report.Chart.Line;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FiguresPageTest {
    private static Chart chart(double... values) {
        var places = new ArrayList<String>();
        var all = new ArrayList<Double>();
        for (double value : values) {
            places.add("at " + places.size());
            all.add(value);
        }
        return new Chart("<Spreading>", "nodes", "seconds", places, List.of(new Line("p50", all)));
    }

    @Test
    void showsChartsAndEveryFigureAndStandsAlone() {
        var page = new FiguresPage(
                "gossip",
                "What it does.",
                List.of(chart(1, 2.5)),
                List.of("Case", "#Ours"),
                List.of(List.of("a", "7")));
        var read = Read.xml(page.html());

        assertThat(Read.elements(read, "circle")).hasSize(2);
        assertThat(Read.elements(read, "td").get(0).getTextContent()).isEqualTo("7");
        assertThat(Read.elements(read, "h3").get(0).getTextContent()).isEqualTo("<Spreading>");
        assertThat(Read.elements(read, "script")).isEmpty();
        assertThat(Read.elements(read, "svg").get(0).getAttribute("aria-label")).isNotBlank();
    }

    @Test
    void drawsNoPointWhereThereIsNoValue() {
        var page = new FiguresPage("g", "", List.of(chart(1, Double.NaN, 3)), List.of("Case"), List.of());

        assertThat(Read.elements(Read.xml(page.html()), "circle")).hasSize(2);
        assertThat(page.html()).doesNotContain("NaN");
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1", "0.7, 1", "1, 1", "1.2, 2", "23.6, 50", "31373, 50000", "70, 100"})
    void theScaleEndsAtARoundNumberAboveEveryValue(double most, double end) {
        assertThat(chart(0, most, Double.NaN).scaleEnd()).isCloseTo(end, offset(1e-9));
    }

    @Test
    void everyPlaceHasAValue() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Chart("t", "x", "y", List.of("1", "2"), List.of(new Line("l", List.of(1.0)))));
    }
}
