package io.ringsim.streaming.lane;

import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * How a host takes content.
 *
 * @param bind the address it listens at
 * @param port 0 for any that is free
 * @param advertised the host name or address that peers are told
 * @param advertisedPort the port that peers are told, when something between passes their connections on; 0 for the one it
 *     listens at
 * @param tls with it, both ends of every connection encrypt, and prove who they are by a certificate that the other trusts;
 *     without, whoever knows the key that was told over the network of messages may send
 * @param patience within which a connection has to be made, and has to say what it is
 * @param maxGreetings connections that may be about to say what they are; more are closed
 */
public record DataChannelSettings(
        String bind,
        int port,
        String advertised,
        int advertisedPort,
        Optional<SSLContext> tls,
        Duration patience,
        int maxGreetings) {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final int GREETINGS = 64;

    public DataChannelSettings {
        if (!isPort(port) || !isPort(advertisedPort) || patience.toMillis() < 1 || maxGreetings < 1) {
            throw new IllegalArgumentException("no settings of data channels: port " + port + ", advertised "
                    + advertisedPort + ", patience " + patience + ", " + maxGreetings + " greetings");
        }
    }

    private static boolean isPort(int number) {
        return number >= 0 && number <= 0xFFFF;
    }

    /** At that address, any port that is free, without TLS. */
    public static DataChannelSettings at(String host) {
        return new DataChannelSettings(host, 0, host, 0, Optional.empty(), TEN_SECONDS, GREETINGS);
    }

    public DataChannelSettings withPort(int changed) {
        return new DataChannelSettings(bind, changed, advertised, advertisedPort, tls, patience, maxGreetings);
    }

    public DataChannelSettings advertising(String host) {
        return new DataChannelSettings(bind, port, host, advertisedPort, tls, patience, maxGreetings);
    }

    /** Behind something that takes connections there and passes them on. */
    public DataChannelSettings advertising(String host, int passedOn) {
        return new DataChannelSettings(bind, port, host, passedOn, tls, patience, maxGreetings);
    }

    public DataChannelSettings withTls(SSLContext context) {
        return new DataChannelSettings(
                bind, port, advertised, advertisedPort, Optional.of(context), patience, maxGreetings);
    }

    public DataChannelSettings withPatience(Duration changed) {
        return new DataChannelSettings(bind, port, advertised, advertisedPort, tls, changed, maxGreetings);
    }

    int connectMillis() {
        return (int) patience.toMillis();
    }
}
