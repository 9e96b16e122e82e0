package io.ringsim.spi;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import io.ringsim.spi.RangeStreamer.SessionResult;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Streams in no time: a session with each peer completes, unless the peer is one of the failing ones. */
public final class FakeStreamer {
    /** What was asked of the streamer, which peers fail, and who is slow. */
    public static final class Control {
        private final List<RangeStreamer.Stream> asked = new ArrayList<>();
        private final SortedSet<NodeId> failing = new TreeSet<>();

        private final SortedSet<NodeId> stuck = new TreeSet<>();

        /** The nodes whose own plans never end. */
        public SortedSet<NodeId> stuck() {
            return stuck;
        }

        public List<RangeStreamer.Stream> asked() {
            return asked;
        }

        public SortedSet<NodeId> failing() {
            return failing;
        }
    }

    private FakeStreamer() {}

    public static Behavior<RangeStreamer.Command> create(NodeId self, Control control) {
        return Behaviors.receive(RangeStreamer.Command.class)
                .onMessage(RangeStreamer.Stream.class, stream -> {
                    control.asked().add(stream);
                    if (!control.stuck().contains(self)) {
                        answer(self, control, stream);
                    }
                    return Behaviors.same();
                })
                .onMessage(RangeStreamer.Cancel.class, cancel -> Behaviors.same())
                .build();
    }

    private static void answer(NodeId self, Control control, RangeStreamer.Stream stream) {
        var results = new ArrayList<SessionResult>();
        byPeer(self, stream.transfers()).forEach((peer, transfers) -> {
            boolean fails = control.failing().contains(peer);
            var result = new SessionResult(
                    peer, !fails, fails ? "told to fail" : "", 0, 0, 0, 0, 0, fails ? List.of() : transfers);
            results.add(result);
            stream.replyTo().tell(new SessionEnded(stream.plan(), result));
        });
        stream.replyTo().tell(new Finished(stream.plan(), results));
    }

    private static SortedMap<NodeId, List<Transfer>> byPeer(NodeId self, List<Transfer> transfers) {
        var peers = new TreeMap<NodeId, List<Transfer>>();
        for (var transfer : transfers) {
            var peer = transfer.to().equals(self) ? transfer.from() : transfer.to();
            peers.computeIfAbsent(peer, any -> new ArrayList<>()).add(transfer);
        }
        return peers;
    }
}
