package io.ringsim.streaming.lane;

import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.AlignedBuffers;
import io.ringsim.storage.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** The two ends of a lane over a plain TCP connection. */
final class SocketLanes {
    private SocketLanes() {}

    /** Files go from the page cache to the socket, without passing through this process. */
    @RealWorld("writes to a socket")
    record Outgoing(SocketChannel socket) implements OutgoingLane {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                socket.write(bytes);
            }
        }

        @Override
        public void write(DiskFile file, long position, long count) throws IOException {
            for (long done = 0; done < count; ) {
                long some = file.transferTo(position + done, count - done, socket);
                if (some <= 0) {
                    throw new EOFException(file.path() + " ends at " + file.size() + ", before " + (position + count));
                }
                done += some;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Fills a buffer of its own. */
    @RealWorld("reads from a socket")
    static final class Incoming implements IncomingLane {
        private final SocketChannel socket;
        private final AlignedBuffers buffers;
        /** None before the first read, and after the last. */
        private @Nullable ByteBuffer buffer;

        private boolean ended;

        Incoming(SocketChannel socket, AlignedBuffers buffers) {
            this.socket = socket;
            this.buffers = buffers;
        }

        @Override
        public ByteBuffer read(int atMost) throws IOException {
            var into = buffer == null ? buffers.take() : buffer;
            buffer = into;
            into.clear().limit(Math.min(into.capacity(), atMost));
            while (!ended && into.hasRemaining()) {
                ended = socket.read(into) < 0;
            }
            return into.flip();
        }

        @Override
        public void cut() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            if (buffer != null) {
                buffers.giveBack(buffer);
                buffer = null;
            }
            socket.close();
        }
    }
}
