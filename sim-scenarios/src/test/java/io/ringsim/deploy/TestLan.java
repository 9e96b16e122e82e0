package io.ringsim.deploy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network between the hosts of a test. Where that is allowed (on Linux, as root, with {@code ip}) each host has a network
 * namespace of its own, all plugged into one switch, and a cable can be pulled; elsewhere they share the loopback address.
 */
final class TestLan implements AutoCloseable {
    private static final int PORT = 25520;
    private static final int ADMIN = 7180;

    /** Where a host is, and what its command line begins with. */
    record Place(String address, int port, int admin, List<String> command) {
        String seed() {
            return address + ":" + port;
        }
    }

    private final String name = "rs" + ProcessHandle.current().pid();

    /** Of the addresses that are for testing networks (RFC 2544); another for each process. */
    private final String subnet = "198." + (18 + pid() % 2) + "." + (pid() / 2 % 256) + ".";

    private final List<String> namespaces = new ArrayList<>();
    private final Optional<String> whyNoCables;
    private final Thread sweeper = new Thread(this::sweep, "lan-sweeper");

    TestLan() {
        whyNoCables = install();
        Runtime.getRuntime().addShutdownHook(sweeper);
    }

    private static long pid() {
        return ProcessHandle.current().pid();
    }

    private Optional<String> install() {
        try {
            namespace(name);
            ip("-n " + name + " link add br0 type bridge");
            ip("-n " + name + " link set br0 up");
            ip("link add " + name + " type veth peer name root netns " + name);
            ip("-n " + name + " link set root master br0");
            ip("-n " + name + " link set root up");
            ip("addr add " + subnet + "1/24 dev " + name);
            ip("link set " + name + " up");
            return Optional.empty();
        } catch (IOException refused) {
            sweep();
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    /** Why no cable can be pulled; nothing when one can. */
    Optional<String> whyNoCables() {
        return whyNoCables;
    }

    /** Where the next host is. */
    Place place(String host) throws IOException {
        if (whyNoCables.isPresent()) {
            return new Place("127.0.0.1", freePort(), freePort(), List.of());
        }
        var space = name + "-" + host;
        var address = subnet + (1 + namespaces.size());
        namespace(space);
        ip("-n " + name + " link add " + host + " type veth peer name eth0 netns " + space);
        ip("-n " + name + " link set " + host + " master br0");
        ip("-n " + space + " addr add " + address + "/24 dev eth0");
        ip("-n " + space + " link set lo up");
        ip("-n " + space + " link set eth0 up");
        plug(host);
        return new Place(address, PORT, ADMIN, List.of("ip", "netns", "exec", space));
    }

    /** Pulls the cable: nothing is closed, nothing arrives, in either direction. */
    void cut(String host) throws IOException {
        ip("-n " + name + " link set " + host + " down");
    }

    void plug(String host) throws IOException {
        ip("-n " + name + " link set " + host + " up");
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void namespace(String called) throws IOException {
        ip("netns add " + called);
        namespaces.add(called);
    }

    private static void ip(String arguments) throws IOException {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments.split(" ", -1)));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": " + said.strip());
            }
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    /** With a namespace go its ends of cables, and with each end the other. */
    private synchronized void sweep() {
        for (var namespace : namespaces) {
            try {
                ip("netns del " + namespace);
            } catch (IOException left) {
                System.err.println("a network namespace is left: " + left.getMessage());
            }
        }
        namespaces.clear();
    }

    @Override
    public void close() {
        sweep();
        Runtime.getRuntime().removeShutdownHook(sweeper);
    }
}
