package io.ringsim.network.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.network.Inbox;
import io.ringsim.network.Letter;
import io.ringsim.ring.NodeId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {
    private static final String PASSWORD = "only-for-this-test";

    @Test
    void hostsTalkOverTlsByConfigurationAlone(@TempDir Path folder) throws IOException, InterruptedException {
        var a = new NodeId("a");
        var b = new NodeId("b");
        var settings = tls(keyStore(folder));

        try (var first = TestHost.start(settings);
                var second = TestHost.start(settings)) {
            Hosts hosts = node -> Optional.of(node.equals(a) ? first.address() : second.address());
            var told = new LinkedBlockingQueue<String>();
            HostNetwork.create(second.system(), hosts, HostNetworkSettings.defaults())
                    .attach(b, Letter.RADIO, Inbox.ofDatagrams((from, letter) -> told.add(letter.text())));
            var network = HostNetwork.create(first.system(), hosts, HostNetworkSettings.defaults());

            network.send(a, b, Letter.RADIO, Letter.of("in secret"));
            var text = told.poll(20, TimeUnit.SECONDS);
            if (text == null) { // the first handshake took longer than the patience, and a datagram may be lost
                network.send(a, b, Letter.RADIO, Letter.of("in secret"));
                text = told.poll(40, TimeUnit.SECONDS);
            }

            assertThat(text).isEqualTo("in secret");
            // Over TLS an ActorSystem now and then ends only when its peer does (Akka 2.6.21)
            first.system().terminate();
        }
    }

    private static Path keyStore(Path folder) throws IOException, InterruptedException {
        var store = folder.resolve("host.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var made = new ProcessBuilder(
                        keytool,
                        "-genkeypair",
                        "-alias",
                        "host",
                        "-keyalg",
                        "RSA",
                        "-keysize",
                        "2048",
                        "-dname",
                        "CN=127.0.0.1",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .inheritIO()
                .start();
        assertThat(made.waitFor()).isZero();
        return store;
    }

    private static String tls(Path store) {
        return "akka.remote.artery { transport = tls-tcp, ssl.config-ssl-engine { key-store = \"" + store
                + "\", trust-store = \"" + store + "\", key-password = " + PASSWORD + ", key-store-password = "
                + PASSWORD + ", trust-store-password = " + PASSWORD + ", protocol = \"TLSv1.3\","
                + " enabled-algorithms = [TLS_AES_256_GCM_SHA384] } }";
    }
}
