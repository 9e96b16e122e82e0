package io.ringsim.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** Files from another process to this one by {@link BareStream}. */
record BareTransfer(PeerProcess sender, List<Path> files, ExecutorService helpers) implements Alternation.Load {
    BareTransfer {
        files = List.copyOf(files);
    }

    @Override
    public Alternation.Work prepare() {
        var folder = BenchFolder.fresh("bare");
        var server = listen();
        return new Alternation.Work() {
            @Override
            public long run() {
                try {
                    sender.sendBare(port(server), files);
                    try (var socket = server.accept()) {
                        return BareStream.receive(socket, folder.path(), files.size(), helpers);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }

            @Override
            public void finish() {
                close(server);
                folder.close();
            }
        };
    }

    private static ServerSocketChannel listen() {
        try {
            return ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static int port(ServerSocketChannel server) throws IOException {
        return ((InetSocketAddress) server.getLocalAddress()).getPort();
    }

    private static void close(ServerSocketChannel server) {
        try {
            server.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
