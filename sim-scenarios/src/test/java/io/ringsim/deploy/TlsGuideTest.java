package io.ringsim.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Hosts with TLS, with keys and configuration as the deployment guide prints them; and those who have no right key. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(Guide.PORTS)
class TlsGuideTest {
    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path folder;

    /** The third host without TLS, then with a key for which no certificate of theirs stands; each until it said that it cannot join. */
    private static final String INTRUDERS = """
            ringsim node --config host3.conf 2> plain.log & echo $! > plain.pid
            until grep -q "Couldn't join seed nodes" plain.log; do sleep 1; done
            kill -9 "$(cat plain.pid)"
            keytool -genkeypair -alias host -keystore foreign.p12 -storetype PKCS12 -storepass:env RINGSIM_KEY_PASSWORD \\
              -dname "CN=foreign" -keyalg EC -groupname secp256r1 -validity 2 -ext san=ip:127.0.0.3
            mv foreign.p12 host3.p12
            printf 'include "host3.conf"\\ninclude "tls.conf"\\n' > foreign.conf
            ringsim node --config foreign.conf 2> foreign.log & echo $! > foreign.pid
            until grep -q "Couldn't join seed nodes" foreign.log; do sleep 1; done
            ringsim status --live 127.0.0.1:7180
            """;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "elsewhere there is one loopback address, and the guide uses three")
    void hostsWithKeysMakeARingAndOthersAreRefused() throws IOException, InterruptedException {
        var guide = Guide.read("sim-scenarios/DEPLOYMENT.md");

        var done = guide.run(
                folder,
                block -> !block.file().isEmpty()
                        || block.section().equals("TLS")
                        || block.text().contains("> token"),
                INTRUDERS);

        assertThat(done.exitCode()).as(done.said()).isZero();
        assertThat(done.said().lines().filter(line -> line.startsWith("UN")))
                .as("nodes of the ring")
                .hasSize(4)
                .noneMatch(line -> line.contains("host3"));
        assertThat(folder.resolve("foreign.log")).content().contains("SSLHandshakeException", "bad_certificate");
        assertThat(guide.page()).contains("Couldn't join seed nodes", "SSLHandshakeException", "bad_certificate");
    }
}
