package io.ringsim.network.remote;

import static io.ringsim.network.remote.Fields.getNumber;
import static io.ringsim.network.remote.Fields.getText;
import static io.ringsim.network.remote.Fields.putNumber;
import static io.ringsim.network.remote.Fields.putText;

import akka.actor.ExtendedActorSystem;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorRefResolver;
import akka.actor.typed.javadsl.Adapter;
import akka.serialization.ByteBufferSerializer;
import akka.serialization.SerializerWithStringManifest;
import io.ringsim.data.Bytes;
import io.ringsim.ring.NodeId;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Frames as bytes: the version, the line's number, then the frame's fields in order. Those two and the greetings are
 * the same in every version, to which later ones may only append; so a host of any version can be told that it is not
 * understood. Never throws at what it reads: that becomes {@link Frame.Unreadable}.
 */
final class FrameSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    private static final int IDENTIFIER = 0x52_50_4F; // "RPO"; Akka keeps 0 to 40
    private static final int FIRST_GUESS_BYTES = 512;

    private final ExtendedActorSystem system;

    FrameSerializer(ExtendedActorSystem system) {
        this.system = system;
    }

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object frame) {
        if (frame instanceof Frame.Envelope) {
            return "E";
        } else if (frame instanceof Frame.Pulse) {
            return "P";
        } else if (frame instanceof Frame.Reset) {
            return "R";
        } else if (frame instanceof Frame.Hello) {
            return "H";
        } else if (frame instanceof Frame.Welcome) {
            return "W";
        } else if (frame instanceof Frame.Goodbye) {
            return "G";
        }
        throw new IllegalArgumentException("not a frame that is sent: " + frame);
    }

    @Override
    public byte[] toBinary(Object frame) {
        int guess = FIRST_GUESS_BYTES
                + (frame instanceof Frame.Envelope envelope ? envelope.body().size() : 0);
        while (true) {
            var buffer = ByteBuffer.allocate(guess);
            try {
                toBinary(frame, buffer);
                return Arrays.copyOf(buffer.array(), buffer.position());
            } catch (BufferOverflowException larger) {
                guess *= 2;
            }
        }
    }

    @Override
    public void toBinary(Object object, ByteBuffer out) {
        var frame = (Frame) object;
        out.put((byte) Frame.VERSION);
        putNumber(out, frame.line());
        if (frame instanceof Frame.Envelope envelope) {
            putNumber(out, envelope.connection());
            putNumber(out, envelope.sequence());
            putText(out, envelope.from().value());
            putText(out, envelope.to().value());
            putText(out, envelope.channel());
            putText(out, envelope.kind());
            envelope.body().writeTo(out);
        } else if (frame instanceof Frame.Pulse pulse) {
            putNumber(out, pulse.sent());
            putNumber(out, pulse.received());
        } else if (frame instanceof Frame.Reset reset) {
            putNumber(out, reset.connection());
            putText(out, reset.from().value());
            putText(out, reset.to().value());
            putText(out, reset.channel());
            putText(out, reset.reason());
        } else if (frame instanceof Frame.Hello hello) {
            putGreeting(out, hello.version(), hello.number(), hello.office());
        } else if (frame instanceof Frame.Welcome welcome) {
            putGreeting(out, welcome.version(), welcome.number(), welcome.office());
        } else if (frame instanceof Frame.Goodbye goodbye) {
            putText(out, goodbye.reason());
        } else {
            throw new IllegalArgumentException("not a frame that is sent: " + frame);
        }
    }

    private void putGreeting(ByteBuffer out, int version, long number, ActorRef<Frame> office) {
        putNumber(out, version);
        putNumber(out, number);
        putText(out, resolver().toSerializationFormat(office));
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }

    @Override
    public Object fromBinary(ByteBuffer in, String manifest) {
        long line = Frame.NO_LINE;
        try {
            int version = in.get();
            line = getNumber(in);
            boolean isTimeless = manifest.equals("H") || manifest.equals("W") || manifest.equals("G");
            if (version != Frame.VERSION && !isTimeless) {
                return new Frame.Unreadable(line, "a frame of version " + version + ", not " + Frame.VERSION);
            }
            return read(line, in, manifest);
        } catch (BufferUnderflowException tooShort) {
            return new Frame.Unreadable(line, "a frame '" + manifest + "' that is cut short");
        } catch (IllegalArgumentException wrong) {
            return new Frame.Unreadable(line, "a frame '" + manifest + "' of no sense: " + wrong.getMessage());
        }
    }

    private Frame read(long line, ByteBuffer in, String manifest) {
        return switch (manifest) {
            case "E" ->
                new Frame.Envelope(
                        line,
                        getNumber(in),
                        getNumber(in),
                        new NodeId(getText(in)),
                        new NodeId(getText(in)),
                        getText(in),
                        getText(in),
                        Bytes.read(in, in.remaining()));
            case "P" -> new Frame.Pulse(line, getNumber(in), getNumber(in));
            case "R" ->
                new Frame.Reset(
                        line,
                        getNumber(in),
                        new NodeId(getText(in)),
                        new NodeId(getText(in)),
                        getText(in),
                        getText(in));
            case "H" -> new Frame.Hello((int) getNumber(in), getNumber(in), office(getText(in)));
            case "W" -> new Frame.Welcome(line, (int) getNumber(in), getNumber(in), office(getText(in)));
            case "G" -> new Frame.Goodbye(line, getText(in));
            default -> new Frame.Unreadable(line, "a frame of the unknown kind '" + manifest + "'");
        };
    }

    private ActorRef<Frame> office(String path) {
        var protocol = system.provider().getDefaultAddress().protocol();
        if (!path.startsWith(protocol + "://")) {
            throw new IllegalArgumentException("'" + path + "' is no actor's path");
        }
        ActorRef<Frame> office = resolver().resolveActorRef(path);
        if (office.path().address().hasLocalScope()) {
            throw new IllegalArgumentException("'" + path + "' is no actor of another host");
        }
        return office;
    }

    private ActorRefResolver resolver() {
        return ActorRefResolver.get(Adapter.toTyped(system));
    }
}
