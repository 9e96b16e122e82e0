package io.ringsim.runtime.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeedsTest {
    private static Seeds seeds(Map<String, String> parameters) {
        return Seeds.of(200, name -> Optional.ofNullable(parameters.get(name)));
    }

    @Test
    void theTestSaysHowManyUnlessSomebodyElseDoes() {
        assertThat(seeds(Map.of())).isEqualTo(new Seeds(1, 200));
        assertThat(seeds(Map.of(Seeds.SEVERAL, "7"))).isEqualTo(new Seeds(1, 7));
        assertThat(seeds(Map.of(Seeds.SEVERAL, "-3..4")).each()).hasSize(8).startsWith(-3L);
        assertThat(seeds(Map.of(Seeds.ONE, "17"))).isEqualTo(new Seeds(17, 17));
        assertThat(seeds(Map.of(Seeds.ONE, "17", Seeds.SEVERAL, "1..5"))).isEqualTo(new Seeds(17, 17));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "many", "1..", "1-5", "5..1", "0", "99999999999999999999"})
    void whatIsNoneIsRefusedByName(String text) {
        assertThatThrownBy(() -> seeds(Map.of(Seeds.SEVERAL, text)))
                .isInstanceOf(ExtensionConfigurationException.class)
                .hasMessageContaining("seed");
    }
}
