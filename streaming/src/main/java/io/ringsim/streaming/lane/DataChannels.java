package io.ringsim.streaming.lane;

import io.ringsim.data.Bytes;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.AlignedBuffers;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a host takes content for its nodes, and opens lanes to others. Whoever expects content gets an address and a key that
 * nobody can guess, to be told to the sender over the network that carries messages; a connection without such a key is
 * closed. A lane to a node of the same host takes no connection.
 */
@RealWorld("listens on a socket, with a thread of its own")
public final class DataChannels implements Closeable {
    private static final Logger LOG = LoggerFactory.getLogger(DataChannels.class);
    private static final int KEY_BYTES = 16;
    private static final long IDLE_SECONDS = 10;
    /** Large enough that a call to the system costs nothing, small enough for the processor's cache. */
    private static final int BUFFER = 1 << 20;

    private static final int BUFFERS = 64;

    private final DataChannelSettings settings;
    private final ServerSocketChannel server;
    private final int port;
    private final Address address;
    private final Greeting greeting;
    private final AlignedBuffers buffers = new AlignedBuffers(BUFFER, BUFFERS);
    private final SecureRandom random = new SecureRandom();
    private final Map<Bytes, Consumer<IncomingLane>> expected = new ConcurrentHashMap<>();
    private final ExecutorService greeters;

    /** Where a host takes content. */
    public record Address(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    private DataChannels(DataChannelSettings settings, ServerSocketChannel server, int port) {
        this.settings = settings;
        this.server = server;
        this.port = port;
        this.address =
                new Address(settings.advertised(), settings.advertisedPort() == 0 ? port : settings.advertisedPort());
        this.greeting = new Greeting(settings);
        this.greeters = new ThreadPoolExecutor(
                0,
                settings.maxGreetings(),
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> daemon(task, "ringsim-data-greeting"));
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins to listen.
     *
     * @throws IOException when the address cannot be had; the message says which
     */
    public static DataChannels open(DataChannelSettings settings) throws IOException {
        var server = ServerSocketChannel.open();
        try {
            server.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            server.bind(new InetSocketAddress(settings.bind(), settings.port()));
            int port = ((InetSocketAddress) server.getLocalAddress()).getPort();
            var channels = new DataChannels(settings, server, port);
            daemon(channels::accept, "ringsim-data-accept").start();
            return channels;
        } catch (IOException failed) {
            server.close();
            throw new IOException(
                    "cannot take content at " + settings.bind() + ":" + settings.port() + ": " + failed.getMessage()
                            + "; choose another port, or 0 for any that is free",
                    failed);
        }
    }

    /** Where this host takes content, as peers are told. */
    public Address address() {
        return address;
    }

    /** The port it listens at. */
    public int port() {
        return port;
    }

    /** Where one sender's content may come in; once. */
    public final class Landing implements Closeable {
        private final Bytes key;

        private Landing(Bytes key) {
            this.key = key;
        }

        public Bytes key() {
            return key;
        }

        public Address address() {
            return address;
        }

        /** Expects nothing any more. */
        @Override
        public void close() {
            expected.remove(key);
        }
    }

    /**
     * Expects one lane.
     *
     * @param arrived is given it, on another thread
     */
    public Landing expect(Consumer<IncomingLane> arrived) {
        var bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        var key = Bytes.wrap(bytes);
        expected.put(key, arrived);
        return new Landing(key);
    }

    /** A connection on its way to become a lane; cut, it never will. */
    public final class Opening implements Closeable {
        private final SocketChannel socket;
        private final LocalLane local = new LocalLane(buffers);

        private Opening() throws IOException {
            socket = SocketChannel.open();
        }

        /** Connects, and shows the key; blocks until the other end accepts it. */
        public OutgoingLane connect(Address peer, Bytes key) throws IOException {
            if (peer.equals(address)) {
                socket.close();
                return local(local, key);
            }
            try {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                socket.socket().connect(new InetSocketAddress(peer.host(), peer.port()), settings.connectMillis());
                return greeting.greet(socket, peer, key);
            } catch (IOException failed) {
                socket.close();
                throw new IOException("cannot send content to " + peer + ": " + failed.getMessage(), failed);
            }
        }

        @Override
        public void close() throws IOException {
            local.close();
            cut();
        }

        /** Closing alone leaves a thread that sends a file to a peer that takes nothing where it is, and its file open. */
        private void cut() throws IOException {
            try {
                if (socket.isConnected()) {
                    socket.shutdownOutput();
                }
            } catch (IOException gone) {
                LOG.debug("a connection for content was gone before it was cut", gone);
            } finally {
                socket.close();
            }
        }
    }

    public Opening opening() throws IOException {
        return new Opening();
    }

    private OutgoingLane local(LocalLane lane, Bytes key) throws IOException {
        var arrived = expected.remove(key);
        if (arrived == null) {
            throw new IOException("nothing is expected at " + address + " any more");
        }
        arrived.accept(lane);
        return lane;
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                var socket = server.accept();
                try {
                    greeters.execute(() -> welcome(socket));
                } catch (RejectedExecutionException busy) {
                    LOG.warn("too many connections for content at once at {}: one was closed", address);
                    socket.close();
                }
            } catch (IOException failed) {
                if (server.isOpen()) {
                    LOG.warn("cannot accept a connection for content at {}: {}", address, failed.getMessage());
                }
            }
        }
    }

    private void welcome(SocketChannel socket) {
        try {
            var from = String.valueOf(socket.getRemoteAddress());
            try {
                socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                var guest = greeting.receive(socket, buffers);
                var arrived = expected.remove(guest.key());
                guest.answer(arrived != null);
                if (arrived == null) {
                    throw new IOException("its key is not one that is expected");
                }
                arrived.accept(guest.lane());
            } catch (IOException refused) {
                LOG.warn("refused a connection for content from {} at {}: {}", from, address, refused.getMessage());
                socket.close();
            }
        } catch (IOException gone) {
            LOG.debug("a connection for content broke before it was known from where", gone);
        }
    }

    /** Ends listening; lanes that are open stay. */
    @Override
    public void close() throws IOException {
        server.close();
        greeters.shutdown();
        expected.clear();
    }
}
