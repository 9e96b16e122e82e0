package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Golden;
import io.ringsim.runtime.Randomness;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file holds, a command ends with 0, 1 or 2, says why, and shows no stack trace. */
class BadInputTest {
    private static final List<List<String>> COMMANDS = List.of(
            List.of("ring", "FILE"),
            List.of("plan", "bootstrap", "--replication", "SimpleStrategy:2", "--node", "n9", "--ring", "FILE"),
            List.of("replicas", "--replication", "SimpleStrategy:1", "--ring", "FILE", "alice"),
            List.of("import", "ring", "FILE"),
            List.of("import", "status", "FILE"),
            List.of("import", "describering", "FILE"),
            List.of("import", "cassandra.yaml", "FILE"),
            List.of("import", "storage-conf", "FILE"),
            List.of("validate", "FILE"),
            List.of("run", "--dry-run", "FILE"));

    @TempDir
    private Path folder = Path.of("");

    private void check(byte[] content, String what) throws IOException {
        Path file = folder.resolve("input.txt");
        Files.write(file, content);
        for (List<String> command : COMMANDS) {
            String[] args = command.stream()
                    .map(word -> word.equals("FILE") ? file.toString() : word)
                    .toArray(String[]::new);
            Ran ran = Ran.with(args);

            assertThat(ran.exitCode())
                    .as(what + ", " + command + "\n" + ran.err())
                    .isIn(0, 1, 2);
            if (ran.exitCode() == 2) {
                assertThat(ran.err())
                        .as(what)
                        .containsPattern("input.txt|--node")
                        .doesNotContain("\tat ");
                assertThat(ran.out()).as(what + ", " + command).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cassandra-5.0.5/ring-joining.txt",
                "cassandra-5.0.5/status-joining.txt",
                "cassandra-5.0.5/describering-before.txt",
                "scenarios/good/everything.yaml",
                "config/cassandra-2.1.yaml",
                "config/storage-conf.xml"
            })
    void filesThatWereCutSplicedOrDamaged(String name) throws IOException {
        byte[] good = Files.readAllBytes(Golden.resources().resolve(name));
        var random = Randomness.of(name.hashCode());
        check(good, name);
        for (int i = 0; i < 5; i++) {
            int at = random.nextInt(good.length);
            byte[] cut = java.util.Arrays.copyOf(good, at);
            byte[] damaged = good.clone();
            for (int k = 0; k < 1 + 2 * i; k++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            byte[] doubled = java.util.Arrays.copyOf(good, good.length + at);
            System.arraycopy(good, 0, doubled, good.length, at);
            check(cut, name + " cut at " + at);
            check(damaged, name + " damaged " + i);
            check(doubled, name + " doubled " + at);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "\0\0\0",
                "\uFEFF",
                "{",
                "[]",
                "- - -",
                "a: &a [*a]",
                "ringsim: 1",
                "<Storage>",
                "<!DOCTYPE x><x/>",
                "Datacenter: \n==========\nAddress  Rack  Status State   Load  Owns  Token\n",
                "Datacenter: dc1\n==========\nAddress  Rack  Status State   Load  Owns  Token\n\n",
                "--  Address  Load  Tokens  Owns  Host ID  Rack\nUN",
                "TokenRange(start_token:1, end_token:2",
                "TokenRange:\n\tTokenRange(start_token:1, end_token:1, endpoints:[], rpc_endpoints:[], endpoint_details:[])",
                "lorem ipsum dolor sit amet"
            })
    void filesThatAreSomethingElse(String text) throws IOException {
        check(text.getBytes(StandardCharsets.UTF_8), text);
    }
}
