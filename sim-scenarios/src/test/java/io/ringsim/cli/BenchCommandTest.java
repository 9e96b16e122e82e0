package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.bench.BenchResult;
import io.ringsim.bench.Figures;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {
    private static final List<BenchResult> RESULTS = List.of(
            BenchResult.alone("nodes-10/bytes", "per node and second", Figures.exactly(1_500)),
            new BenchResult("full-1k", "CPU s/simulated s", Figures.exactly(0.05), Figures.exactly(0.1), "aim", false));

    @Test
    void moreIsMeasuredOnlyWhereThereIsMore() {
        Ran ran = Ran.with("bench", "plan", "--full");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--full", "plan has no more to measure");
    }

    @Test
    void onlyStreamingHasASlowReceiver() {
        Ran ran = Ran.with("bench", "storage", "--slow-receiver");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("--slow-receiver", "it is a benchmark of streaming");
    }

    @Test
    void refusesAFileItCannotWriteBeforeItMeasures() {
        Ran ran = Ran.with("bench", "gossip", "-o", "gossip.pdf");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.err()).contains("gossip.pdf", "use .html");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void aFigureWithoutAReferenceStandsAlone() {
        assertThat(BenchTable.csv(RESULTS))
                .contains("nodes-10/bytes,per node and second,1500.0,,,\n")
                .contains("full-1k,CPU s/simulated s,0.05,0.1,aim,2.0\n");
        assertThat(BenchTable.text(RESULTS).toString()).contains("1,500").doesNotContain("NaN");
    }
}
