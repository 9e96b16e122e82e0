package io.ringsim.streaming.lane;

import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.DiskFile;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The two ends of a lane over TLS: what is encrypted has to pass through this process. */
final class SecureLanes {
    private static final int BYTES = 256 << 10;

    private SecureLanes() {}

    @RealWorld("writes to a socket")
    static final class Outgoing implements OutgoingLane {
        private final SocketChannel socket;
        private final OutputStream encrypted;
        private final byte[] bytes = new byte[BYTES];

        Outgoing(SocketChannel socket, OutputStream encrypted) {
            this.socket = socket;
            this.encrypted = encrypted;
        }

        @Override
        public void write(ByteBuffer from) throws IOException {
            while (from.hasRemaining()) {
                int some = Math.min(from.remaining(), BYTES);
                from.get(bytes, 0, some);
                encrypted.write(bytes, 0, some);
            }
        }

        @Override
        public void write(DiskFile file, long position, long count) throws IOException {
            for (long done = 0; done < count; ) {
                int most = (int) Math.min(BYTES, count - done);
                int some = file.read(ByteBuffer.wrap(bytes, 0, most), position + done);
                if (some <= 0) {
                    throw new EOFException(file.path() + " ends at " + file.size() + ", before " + (position + count));
                }
                encrypted.write(bytes, 0, some);
                done += some;
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    @RealWorld("reads from a socket")
    static final class Incoming implements IncomingLane {
        private final SocketChannel socket;
        private final InputStream decrypted;
        private final byte[] bytes = new byte[BYTES];

        Incoming(SocketChannel socket, InputStream decrypted) {
            this.socket = socket;
            this.decrypted = decrypted;
        }

        @Override
        public ByteBuffer read(int atMost) throws IOException {
            return ByteBuffer.wrap(bytes, 0, decrypted.readNBytes(bytes, 0, Math.min(BYTES, atMost)));
        }

        @Override
        public void cut() throws IOException {
            socket.close();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
