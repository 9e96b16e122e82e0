package io.ringsim.gossip;

import io.ringsim.network.Channel;
import io.ringsim.network.WireMessage;

/** What two gossipers say to each other. Only within one world: nodes are named by their numbers in its directory. */
sealed interface GossipMessage extends WireMessage {
    Channel<GossipMessage> CHANNEL = new Channel<>("gossip", GossipMessage.class, Channel.Promise.DATAGRAM);

    /**
     * What I know.
     *
     * @param partitioner empty where it is not sent
     */
    record Syn(String clusterName, String partitioner, Digests digests, long wireBytes) implements GossipMessage {}

    /** What I know better, and what I want to know. */
    record Ack(Delta delta, long wireBytes) implements GossipMessage {}

    /** What you wanted to know. */
    record Ack2(Delta delta, long wireBytes) implements GossipMessage {}

    /** Are you there, both ways? */
    record Echo(long wireBytes) implements GossipMessage {}

    /** I am. */
    record EchoReply(long wireBytes) implements GossipMessage {}

    /** I am about to stop. */
    record Shutdown(long wireBytes) implements GossipMessage {}
}
