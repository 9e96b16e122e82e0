package io.ringsim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunListener.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "1536, 1.5 KiB",
        "1048575, 1 MiB",
        "13172736, 12.6 MiB",
        "227633266688, 212 GiB",
        "9223372036854775807, 8 EiB"
    })
    void bytesHaveThreeDigits(long bytes, String text) {
        assertThat(Units.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.000000007S, 7ns",
        "PT0.0003S, 300us",
        "PT0.25S, 250ms",
        "PT12.5S, 12.5s",
        "PT59.999S, 60s",
        "PT4M32S, 4m32s",
        "PT3H, 3h",
        "PT3H12M59S, 3h12m",
        "PT51H, 2d3h",
        "-PT5S, -5s"
    })
    void durationsHaveTwoUnits(Duration duration, String text) {
        assertThat(Units.duration(duration)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT12.5S, 12.5s", "PT1M2.005S, 1m02.005s", "PT3H2M5.25S, 3h02m05.25s", "PT100H, 100h00m00s"
    })
    void momentsAreExactToTheMillisecond(Duration at, String text) {
        assertThat(Units.moment(at)).isEqualTo(text);
    }

    @Test
    void namesSortAsPeopleSortThem() {
        var names = new ArrayList<>(List.of("n10", "n2", "n1", "m", "10.0.0.10", "10.0.0.9", "n", "n02"));

        names.sort(NaturalOrder.INSTANCE);

        assertThat(names).containsExactly("10.0.0.9", "10.0.0.10", "m", "n", "n1", "n02", "n2", "n10");
    }

    @Test
    void logLinesReadAsNotes() {
        assertThat(LogLine.of(event(
                        "session-ended",
                        Map.of(
                                "operation", "bootstrap",
                                "peer", "n1",
                                "state", "COMPLETE",
                                "bytes_received", "12582912",
                                "retries", "0"))))
                .isEqualTo("12.5s n3 bootstrap: session with n1 ended: COMPLETE (received 12 MiB)");
        assertThat(LogLine.of(event("state", Map.of("state", "JOINING", "tokens", "1 2 3"))))
                .isEqualTo("12.5s n3 is JOINING (3 tokens)");
        assertThat(LogLine.of(event("fault", Map.of("fault", "partition", "detail", "n2 | n6"))))
                .isEqualTo("12.5s n3 fault: partition n2 | n6");
        assertThat(LogLine.of(event("something-new", Map.of("why", "a\nb"))))
                .isEqualTo("12.5s n3 something new (why a b)");
    }

    private static Event event(String kind, Map<String, String> fields) {
        return new Event(Duration.ofMillis(12_500), kind, Optional.of(new NodeId("n3")), new TreeMap<>(fields));
    }
}
