package io.ringsim.streaming.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringsim.storage.disk.AlignedBuffers;
import io.ringsim.storage.disk.DiskFile;
import io.ringsim.storage.disk.SimulatedDisk;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LocalLaneTest {
    private static final int BUFFER = 4 << 10;
    private static final int BYTES = 100_000;

    private final byte[] content = new byte[BYTES];
    private final LocalLane lane = new LocalLane(new AlignedBuffers(BUFFER, 2));
    private DiskFile file;

    @BeforeEach
    void makeFile() throws IOException {
        new Random(1).nextBytes(content);
        file = SimulatedDisk.empty().create("file");
        file.write(ByteBuffer.wrap(content), 0);
    }

    @AfterEach
    void closeFile() throws IOException {
        file.close();
    }

    /** Sends parts of the file one after another, and closes the lane. */
    private CompletableFuture<Void> send(int... lengths) {
        return CompletableFuture.runAsync(() -> {
            try (lane) {
                int at = 0;
                for (int length : lengths) {
                    lane.write(file, at, length);
                    at += length;
                }
            } catch (IOException failed) {
                throw new IllegalStateException(failed);
            }
        });
    }

    @Test
    void whatIsReadFromAFileArrivesWholeInWhateverPiecesItIsAskedFor() throws IOException {
        var random = new Random(2);
        var sent = send(1, BUFFER, 3 * BUFFER + 7, BYTES - 4 * BUFFER - 8);
        var arrived = ByteBuffer.allocate(BYTES);

        for (var some = lane.read(10); some.hasRemaining(); some = lane.read(1 + random.nextInt(2 * BUFFER))) {
            arrived.put(some);
        }

        sent.join();
        assertThat(arrived.array()).isEqualTo(content);
    }

    @Test
    void aSenderWhoseReceiverIsGoneIsTold() throws IOException {
        var sent = send(BYTES);
        lane.read(BUFFER);

        lane.close();

        assertThatThrownBy(sent::join).rootCause().hasMessage("the receiver closed the lane");
    }

    @Test
    void aFileThatBecameShorterIsTold() {
        var sent = CompletableFuture.supplyAsync(this::drained);

        assertThatThrownBy(() -> lane.write(file, BYTES - 10, 11))
                .isInstanceOf(EOFException.class)
                .hasMessageStartingWith("file ends at 100000");
        lane.close();
        assertThat(sent.join()).isZero();
    }

    private int drained() {
        try {
            int all = 0;
            for (var some = lane.read(BUFFER); some.hasRemaining(); some = lane.read(BUFFER)) {
                all += some.remaining();
            }
            return all;
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
