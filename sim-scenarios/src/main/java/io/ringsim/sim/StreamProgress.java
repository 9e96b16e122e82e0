package io.ringsim.sim;

import io.ringsim.ring.NodeId;
import io.ringsim.spi.RangeStreamer.Event;
import io.ringsim.spi.RangeStreamer.Prepared;
import io.ringsim.spi.RangeStreamer.Progress;
import io.ringsim.spi.RangeStreamer.SessionEnded;
import java.time.Duration;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How far the streams of one operation are, counted from their events. */
public final class StreamProgress {
    private final SortedMap<NodeId, Long> totals = new TreeMap<>();
    private final SortedMap<NodeId, SortedMap<String, Long>> moved = new TreeMap<>();
    private long bytes;
    private @Nullable Duration began;

    void add(Duration now, Event event) {
        if (began == null) {
            began = now;
        }
        if (event instanceof Prepared prepared) {
            totals.merge(prepared.peer(), prepared.bytesToReceive() + prepared.bytesToSend(), Long::sum);
        } else if (event instanceof Progress progress) {
            var files = moved.computeIfAbsent(progress.peer(), any -> new TreeMap<>());
            var before = files.put(progress.direction() + progress.file(), progress.bytes());
            bytes += progress.bytes() - (before == null ? 0 : before);
        } else if (event instanceof SessionEnded ended && ended.result().completed()) {
            var result = ended.result();
            long counted = moved.getOrDefault(result.peer(), new TreeMap<>()).values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            long all = result.bytesSent() + result.bytesReceived();
            moved.put(result.peer(), new TreeMap<>(java.util.Collections.singletonMap("all", all)));
            bytes += all - counted;
        }
    }

    /** When the first session was heard of. */
    public Optional<Duration> began() {
        return Optional.ofNullable(began);
    }

    /** Bytes moved by now. */
    public long bytes() {
        return bytes;
    }

    /** Bytes to move in all sessions that are prepared; grows while sessions prepare. */
    public long total() {
        return totals.values().stream().mapToLong(Long::longValue).sum();
    }
}
