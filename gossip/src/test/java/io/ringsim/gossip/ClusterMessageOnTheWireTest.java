package io.ringsim.gossip;

import io.ringsim.network.wire.Samples;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterMessageOnTheWireTest {
    @Test
    void everyMessageIsReadAsItWasWritten() {
        for (int elements = 0; elements < 3; elements++) {
            new Samples(elements)
                    .with(Endpoint.class, ClusterMessageOnTheWireTest::replacing)
                    .assertKindsRoundTrip(ClusterMessage.class);
        }
    }

    /** An endpoint replaces somebody in one status only. */
    private static Endpoint replacing() {
        return new Endpoint(
                new NodeId("n4"),
                new Location("dc1", "r2"),
                3,
                17,
                Status.BOOT_REPLACE,
                List.of(new Token.LongToken(-5), new Token.BigIntegerToken(BigInteger.TEN)),
                List.of(),
                List.of(new NodeId("n2")),
                "schema",
                1L << 40);
    }
}
