package io.ringsim.streaming.lane;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.data.Bytes;
import io.ringsim.runtime.Randomness;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What anybody may send to where a host takes content. {@code -Dringsim.cases=10000} tries more. */
class GreetingFuzzTest {
    private static final int CASES = Integer.getInteger("ringsim.cases", 300);
    private static final int GREETING = 24;
    private static final int SECONDS = 30;

    @Test
    void strangersAreSentAwayAndTheOneExpectedStillComesIn() throws Exception {
        try (var channels = DataChannels.open(DataChannelSettings.at("localhost"))) {
            var arrived = new ArrayBlockingQueue<IncomingLane>(1);
            try (var landing = channels.expect(arrived::add)) {
                for (int i = 0; i < CASES; i++) {
                    int answer = said(channels.address(), stranger(Randomness.of(i)));
                    assertThat(answer).as("case %d", i).isIn(-1, 2, 3);
                }
                assertThat(arrived).isEmpty();

                var opening = DataChannels.open(DataChannelSettings.at("localhost"));
                try (opening;
                        var lane = opening.opening().connect(channels.address(), landing.key())) {
                    lane.write(ByteBuffer.wrap("content".getBytes(StandardCharsets.UTF_8)));

                    try (var landed = arrived.poll(SECONDS, TimeUnit.SECONDS)) {
                        assertThat(landed).isNotNull();
                        assertThat(Bytes.wrap(read(landed, 7)).toUtf8()).isEqualTo("content");
                    }
                }
            }
        }
    }

    private static byte[] read(IncomingLane lane, int count) throws IOException {
        var into = ByteBuffer.allocate(count);
        while (into.hasRemaining()) {
            into.put(lane.read(into.remaining()));
        }
        return into.array();
    }

    /** Says that and no more; what is answered, -1 when nothing. */
    private static int said(DataChannels.Address to, byte[] bytes) throws IOException {
        try (var socket = new Socket(to.host(), to.port())) {
            socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
            socket.getOutputStream().write(bytes);
            socket.shutdownOutput();
            return socket.getInputStream().read();
        } catch (java.net.SocketException reset) {
            return -1; // it was closed before all was said
        }
    }

    /** A greeting that is cut, too long, in another version, of another key, with bits turned over, or none at all. */
    private static byte[] stranger(Randomness chance) {
        var greeting =
                ByteBuffer.allocate(GREETING).putInt(0x52534443).put((byte) 1).put(new byte[3]);
        var key = new byte[16];
        chance.nextBytes(key);
        var right = greeting.put(key).array();
        return switch (chance.nextInt(5)) {
            case 0 -> java.util.Arrays.copyOf(right, chance.nextInt(GREETING));
            case 1 -> java.util.Arrays.copyOf(right, GREETING + chance.nextInt(100_000));
            case 2 -> {
                right[chance.nextInt(GREETING)] ^= (byte) (1 << chance.nextInt(Byte.SIZE));
                yield right;
            }
            case 3 -> {
                var garbage = new byte[chance.nextInt(1_000)];
                chance.nextBytes(garbage);
                yield garbage;
            }
            default -> right;
        };
    }
}
