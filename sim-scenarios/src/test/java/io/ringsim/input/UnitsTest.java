package io.ringsim.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.runtime.Randomness;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource({
        "512B, 512",
        "1 kB, 1000",
        "1KiB, 1024",
        "420GiB, 450971566080",
        "1.5TB, 1500000000000",
        "2_000MiB, 2097152000",
        "0B, 0"
    })
    void readsSizes(String text, long bytes) {
        assertThat(Units.size(text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"24MiB/s, 25165824", "200Mbit/s, 25000000", "10Gbit/s, 1250000000", "1.5kB/s, 1500", "unlimited, 0"})
    void readsRates(String text, long bytesPerSecond) {
        assertThat(Units.rate(text)).isEqualTo(bytesPerSecond);
    }

    @ParameterizedTest
    @CsvSource({
        "300us, 300000",
        "300\u00B5s, 300000",
        "4ms, 4000000",
        "1h30m, 5400000000000",
        "1.5s, 1500000000",
        "0s, 0"
    })
    void readsTimes(String text, long nanos) {
        assertThat(Units.time(text)).isEqualTo(Duration.ofNanos(nanos));
    }

    @ParameterizedTest
    @CsvSource({"60, 60", "20k, 20000", "50M, 50000000", "1_000, 1000"})
    void readsCounts(String text, long count) {
        assertThat(Units.count(text)).isEqualTo(count);
    }

    @ParameterizedTest
    @CsvSource({"0.01%, 0.0001", "30%, 0.3", "0.25, 0.25", "100%, 1", "1e-7, 0.0000001"})
    void readsShares(String text, double share) {
        assertThat(Units.share(text)).isEqualTo(share);
    }

    @Test
    void saysWhatWouldBeRight() {
        assertThatThrownBy(() -> Units.size("420"))
                .hasMessage("the size '420' has no unit; write 420GiB, 24MiB, 1.5TB or 512B");
        assertThatThrownBy(() -> Units.size("420GIB")).hasMessage("'GIB' is no unit of a size; did you mean GiB?");
        assertThatThrownBy(() -> Units.size("lots")).hasMessageStartingWith("'lots' is no size");
        assertThatThrownBy(() -> Units.size("-4GiB")).hasMessageStartingWith("'-4GiB' is no size");
        assertThatThrownBy(() -> Units.rate("24MiB")).hasMessageStartingWith("'MiB' is no unit of a rate");
        assertThatThrownBy(() -> Units.rate("0B/s")).hasMessageContaining("write unlimited for no limit");
        assertThatThrownBy(() -> Units.time("30")).hasMessageStartingWith("the time '30' has no unit");
        assertThatThrownBy(() -> Units.time("30 sec")).hasMessageStartingWith("'sec' is no unit of a time");
        assertThatThrownBy(() -> Units.time("99999999d")).hasMessageContaining("is too large");
        assertThatThrownBy(() -> Units.share("130%")).hasMessageContaining("more than the whole");
    }

    @Test
    void readsWhatItWrites() {
        var random = Randomness.of(7);
        for (int i = 0; i < 1_000; i++) {
            long value = random.nextLong(1L << random.nextInt(1, 62));
            assertThat(Units.size(Units.writeSize(value))).isEqualTo(value);
            assertThat(Units.rate(Units.writeRate(value))).isEqualTo(value);
            assertThat(Units.time(Units.writeTime(Duration.ofNanos(value)))).isEqualTo(Duration.ofNanos(value));
            double share = random.nextDouble();
            assertThat(Units.share(Units.writeShare(share))).isEqualTo(share);
        }
        assertThat(Units.writeSize(450_971_566_080L)).isEqualTo("420GiB");
        assertThat(Units.writeRate(1_250_000_000)).isEqualTo("10Gbit/s");
        assertThat(Units.writeRate(24L << 20)).isEqualTo("24MiB/s");
        assertThat(Units.writeTime(Duration.ofMinutes(90))).isEqualTo("1h30m");
    }

    @Test
    void suggestsTheWordThatWasMeant() {
        assertThat(Suggestion.closest("num_token", java.util.List.of("nodes", "num_tokens", "racks")))
                .contains("num_tokens");
        assertThat(Suggestion.closest("decomission", java.util.List.of("bootstrap", "decommission")))
                .contains("decommission");
        assertThat(Suggestion.closest("zebra", java.util.List.of("bootstrap", "decommission")))
                .isEmpty();
    }
}
