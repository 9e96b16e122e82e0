package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandsTest {
    static Stream<List<String>> everyCommand() {
        var shell = new Shell(System.out, System.err, System.in, Terminal.NONE, () -> {
            throw new IllegalStateException();
        });
        var all = new ArrayList<List<String>>();
        collect(Commands.commandLine(shell), List.of(), all);
        return all.stream();
    }

    private static void collect(CommandLine line, List<String> path, List<List<String>> all) {
        all.add(path);
        line.getSubcommands().forEach((name, sub) -> {
            var longer = new ArrayList<>(path);
            longer.add(name);
            collect(sub, longer, all);
        });
    }

    @ParameterizedTest
    @MethodSource("everyCommand")
    void everyCommandHasHelpWithAnExample(List<String> path) {
        var args = new ArrayList<>(path);
        args.add("--help");
        Ran ran = Ran.with(args.toArray(String[]::new));

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("Usage: ringsim").contains("Example");
        assertThat(ran.err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-V", "--version"})
    void tellsItsVersion(String option) {
        assertThat(Ran.with(option).out()).startsWith("ringsim ");
        assertThat(Ran.with("token", option).out()).startsWith("ringsim ");
    }

    @Test
    void wrongArgumentsNameThemselvesAndExitWithTwo() {
        Ran command = Ran.with("tokn", "x");
        Ran option = Ran.with("token", "--partitoner", "Murmur3Partitioner", "x");
        Ran missing = Ran.with("token", "x");
        Ran nothing = Ran.with();
        Ran format = Ran.with("token", "--partitioner", "Murmur3Partitioner", "--format", "xml", "x");

        assertThat(command.err()).contains("tokn").contains("token");
        assertThat(option.err()).contains("--partitoner").contains("--partitioner");
        assertThat(missing.err()).contains("--partitioner");
        assertThat(format.err()).contains("xml");
        assertThat(List.of(command, option, missing, nothing, format)).allSatisfy(ran -> {
            assertThat(ran.exitCode()).isEqualTo(2);
            assertThat(ran.out()).isEmpty();
            assertThat(ran.err()).doesNotContain("\tat ").contains("--help");
        });
    }

    @Test
    void aBugIsApologizedForAndShown() {
        Ran ran = Ran.with(
                (scenario, seed, listener) -> {
                    throw new IllegalStateException("a screw is loose");
                },
                "",
                "run",
                "bootstrap",
                "--out",
                System.getProperty("java.io.tmpdir") + "/ringsim-bug-test");

        assertThat(ran.exitCode()).isEqualTo(70);
        assertThat(ran.err())
                .contains("bug of ours")
                .contains("a screw is loose")
                .contains("\tat ");
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void printsVersionsAndCompletion() {
        assertThat(Ran.with("version").out()).containsPattern("Akka    2\\.[0-9]+\\.[0-9]+\n");
        assertThat(Ran.with("version", "--format", "json").json().get("java").asText())
                .isEqualTo(System.getProperty("java.version"));
        assertThat(Ran.with("completion").out()).contains("bootstrap").contains("complete ");
    }
}
