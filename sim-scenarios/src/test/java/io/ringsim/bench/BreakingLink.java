package io.ringsim.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntSupplier;

/** Passes connections on to a port of this machine; one of them breaks after some bytes, once it was told to. */
final class BreakingLink implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    /** How a link breaks. */
    enum Break {
        /** Both ends are told that the connection is over. */
        CLOSE,
        /** Nothing is taken from the sender any more. */
        STALL,
        /** What the sender sends is taken and gets lost. */
        SWALLOW
    }

    private record Plan(long afterBytes, Break how) {}

    private final ServerSocket server;
    private final IntSupplier to;
    private final Queue<Socket> open = new ConcurrentLinkedQueue<>();
    private final Queue<Plan> next = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean broke = new AtomicBoolean();

    private BreakingLink(ServerSocket server, IntSupplier to) {
        this.server = server;
        this.to = to;
    }

    /** Takes connections; whereto they go is asked for each. */
    static BreakingLink open(IntSupplier to) throws IOException {
        var link = new BreakingLink(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), to);
        run(link::accept);
        return link;
    }

    private static void run(Runnable task) {
        var thread = new Thread(task, "link");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next connection breaks when so many bytes of its sender passed. */
    void breakNext(long afterBytes, Break how) {
        broke.set(false);
        next.add(new Plan(afterBytes, how));
    }

    /** Whether it broke. */
    boolean broke() {
        return broke.get();
    }

    /** Gives up all connections. */
    void clear() {
        for (var socket = open.poll(); socket != null; socket = open.poll()) {
            close(socket);
        }
    }

    private void accept() {
        try {
            while (true) {
                var sender = server.accept();
                var receiver = new Socket(InetAddress.getLoopbackAddress(), to.getAsInt());
                open.add(sender);
                open.add(receiver);
                var plan = next.poll();
                var broken = new CompletableFuture<Break>();
                run(() -> pass(sender, receiver, plan == null ? new Plan(Long.MAX_VALUE, Break.CLOSE) : plan, broken));
                run(() -> answer(receiver, sender, broken));
            }
        } catch (IOException over) {
            assert server.isClosed() : over;
        }
    }

    private void pass(Socket sender, Socket receiver, Plan plan, CompletableFuture<Break> broken) {
        var bytes = new byte[BUFFER];
        try {
            long passed = 0;
            while (passed < plan.afterBytes()) {
                int some = sender.getInputStream().read(bytes, 0, (int) Math.min(BUFFER, plan.afterBytes() - passed));
                if (some < 0) {
                    close(sender, receiver);
                    return;
                }
                receiver.getOutputStream().write(bytes, 0, some);
                passed += some;
            }
            broke.set(true);
            broken.complete(plan.how());
            switch (plan.how()) {
                case CLOSE -> close(sender, receiver);
                case STALL -> {}
                case SWALLOW -> {
                    while (sender.getInputStream().read(bytes) >= 0) {
                        // lost
                    }
                    sender.close();
                }
            }
        } catch (IOException over) {
            close(sender, receiver);
        }
    }

    /** What the receiver says, and that an end gave up; a broken link passes neither on. */
    private static void answer(Socket receiver, Socket sender, CompletableFuture<Break> broken) {
        try {
            for (int word = receiver.getInputStream().read();
                    word >= 0;
                    word = receiver.getInputStream().read()) {
                sender.getOutputStream().write(word);
            }
            receiver.close();
            if (!broken.isDone()) {
                sender.close();
            }
        } catch (IOException over) {
            if (!broken.isDone()) {
                close(sender, receiver);
            }
        }
    }

    private static void close(Socket... sockets) {
        for (var socket : sockets) {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new AssertionError(failed);
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        clear();
    }
}
