package io.ringsim.runtime.junit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReadmeTest {
    private static final Path ROOT = Path.of(System.getProperty("ringsim.root", ".."));

    @Test
    void theExampleOfTheReadmeIsATestThatRuns() throws IOException {
        var source = Files.readString(ROOT.resolve("core/src/test/java/io/ringsim/runtime/junit/AuctionTest.java"));

        assertThat(Files.readString(ROOT.resolve("README.md")))
                .contains(source.substring(source.indexOf("class AuctionTest")));
    }
}
