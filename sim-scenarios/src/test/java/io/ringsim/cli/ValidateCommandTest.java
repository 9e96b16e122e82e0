package io.ringsim.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.input.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private static final String GOOD = Golden.resources() + "/scenarios/good/design.yaml";
    private static final String BAD = Golden.resources() + "/scenarios/bad-shape/typos.yaml";

    @Test
    void saysThatAFileIsGood() {
        Ran ran = Ran.with("validate", GOOD);

        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo(GOOD + ": grow-while-a-peer-flaps, 6 nodes, 3 steps, 2 expectations\n");
    }

    @Test
    void tellsEveryErrorOfEveryFile() {
        Ran ran = Ran.with("validate", BAD, GOOD);

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.out()).startsWith(GOOD);
        assertThat(ran.err())
                .contains(BAD + ":2:31: num_token: unknown key in ring.datacenters.dc1; did you mean num_tokens?\n"
                        + "    2 | ring: { datacenters: { dc1: { num_token: 16, nodes: 3 } } }\n"
                        + "      |                               ^^^^^^^^^\n")
                .contains("11 errors");
    }

    @Test
    void tellsErrorsAsData() {
        Ran ran = Ran.with("validate", BAD, GOOD, "--format", "json");

        assertThat(ran.exitCode()).isEqualTo(2);
        assertThat(ran.json().get(0).get("valid").asBoolean()).isFalse();
        assertThat(ran.json().get(0).get("errors").get(0).get("line").asInt()).isEqualTo(2);
        assertThat(ran.json().get(1).get("valid").asBoolean()).isTrue();
    }

    @Test
    void publishesTheSchema() {
        assertThat(Ran.with("validate", "--schema").json().get("$schema").asText())
                .contains("json-schema.org");
        assertThat(Ran.with("validate").exitCode()).isEqualTo(2);
    }

    @Test
    void suitesAreListedShownAndCopied(@TempDir Path folder) throws IOException {
        Path copy = folder.resolve("mine.yaml");
        Ran list = Ran.with("suite", "list", "--format", "json");
        Ran show = Ran.with("suite", "show", "bootstrap");
        Ran first = Ran.with("suite", "copy", "bootstrap", copy.toString());
        Ran second = Ran.with("suite", "copy", "decommission", copy.toString());

        assertThat(list.json())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(
                        suite -> assertThat(suite.get("description").asText()).isNotBlank());
        assertThat(show.out()).contains("ringsim: 1");
        assertThat(first.exitCode()).isZero();
        assertThat(Files.readString(copy)).isEqualTo(show.out());
        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(Ran.with("suite", "show", "bootstrp").err()).contains("did you mean bootstrap?");
        assertThat(Ran.with("validate", copy.toString()).exitCode()).isZero();
        list.json()
                .forEach(suite -> assertThat(
                                Ran.with("validate", suite.get("name").asText()).exitCode())
                        .isZero());
    }
}
