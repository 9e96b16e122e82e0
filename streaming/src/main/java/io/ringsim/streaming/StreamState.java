package io.ringsim.streaming;

import io.ringsim.ring.NodeId;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Direction;
import io.ringsim.spi.RangeStreamer.Event;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a plan is, made of its events; immutable. How much each peer sends and receives is known before the first byte of it
 * moved. Nothing is at 100 % before its sessions completed, with which all is durable.
 */
public final class StreamState {
    private static final double ALMOST = 99.99;
    private static final double NANOS = 1e9;

    private final String plan;
    private final String operation;
    private final long begunNanos;
    private final SortedMap<NodeId, Peer> peers;

    /** Files and bytes that are to move, and bytes of each file that did, all sessions with a peer together. */
    private record Side(int files, long bytes, Map<String, Progress> moved) {
        static final Side NOTHING = new Side(0, 0, Collections.emptyMap());

        Side more(int moreFiles, long moreBytes) {
            return new Side(files + moreFiles, bytes + moreBytes, moved);
        }

        Side with(Progress progress) {
            var changed = new LinkedHashMap<>(moved);
            changed.put(progress.file(), progress);
            return new Side(files, bytes, Collections.unmodifiableMap(changed));
        }

        long movedBytes() {
            return moved.values().stream().mapToLong(Progress::bytes).sum();
        }

        long movedFiles() {
            return moved.values().stream()
                    .filter(file -> file.bytes() == file.total())
                    .count();
        }
    }

    private record Peer(Side received, Side sent, int prepared, int completed) {
        static final Peer NEW = new Peer(Side.NOTHING, Side.NOTHING, 0, 0);

        boolean isDone() {
            return completed > 0 && completed >= prepared;
        }
    }

    private StreamState(String plan, String operation, long begunNanos, SortedMap<NodeId, Peer> peers) {
        this.plan = plan;
        this.operation = operation;
        this.begunNanos = begunNanos;
        this.peers = peers;
    }

    /** A plan that begins. */
    public static StreamState of(String plan, String operation, long nowNanos) {
        return new StreamState(plan, operation, nowNanos, Collections.emptySortedMap());
    }

    /** The state after an event of the plan. */
    public StreamState with(Event event) {
        if (event instanceof Prepared prepared) {
            var peer = peer(prepared.peer());
            return with(
                    prepared.peer(),
                    new Peer(
                            peer.received().more(prepared.filesToReceive(), prepared.bytesToReceive()),
                            peer.sent().more(prepared.filesToSend(), prepared.bytesToSend()),
                            peer.prepared() + 1,
                            peer.completed()));
        } else if (event instanceof Progress progress) {
            var peer = peer(progress.peer());
            boolean received = progress.direction() == Direction.RECEIVED;
            return with(
                    progress.peer(),
                    new Peer(
                            received ? peer.received().with(progress) : peer.received(),
                            received ? peer.sent() : peer.sent().with(progress),
                            peer.prepared(),
                            peer.completed()));
        } else if (event instanceof SessionEnded ended && ended.result().completed()) {
            var peer = peer(ended.result().peer());
            return with(
                    ended.result().peer(),
                    new Peer(peer.received(), peer.sent(), peer.prepared(), peer.completed() + 1));
        }
        return this;
    }

    private Peer peer(NodeId node) {
        return peers.getOrDefault(node, Peer.NEW);
    }

    private StreamState with(NodeId node, Peer changed) {
        var all = new TreeMap<>(peers);
        all.put(node, changed);
        return new StreamState(plan, operation, begunNanos, Collections.unmodifiableSortedMap(all));
    }

    /** Bytes that are to move, in both directions, as far as sessions have said. */
    public long totalBytes() {
        return peers.values().stream()
                .mapToLong(peer -> peer.received().bytes() + peer.sent().bytes())
                .sum();
    }

    /** Bytes that moved, in both directions. */
    public long movedBytes() {
        return peers.values().stream()
                .mapToLong(peer -> peer.received().movedBytes() + peer.sent().movedBytes())
                .sum();
    }

    /** Whether all sessions that were prepared completed. */
    public boolean isDone() {
        return !peers.isEmpty() && peers.values().stream().allMatch(Peer::isDone);
    }

    /** 0 to 100; 100 only when it {@link #isDone}. */
    public double percent() {
        return percent(movedBytes(), totalBytes(), isDone());
    }

    private static double percent(long moved, long total, boolean done) {
        if (done) {
            return 100;
        }
        return total == 0 ? 0 : Math.min(ALMOST, 100.0 * moved / total);
    }

    /** Bytes per second since the plan began. */
    public double rate(long nowNanos) {
        return nowNanos <= begunNanos ? 0 : movedBytes() * NANOS / (nowNanos - begunNanos);
    }

    /** How long it takes still if it goes on as it went; nothing when nothing moved yet. */
    public Optional<Duration> remaining(long nowNanos) {
        double rate = rate(nowNanos);
        long left = Math.max(0, totalBytes() - movedBytes());
        return rate > 0 ? Optional.of(Duration.ofNanos((long) (left / rate * NANOS))) : Optional.empty();
    }

    /** The lines {@code nodetool netstats} has for it. */
    public List<String> netstats() {
        var lines = new ArrayList<String>();
        lines.add(operation + " " + plan);
        peers.forEach((node, peer) -> {
            lines.add("    /" + node);
            addSide(lines, node, peer.received(), Direction.RECEIVED, peer.isDone());
            addSide(lines, node, peer.sent(), Direction.SENT, peer.isDone());
        });
        return lines;
    }

    private static void addSide(List<String> lines, NodeId node, Side side, Direction direction, boolean done) {
        if (side.files() == 0) {
            return;
        }
        boolean received = direction == RangeStreamer.Direction.RECEIVED;
        long files = done ? side.files() : Math.min(side.movedFiles(), side.files());
        lines.add("        %s %d files, %d bytes total. Already %s %d files (%.2f%%), %d bytes total (%.2f%%)"
                .formatted(
                        received ? "Receiving" : "Sending",
                        side.files(),
                        side.bytes(),
                        received ? "received" : "sent",
                        files,
                        percent(files, side.files(), done),
                        side.movedBytes(),
                        percent(side.movedBytes(), side.bytes(), done)));
        side.moved()
                .values()
                .forEach(file -> lines.add("            %s %d/%d bytes (%d%%) %s idx:0/%s"
                        .formatted(
                                file.file(),
                                file.bytes(),
                                file.total(),
                                100 * file.bytes() / file.total(),
                                received ? "received from" : "sent to",
                                node)));
    }
}
