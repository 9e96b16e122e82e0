package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The deployment guide, done as it is printed. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Guide.PORTS)
class DeploymentGuideTest {
    private static final String PAGE = "sim-scenarios/DEPLOYMENT.md";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is one loopback address, and the guide uses five")
    void aRingIsMadeOperatedAndTakenApartAsTheGuidePrintsIt() throws IOException, InterruptedException {
        var done = Guide.read(PAGE).run(folder, block -> !block.section().equals("TLS"), "echo 'all done'\n");

        assertThat(done.said()).endsWith("all done\n");
        assertThat(done.exitCode()).isZero();
        assertThat(done.said())
                .contains("refused, exit code 5", "has this directory", "alive\nready\n", "ringsim_ring_nodes_up 6")
                .contains("host3-2: DECOMMISSIONED");
        assertThat(Files.size(folder.resolve("host2-backup.tgz"))).isPositive();
        assertThat(folder.resolve("host3.log")).content().doesNotContain("ERROR");
    }

    @Test
    void theGuideNamesEveryKey() throws IOException {
        var keys = ConfigFactory.parseResources("reference.conf")
                .getConfig("ringsim.host")
                .root()
                .keySet();

        assertThat(Guide.read(PAGE).page())
                .contains(keys.stream().map(key -> "`" + key + "`").toList());
    }

    @Test
    void filesThatTheGuideNamesAreThere() throws IOException {
        var links = Pattern.compile("]\\(([^)#:]+)\\)").matcher(Guide.read(PAGE).page());
        while (links.find()) {
            assertThat(Path.of(System.getProperty("ringsim.root", ".."), "sim-scenarios", links.group(1)))
                    .exists();
        }
    }
}
