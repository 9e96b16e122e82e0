package io.ringsim.ring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class Murmur3PartitionerTest {
    @Test
    void hashesAsCassandraDoes() {
        var key = HexFormat.of().parseHex("00104327529fb645dd00b883ec39ae448bb800000400066a6b00");

        var token = Partitioner.MURMUR3.token(key);

        assertThat(token).hasToString("-9223371632693506265");
    }
}
