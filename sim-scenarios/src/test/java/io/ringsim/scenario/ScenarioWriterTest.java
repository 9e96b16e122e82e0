package io.ringsim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioWriterTest {
    static List<Path> good() {
        return Corpus.good();
    }

    private static Scenario again(Scenario scenario) {
        String text = ScenarioWriter.write(scenario);
        return ScenarioReader.read(Source.of("written.yaml", text), Path.of("."), List.of(), new Problems());
    }

    @ParameterizedTest
    @MethodSource("good")
    void readsBackWhatItWrote(Path file) {
        Scenario scenario = ScenarioReader.read(file);

        assertThat(again(scenario)).isEqualTo(scenario);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void readsBackAnyScenario(long seed) {
        for (int i = 0; i < 20; i++) {
            Scenario scenario = new AnyScenario(seed * 1_000 + i).scenario();

            assertThat(again(scenario)).isEqualTo(scenario);
        }
    }
}
