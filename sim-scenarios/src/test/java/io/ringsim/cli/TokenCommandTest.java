package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenCommandTest {
    private static final String SIGNED_TAIL = "00104327529fb645dd00b883ec39ae448bb800000400066a6b00";

    @Test
    void printsTokensAsText() {
        Ran ran = Ran.with("token", "--partitioner", "Murmur3Partitioner", "alice", "bob");

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("""
                Key                   Token
                alice   5699955792253506986
                bob    -5396685590450884643
                """);
        assertThat(ran.err()).isEmpty();
    }

    @Test
    void printsTokensAsJson() {
        Ran ran = Ran.with(
                "token",
                "--partitioner",
                "org.apache.cassandra.dht.Murmur3Partitioner",
                "--format",
                "json",
                "--hex",
                SIGNED_TAIL);

        assertThat(ran.json()).hasSize(1);
        assertThat(ran.json().get(0).get("key").asText()).isEqualTo(SIGNED_TAIL);
        assertThat(ran.json().get(0).get("token").asText()).isEqualTo("-9223371632693506265");
    }

    @Test
    void readsKeysFromFilesAndStandardInput(@TempDir Path folder) throws IOException {
        Path keys = folder.resolve("keys.txt");
        Files.writeString(keys, "alice\r\nbob\n");

        Ran fromFile = Ran.with("token", "--partitioner", "RandomPartitioner", "--keys", keys.toString(), "-F", "csv");
        Ran fromInput = Ran.piped("alice\nbob\n", "token", "--partitioner", "RandomPartitioner", "-F", "csv", "-");

        assertThat(fromFile.out()).isEqualTo("""
                key,token
                alice,132283552702735894323332391932430538300
                bob,128118267179323009325140212587372598824
                """);
        assertThat(fromInput.out()).isEqualTo(fromFile.out());
    }

    @Test
    void printsOneObjectALine() {
        assertThat(Ran.with("token", "--partitioner", "OrderPreservingPartitioner", "-F", "ndjson", "a", "b")
                        .out())
                .isEqualTo("{\"key\":\"a\",\"token\":\"a\"}\n{\"key\":\"b\",\"token\":\"b\"}\n");
    }

    @Test
    void tellsAllThatIsWrongWithKeys(@TempDir Path folder) throws IOException {
        Path keys = folder.resolve("keys.txt");
        Files.writeString(keys, "0a\nzz\n");
        Ran ran = Ran.with(
                "token", "--partitioner", "Murmur3Partitioner", "--hex", "0x0b", "abc", "--keys", keys.toString());

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err())
                .contains("ringsim token: KEY 2: 'abc' is not hexadecimal; write two digits for each byte")
                .contains("keys.txt:2:1: 'zz' is not hexadecimal")
                .contains("2 errors, nothing was done");
    }

    @Test
    void refusesWhatIsNoPartitionerOrNoKey() {
        assertThat(Ran.with("token", "--partitioner", "Murmur4", "x").err())
                .contains("--partitioner: unknown partitioner 'Murmur4'; known are Murmur3Partitioner");
        assertThat(Ran.with("token", "--partitioner", "Murmur3Partitioner").err())
                .contains("no key is given");
        assertThat(Ran.with("token", "--partitioner", "OrderPreservingPartitioner", "--hex", "ff")
                        .exitCode())
                .isEqualTo(2);
    }
}
