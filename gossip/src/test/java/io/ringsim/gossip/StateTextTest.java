package io.ringsim.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.ring.Endpoint;
import io.ringsim.ring.Location;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Status;
import io.ringsim.ring.Token;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How Cassandra writes application states. */
class StateTextTest {
    @Test
    void ofStatusAreCassandras() {
        var token = List.<Token>of(new Token.LongToken(-5), new Token.LongToken(9));
        var to = List.<Token>of(new Token.LongToken(7));
        var joining =
                new Endpoint(new NodeId("n1"), new Location("dc1", "r1"), 1, 1, Status.BOOT, token, List.of(), "s", 0);

        assertThat(StateText.status(joining, 0)).isEqualTo("BOOT,-5");
        assertThat(StateText.status(joining.replacing(2, new NodeId("n9"), token), 0))
                .isEqualTo("BOOT_REPLACE,n9");
        assertThat(status(joining, Status.NORMAL)).isEqualTo("NORMAL,-5");
        assertThat(status(joining, Status.LEAVING)).isEqualTo("LEAVING,-5");
        assertThat(StateText.status(joining.with(2, Status.MOVING, token, to), 0))
                .isEqualTo("MOVING,7");
        assertThat(status(joining, Status.LEFT)).isEqualTo("LEFT,-5,1234");
        assertThat(status(joining, Status.SHUTDOWN)).isEqualTo("shutdown,true");
        var remover = new NodeId("n2");
        assertThat(StateText.status(joining.spokenFor(2, Status.REMOVING, remover), 1234))
                .isEqualTo("removing," + StateText.hostId(joining.node()));
        assertThat(StateText.status(joining.spokenFor(3, Status.REMOVED, remover), 1234))
                .isEqualTo("removed," + StateText.hostId(joining.node()) + ",1234");
        assertThat(StateText.remover(remover)).isEqualTo("REMOVER," + StateText.hostId(remover));
    }

    @Test
    void ofTokensAreLengthsAndBytes() {
        assertThat(StateText.tokens(List.of(new Token.LongToken(258))))
                .isEqualTo("\0\0\0\10" + "\0\0\0\0\0\0\1\2" + "\0\0\0\0");
        assertThat(StateText.tokens(List.of(new Token.BigIntegerToken(BigInteger.TEN))))
                .isEqualTo("\0\0\0\1" + "\n" + "\0\0\0\0");
        assertThat(StateText.tokens(List.of(new Token.BytesToken("00ff"))))
                .isEqualTo("\0\0\0\2" + "\0\u00ff" + "\0\0\0\0");
    }

    @Test
    void of256TokensTake3076Characters() {
        var tokens = new ArrayList<Token>();
        for (int i = 0; i < 256; i++) {
            tokens.add(new Token.LongToken(i));
        }

        assertThat(StateText.tokens(tokens)).hasSize(3_076);
    }

    @Test
    void ofLoadAndHostAreANumberAndAUuid() {
        assertThat(StateText.load(1_000_000_000L)).isEqualTo("1.0E9");
        assertThat(StateText.hostId(new NodeId("n1"))).hasSize(36).isNotEqualTo(StateText.hostId(new NodeId("n2")));
    }

    private static String status(Endpoint endpoint, Status status) {
        return StateText.status(endpoint.with(2, status, endpoint.tokens(), List.of()), 1_234);
    }
}
