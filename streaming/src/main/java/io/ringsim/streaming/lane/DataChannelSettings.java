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
 * @param tls with it, both ends of every connection encrypt, and prove who they are by a certificate that the other trusts;
 *     without, whoever knows the key that was told over the network of messages may send
 * @param patience within which a connection has to be made, and has to say what it is
 * @param maxGreetings connections that may be about to say what they are; more are closed
 */
public record DataChannelSettings(
        String bind, int port, String advertised, Optional<SSLContext> tls, Duration patience, int maxGreetings) {
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final int GREETINGS = 64;

    public DataChannelSettings {
        if (port < 0 || port > 0xFFFF || patience.toMillis() < 1 || maxGreetings < 1) {
            throw new IllegalArgumentException("no settings of data channels: port " + port + ", patience " + patience
                    + ", " + maxGreetings + " greetings");
        }
    }

    /** At that address, any port that is free, without TLS. */
    public static DataChannelSettings at(String host) {
        return new DataChannelSettings(host, 0, host, Optional.empty(), TEN_SECONDS, GREETINGS);
    }

    public DataChannelSettings withPort(int changed) {
        return new DataChannelSettings(bind, changed, advertised, tls, patience, maxGreetings);
    }

    public DataChannelSettings advertising(String host) {
        return new DataChannelSettings(bind, port, host, tls, patience, maxGreetings);
    }

    public DataChannelSettings withTls(SSLContext context) {
        return new DataChannelSettings(bind, port, advertised, Optional.of(context), patience, maxGreetings);
    }

    public DataChannelSettings withPatience(Duration changed) {
        return new DataChannelSettings(bind, port, advertised, tls, changed, maxGreetings);
    }

    int connectMillis() {
        return (int) patience.toMillis();
    }
}
