package io.ringsim.bench;

import io.scalecube.cluster.transport.api.Message;
import io.scalecube.cluster.transport.api.Transport;
import io.scalecube.cluster.transport.api.TransportConfig;
import io.scalecube.transport.netty.tcp.TcpTransportFactory;
import java.io.IOException;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** ScaleCube's TCP transport, which can be severed: its member runs on, but is as silent as a dead one. */
final class SeverableTransport implements Transport {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Transport tcp;
    private volatile boolean severed;

    SeverableTransport(TransportConfig config) {
        tcp = new TcpTransportFactory().createTransport(config);
    }

    /** Closes the sockets at once; what the member sends from now on fails. */
    void sever() {
        severed = true;
        tcp.stop().block(PATIENCE);
    }

    @Override
    public String address() {
        return tcp.address();
    }

    @Override
    public Mono<Transport> start() {
        return tcp.start().thenReturn(this);
    }

    @Override
    public Mono<Void> stop() {
        return severed ? Mono.empty() : tcp.stop();
    }

    @Override
    public boolean isStopped() {
        return tcp.isStopped();
    }

    @Override
    public Mono<Void> send(String address, Message message) {
        return severed ? Mono.error(new IOException("severed")) : tcp.send(address, message);
    }

    @Override
    public Mono<Message> requestResponse(String address, Message request) {
        return severed ? Mono.error(new IOException("severed")) : tcp.requestResponse(address, request);
    }

    @Override
    public Flux<Message> listen() {
        return tcp.listen();
    }
}
