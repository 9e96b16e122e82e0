package io.ringsim.network;

/** A message of any size for tests. */
public record Letter(String text, long wireBytes) implements WireMessage {
    public static final Channel<Letter> POST = new Channel<>("post", Letter.class, Channel.Promise.RELIABLE);
    public static final Channel<Letter> RADIO = new Channel<>("radio", Letter.class, Channel.Promise.DATAGRAM);

    public static Letter of(String text) {
        return new Letter(text, 100);
    }

    @Override
    public String toString() {
        return text;
    }
}
