package io.ringsim.network.remote;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import io.ringsim.data.Bytes;
import io.ringsim.network.Letter;
import io.ringsim.network.wire.UnreadableException;
import io.ringsim.network.wire.WireCodec;
import io.ringsim.ring.NodeId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrameSerializerTest {
    private static final NodeId A = new NodeId("a");
    private static final NodeId B = new NodeId("b");

    private final TestHost host = TestHost.start();
    private final FrameSerializer serializer =
            new FrameSerializer((ExtendedActorSystem) Adapter.toClassic(host.system()));
    private final WireCodec codec = new WireCodec(1 << 20);
    private List<Frame> frames = List.of();

    @BeforeAll
    void makeFrames() {
        ActorRef<Frame> office = ActorRefResolver.get(host.system())
                .resolveActorRef("akka://ring@127.0.0.1:7/system/" + PostOffice.NAME + "#4711");
        var body = Bytes.wrap(codec.write(new Letter("dear b", 300)));
        frames = List.of(
                new Frame.Envelope(3, 1, 1L << 40, A, B, "post", "Letter", body),
                new Frame.Envelope(3, 0, 0, A, B, "radio", "Letter", Bytes.EMPTY),
                new Frame.Reset(3, 12, B, A, "post", "connection reset by b"),
                new Frame.Pulse(Long.MAX_VALUE, 128, 127),
                new Frame.Hello(1, 9, office),
                new Frame.Welcome(9, 1, 10, office),
                new Frame.Goodbye(9, "\u00fcber"));
    }

    @AfterAll
    void stop() {
        host.close();
    }

    @Test
    void readsEveryFrameAsItWasWritten() {
        for (var frame : frames) {
            assertThat(serializer.fromBinary(serializer.toBinary(frame), serializer.manifest(frame)))
                    .isEqualTo(frame);
            var buffer = ByteBuffer.allocate(1000);
            serializer.toBinary(frame, buffer);
            buffer.flip();
            assertThat(serializer.fromBinary(buffer, serializer.manifest(frame)))
                    .isEqualTo(frame);
        }
    }

    @Test
    void saysOfANewerVersionsFrameOnWhichLineItCame() {
        for (var frame : frames.subList(0, 4)) {
            var bytes = serializer.toBinary(frame);
            bytes[0] = 2;

            assertThat(serializer.fromBinary(bytes, serializer.manifest(frame)))
                    .isEqualTo(new Frame.Unreadable(frame.line(), "a frame of version 2, not 1"));
        }
    }

    @Test
    void readsTheGreetingsOfANewerVersion() {
        for (var frame : frames.subList(4, 7)) {
            var bytes = serializer.toBinary(frame);
            bytes[0] = 2;

            assertThat(serializer.fromBinary(bytes, serializer.manifest(frame))).isEqualTo(frame);
        }
    }

    @Test
    void doesNotKnowFramesOfOtherKinds() {
        assertThat(serializer.fromBinary(new byte[] {1, 7}, "Z")).isInstanceOf(Frame.Unreadable.class);
        assertThat(serializer.fromBinary(new byte[] {}, "E")).isInstanceOf(Frame.Unreadable.class);
    }

    @Test
    void aHeaderTakesLessThanFortyBytes() {
        var envelope = new Frame.Envelope(
                3, 1, 1000, new NodeId("n17"), new NodeId("n4711"), "streaming", "Received", Bytes.EMPTY);

        assertThat(serializer.toBinary(envelope)).hasSizeLessThan(40);
    }

    @Test
    void flippedBitsAreReadOrRefusedButNeverThrow() {
        var random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            var frame = frames.get(random.nextInt(frames.size()));
            var bytes = serializer.toBinary(frame);
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            readAll(bytes, serializer.manifest(frame));
        }
    }

    @Test
    void randomBytesAreReadOrRefusedButNeverThrow() {
        var random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            var bytes = new byte[random.nextInt(80)];
            random.nextBytes(bytes);
            readAll(bytes, serializer.manifest(frames.get(random.nextInt(frames.size()))));
        }
    }

    private void readAll(byte[] bytes, String manifest) {
        var frame = serializer.fromBinary(bytes, manifest);
        assertThat(frame).isInstanceOf(Frame.class);
        if (frame instanceof Frame.Envelope envelope) {
            try {
                assertThat(codec.read(Letter.class, envelope.body().toArray())).isNotNull();
            } catch (UnreadableException refused) {
                assertThat(refused.getMessage()).startsWith("Letter").doesNotContain("\n");
            }
        }
    }
}
