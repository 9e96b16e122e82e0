package io.ringsim.gossip;

import static io.ringsim.gossip.EndpointStatesTest.present;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.serialization.SerializationExtension;
import akka.serialization.SerializerWithStringManifest;
import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import java.io.NotSerializableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EndpointStatesSerializerTest {
    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "writing");
    private final SerializerWithStringManifest serializer = serializer();

    private SerializerWithStringManifest serializer() {
        var bound = SerializationExtension.get(system).findSerializerFor(EndpointStates.NONE);
        return (SerializerWithStringManifest) bound;
    }

    @AfterEach
    void stop() {
        system.terminate();
    }

    @Test
    void statesAreReadAsTheyWereWritten() throws NotSerializableException {
        var replacing = new Present(
                new Endpoint(
                        new NodeId("n9"),
                        new Location("dc2", "r3"),
                        1_700_000_000,
                        17,
                        Status.BOOT_REPLACE,
                        List.of(new Token.LongToken(Long.MIN_VALUE), new Token.BigIntegerToken(BigInteger.TEN)),
                        List.of(),
                        List.of(new NodeId("n2")),
                        "schema",
                        1L << 40),
                new Incarnation("akka://ring@[::1]:25520", -1),
                false,
                1_800_000_000_000L);
        var states = EndpointStates.of(List.of(
                replacing,
                present("n1", 1, 1, true),
                present("n2", 2, 3, false),
                present("n3", 4, 5, true).grave()));

        assertThat(readBack(states)).isEqualTo(states);
        assertThat(readBack(EndpointStates.NONE)).isEqualTo(EndpointStates.NONE);
    }

    @Test
    void equalStatesHaveEqualBytes() {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 50; i++) {
            entries.add(present("n" + i, 1 + i % 3, i, true));
        }
        var states = EndpointStates.of(entries);
        Collections.reverse(entries);

        assertThat(serializer.toBinary(EndpointStates.of(entries))).isEqualTo(serializer.toBinary(states));
    }

    @Test
    void aNodeTakesFewerThan100Bytes() {
        var entries = new ArrayList<Entry>();
        for (int i = 0; i < 100; i++) {
            entries.add(present("n" + i, 1, 1, true));
        }

        assertThat(serializer.toBinary(EndpointStates.of(entries)).length).isLessThan(100 * 100);
    }

    @Test
    void anotherVersionIsRefusedWithAReason() {
        var bytes = serializer.toBinary(EndpointStates.of(List.of(present("n1", 1, 1, true))));
        bytes[0] = 3;

        assertThatThrownBy(() -> serializer.fromBinary(bytes, "S"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessage("endpoint states in format 3, but this host reads format 2 only: run the same release on"
                        + " all hosts");
    }

    @Test
    void anotherKindAndBytesThatAreNoStatesAreRefused() {
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {1, 2, 3}, "T"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("unknown kind 'T'");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[] {2, 2, 3}, "S"))
                .isInstanceOf(NotSerializableException.class)
                .hasMessageContaining("unreadable");
        assertThatThrownBy(() -> serializer.fromBinary(new byte[0], "S")).isInstanceOf(NotSerializableException.class);
    }

    private Object readBack(EndpointStates states) throws NotSerializableException {
        return serializer.fromBinary(serializer.toBinary(states), serializer.manifest(states));
    }
}
