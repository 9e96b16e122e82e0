package io.ringsim.streaming.lane;

import io.ringsim.data.Bytes;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.AlignedBuffers;
import io.ringsim.streaming.lane.DataChannels.Address;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * How a connection for content begins.
 *
 * <pre>
 * sender      int 0x52534443, byte version 1, 3 bytes 0, 16 bytes key
 * receiver    byte 1 accepted, 2 version unknown, 3 key unknown; after the latter two it closes
 * </pre>
 */
@RealWorld("talks over a socket")
final class Greeting {
    private static final int MAGIC = 0x52534443;
    private static final byte VERSION = 1;
    private static final int KEY_BYTES = 16;
    private static final int BYTES = 2 * Integer.BYTES + KEY_BYTES;
    private static final int ACCEPTED = 1;
    private static final int VERSION_UNKNOWN = 2;
    private static final int KEY_UNKNOWN = 3;

    private final DataChannelSettings settings;

    Greeting(DataChannelSettings settings) {
        this.settings = settings;
    }

    /** Who connected, by the key shown. */
    record Guest(Bytes key, IncomingLane lane, Socket socket, OutputStream answers) {
        void answer(boolean known) throws IOException {
            Greeting.answer(answers, known ? ACCEPTED : KEY_UNKNOWN);
            socket.setSoTimeout(0);
        }
    }

    /** The sender's part; blocks until the answer is there. */
    OutgoingLane greet(SocketChannel channel, Address peer, Bytes key) throws IOException {
        var socket = channel.socket();
        socket.setSoTimeout(settings.connectMillis());
        var greeting = ByteBuffer.allocate(BYTES).putInt(MAGIC).put(VERSION).put(new byte[3]);
        key.writeTo(greeting);
        if (settings.tls().isEmpty()) {
            socket.getOutputStream().write(greeting.array());
            read(socket.getInputStream());
            socket.setSoTimeout(0);
            return new SocketLanes.Outgoing(channel);
        }
        var secure = client(settings.tls().get(), socket, peer);
        secure.getOutputStream().write(greeting.array());
        read(secure.getInputStream());
        secure.setSoTimeout(0);
        return new SecureLanes.Outgoing(channel, secure.getOutputStream());
    }

    private static void read(InputStream answers) throws IOException {
        int answer = answers.read();
        switch (answer) {
            case ACCEPTED -> {}
            case VERSION_UNKNOWN ->
                throw new IOException("the receiver does not know version " + VERSION
                        + " of the data channel; run the same version at both ends");
            case KEY_UNKNOWN -> throw new IOException("the receiver does not expect this content any more");
            case -1 -> throw new EOFException("the receiver closed the connection; do both ends use TLS, or neither?");
            default -> throw new IOException("the receiver answered " + answer + ", so it is no data channel");
        }
    }

    private static SSLSocket client(SSLContext tls, Socket socket, Address peer) throws IOException {
        var secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, peer.host(), peer.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    /** The receiver's part, but for its answer. */
    Guest receive(SocketChannel channel, AlignedBuffers buffers) throws IOException {
        var socket = channel.socket();
        socket.setSoTimeout(settings.connectMillis());
        if (settings.tls().isEmpty()) {
            var key = key(socket.getInputStream(), socket.getOutputStream());
            return new Guest(key, new SocketLanes.Incoming(channel, buffers), socket, socket.getOutputStream());
        }
        var secure = server(settings.tls().get(), socket);
        var key = key(secure.getInputStream(), secure.getOutputStream());
        var lane = new SecureLanes.Incoming(channel, secure.getInputStream());
        return new Guest(key, lane, secure, secure.getOutputStream());
    }

    /**
     * Made as if for a client: one that is made for a server, of bytes that were consumed before, closes the connection where
     * the peer ends it, and then fails for it is closed.
     */
    private static SSLSocket server(SSLContext tls, Socket socket) throws IOException {
        var from = socket.getInetAddress().getHostAddress();
        var secure = (SSLSocket) tls.getSocketFactory().createSocket(socket, from, socket.getPort(), true);
        secure.setUseClientMode(false);
        secure.setNeedClientAuth(true);
        secure.startHandshake();
        return secure;
    }

    private static Bytes key(InputStream in, OutputStream out) throws IOException {
        var greeting = ByteBuffer.wrap(in.readNBytes(BYTES));
        if (greeting.remaining() < BYTES) {
            throw new EOFException("it closed before it said what it is");
        }
        if (greeting.getInt() != MAGIC) {
            throw new IOException("it is no data channel");
        }
        int version = greeting.getInt() >>> 24;
        if (version != VERSION) {
            answer(out, VERSION_UNKNOWN);
            throw new IOException("it is in version " + version + ", known here is " + VERSION);
        }
        return Bytes.read(greeting, KEY_BYTES);
    }

    private static void answer(OutputStream out, int answer) throws IOException {
        out.write(answer);
        out.flush();
    }
}
