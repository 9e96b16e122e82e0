package io.ringsim.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopTest {
    private static final Path ROOT = Path.of(System.getProperty("ringsim.root", ".."));

    @Test
    void theReadmePrintsThisProgramAsItIs() throws IOException {
        var source = Files.readString(ROOT.resolve("sim-scenarios/src/test/java/io/ringsim/example/Shop.java"));

        assertThat(Files.readString(ROOT.resolve("README.md"))).contains("```java\n" + source + "```\n");
    }

    @Test
    void itKeepsItsOrdersFromOneRunToTheNext(@TempDir Path directory) throws IOException, InterruptedException {
        for (int run = 0; run < 2; run++) {
            var process = new ProcessBuilder(
                            ProcessHandle.current().info().command().orElse("java"),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Shop.class.getName(),
                            directory.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(process.waitFor()).isZero();
            assertThat(said).isEqualTo("written\norders of alice: 1\n");
        }
        assertThat(directory.resolve("shop-3")).isDirectory();
    }
}
