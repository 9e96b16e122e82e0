package io.ringsim.streaming.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.data.Bytes;
import io.ringsim.runtime.Randomness;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.streaming.lane.DataChannels.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may send content to a host, and who may not. */
class DataChannelsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final DataChannelSettings PLAIN = DataChannelSettings.at("localhost");

    @TempDir
    private Path directory;

    private static String send(DataChannels from, DataChannels to, String text) throws IOException {
        var arrived = new CompletableFuture<IncomingLane>();
        var landing = to.expect(arrived::complete);
        try (var opening = from.opening()) {
            var out = opening.connect(landing.address(), landing.key());
            var in = arrived.join();
            out.write(ByteBuffer.wrap(Bytes.utf8(text).toArray()));
            var read = in.read(text.length());
            var heard = new byte[read.remaining()];
            read.get(heard);
            out.close();
            assertThat(in.read(1).hasRemaining()).isFalse();
            in.close();
            return Bytes.wrap(heard).toUtf8();
        }
    }

    /** A key of its own, vouched for by itself. */
    private Path keyStore(String name) throws Exception {
        var path = directory.resolve(name + ".p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var command = List.of(
                keytool,
                "-genkeypair",
                "-alias",
                "host",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                path.toString(),
                "-storepass",
                new String(PASSWORD),
                "-storetype",
                "PKCS12");
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return path;
    }

    private static Path pem(Path store, boolean key) throws Exception {
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        var content = key
                ? keys.getKey("host", PASSWORD).getEncoded()
                : keys.getCertificate("host").getEncoded();
        var title = key ? "PRIVATE KEY" : "CERTIFICATE";
        var text = "-----BEGIN " + title + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END "
                + title + "-----\n";
        return Files.writeString(Path.of(store + (key ? ".key" : ".pem")), text);
    }

    private static SSLContext trusting(Path own, Path other) throws Exception {
        return Tls.ofPem(pem(own, false), pem(own, true), pem(other, false));
    }

    @Test
    void bytesArriveInTheOrderInWhichTheyWereSent() throws IOException {
        try (var here = DataChannels.open(PLAIN);
                var there = DataChannels.open(PLAIN)) {
            assertThat(send(here, there, "content")).isEqualTo("content");
        }
    }

    @Test
    void aKeyOpensOneLaneAndNoOther() throws IOException {
        try (var here = DataChannels.open(PLAIN);
                var there = DataChannels.open(PLAIN)) {
            var landing = there.expect(lane -> {});
            try (var first = here.opening();
                    var second = here.opening();
                    var guess = here.opening()) {
                first.connect(landing.address(), landing.key());
                assertThatThrownBy(() -> second.connect(landing.address(), landing.key()))
                        .hasMessageContaining("does not expect this content any more");
                assertThatThrownBy(() -> guess.connect(landing.address(), Bytes.wrap(new byte[16])))
                        .hasMessageContaining("does not expect this content any more");
            }
        }
    }

    @Test
    void whatIsNotExpectedAnyMoreIsRefused() throws IOException {
        try (var here = DataChannels.open(PLAIN);
                var there = DataChannels.open(PLAIN)) {
            var landing = there.expect(lane -> {});
            landing.close();
            try (var late = here.opening();
                    var own = there.opening()) {
                assertThatThrownBy(() -> late.connect(landing.address(), landing.key()))
                        .isInstanceOf(IOException.class);
                assertThatThrownBy(() -> own.connect(landing.address(), landing.key()))
                        .hasMessageContaining("any more");
            }
        }
    }

    @Test
    void aHostThatIsNotThereIsNamed() throws IOException {
        Address gone;
        try (var there = DataChannels.open(PLAIN)) {
            gone = there.address();
        }
        try (var here = DataChannels.open(PLAIN);
                var opening = here.opening()) {
            assertThatThrownBy(() -> opening.connect(gone, Bytes.wrap(new byte[16])))
                    .hasMessageContaining(gone.toString());
        }
    }

    @Test
    void garbageIsAnsweredByClosingAndHarmsNobody() throws IOException {
        try (var here = DataChannels.open(PLAIN);
                var there = DataChannels.open(PLAIN.withPatience(Duration.ofSeconds(2)))) {
            var chance = Randomness.of(5);
            for (int i = 0; i < 200; i++) {
                var garbage = new byte[24 + chance.nextInt(40)];
                chance.nextBytes(garbage);
                var address = new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), there.address().port());
                try (var socket = new Socket()) {
                    socket.connect(address);
                    socket.getOutputStream().write(garbage);
                    assertThat(closes(socket)).as("case %d", i).isTrue();
                }
            }
            assertThat(send(here, there, "content")).isEqualTo("content");
        }
    }

    /** Whether the other end closes, by whichever means TCP has. */
    private static boolean closes(Socket socket) {
        try {
            return socket.getInputStream().read() != 1;
        } catch (IOException reset) {
            return true;
        }
    }

    @Test
    void hostsThatTrustEachOtherEncrypt() throws Exception {
        var one = keyStore("one");
        var two = keyStore("two");
        try (var here = DataChannels.open(PLAIN.withTls(trusting(one, two)));
                var there = DataChannels.open(PLAIN.withTls(trusting(two, one)))) {
            assertThat(send(here, there, "secret")).isEqualTo("secret");
            assertThat(send(there, here, "secret")).isEqualTo("secret");
        }
    }

    /** Once the receiver of encrypted content failed when the sender was through before it. */
    @Test
    void whereASenderEndsALaneThereIsNoMoreEncryptedOrNot() throws Exception {
        var key = keyStore("one");
        for (var settings : List.of(PLAIN, PLAIN.withTls(trusting(key, key)))) {
            try (var here = DataChannels.open(settings);
                    var there = DataChannels.open(settings)) {
                var arrived = new CompletableFuture<IncomingLane>();
                var landing = there.expect(arrived::complete);
                try (var opening = here.opening()) {
                    opening.connect(landing.address(), landing.key()).write(ByteBuffer.allocate(7));
                }
                try (var in = arrived.get(1, TimeUnit.MINUTES)) {
                    assertThat(in.read(7).remaining()).isEqualTo(7);
                    assertThat(in.read(1).remaining()).isZero();
                    assertThat(in.read(1).remaining()).isZero();
                }
            }
        }
    }

    @Test
    void aHostWithoutACertificateThatIsTrustedIsRefused() throws Exception {
        var one = keyStore("one");
        var two = keyStore("two");
        var stranger = keyStore("stranger");
        try (var there = DataChannels.open(PLAIN.withTls(trusting(two, one)));
                var unknown = DataChannels.open(PLAIN.withTls(trusting(stranger, two)));
                var plain = DataChannels.open(PLAIN.withPatience(Duration.ofSeconds(2)))) {
            for (var from : List.of(unknown, plain)) {
                var arrived = new CompletableFuture<IncomingLane>();
                var landing = there.expect(arrived::complete);
                try (var opening = from.opening()) {
                    assertThatThrownBy(() -> opening.connect(landing.address(), landing.key()))
                            .isInstanceOf(IOException.class);
                }
                assertThat(arrived).isNotDone();
            }
        }
    }

    @Test
    void filesOfKeysThatAreNotWhatTheyShouldBeAreNamed() throws Exception {
        var store = keyStore("one");
        var wrong = Files.writeString(directory.resolve("wrong.pem"), "no key\n");
        assertThatThrownBy(() -> Tls.ofPem(pem(store, false), wrong, pem(store, false)))
                .hasMessageContaining("wrong.pem");
        assertThatThrownBy(() -> Tls.ofPem(wrong, pem(store, true), pem(store, false)))
                .hasMessageContaining("wrong.pem");
        assertThatThrownBy(() -> Tls.ofKeyStores(store, "other".toCharArray(), store, PASSWORD))
                .hasMessageContaining("one.p12");
        assertThat(Tls.ofKeyStores(store, PASSWORD, store, PASSWORD)).isNotNull();
    }

    /** Once such a thread stayed in the kernel for good, with its file and the connection. */
    @Test
    void cuttingAConnectionFreesWhoeverSendsAFileToAPeerThatTakesNothing() throws Exception {
        long bytes = 64L << 20; // more than the kernel holds on the way
        var disk = RealDisk.at(directory);
        try (var empty = disk.create("file")) {
            empty.write(ByteBuffer.allocate(1), bytes - 1);
        }
        try (var here = DataChannels.open(PLAIN);
                var there = DataChannels.open(PLAIN);
                var file = disk.openRead("file")) {
            var arrived = new CompletableFuture<IncomingLane>();
            var landing = there.expect(arrived::complete);
            var opening = here.opening();
            var out = opening.connect(landing.address(), landing.key());
            var sent = new CompletableFuture<IOException>();
            var sender = new Thread(() -> {
                try {
                    out.write(file, 0, bytes);
                    sent.completeExceptionally(new AssertionError("nobody took it"));
                } catch (IOException cut) {
                    sent.complete(cut);
                }
            });
            sender.setDaemon(true);
            sender.start();
            var in = arrived.get(1, TimeUnit.MINUTES);
            assertThat(in.read(1).remaining()).isEqualTo(1); // it is at it

            opening.close();

            assertThat(sent.get(1, TimeUnit.MINUTES)).isInstanceOf(IOException.class);
            in.close();
        }
    }
}
