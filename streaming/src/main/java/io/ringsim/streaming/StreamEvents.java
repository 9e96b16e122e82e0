package io.ringsim.streaming;

import akka.NotUsed;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Adapter;
import akka.stream.Materializer;
import akka.stream.OverflowStrategy;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Transfer;
import io.ringsim.spi.RangeStreamer;
import io.ringsim.spi.RangeStreamer.Event;
import io.ringsim.spi.RangeStreamer.Finished;
import io.ringsim.spi.RangeStreamer.Progress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * A plan that streams, to watch or to wait for from outside of actors.
 *
 * <p>Who watches slower than things happen gets of each file only its latest {@link Progress}, and of more than {@value
 * #FILES_MAX} files that moved on meanwhile only the latest so many; all other events it gets, each once and in order. The
 * plan is not slowed down by who watches it.
 */
public final class StreamEvents {
    /** Files whose progress waits for a slow watcher; more than a table has that compacts. */
    static final int FILES_MAX = 1_000;

    /** Events between two turns of the stream, which takes them all at each. */
    private static final int BUFFER = 10_000;

    private StreamEvents() {}

    /** Begins the plan when it is run; ends with its {@link Finished}. A cancelled watch does not end the plan. */
    public static Source<Event, NotUsed> watch(
            ActorRef<RangeStreamer.Command> streamer, String plan, String operation, List<Transfer> transfers) {
        return events().mapMaterializedValue(replyTo -> {
            streamer.tell(new RangeStreamer.Stream(plan, operation, transfers, replyTo));
            return NotUsed.getInstance();
        });
    }

    /** Begins the plan; what it came to. Never, when the node stops before. */
    public static CompletionStage<Finished> result(
            ActorRef<RangeStreamer.Command> streamer,
            String plan,
            String operation,
            List<Transfer> transfers,
            Materializer materializer) {
        return watch(streamer, plan, operation, transfers)
                .runWith(Sink.last(), materializer)
                .thenApply(Finished.class::cast);
    }

    /** What is told to the materialised actor, up to the end of a plan. */
    static Source<Event, ActorRef<Event>> events() {
        return Source.<Event>actorRef(
                        event -> Optional.empty(), event -> Optional.empty(), BUFFER, OverflowStrategy.fail())
                .mapMaterializedValue(Adapter::<Event>toTyped)
                .conflateWithSeed(Pending::of, Pending::with)
                .mapConcat(Pending::inOrder)
                .takeWhile(event -> !(event instanceof Finished), true);
    }

    /** A file that moves. */
    private record FileKey(NodeId peer, RangeStreamer.Direction direction, String file) {}

    /** What the watcher has not taken yet. */
    private static final class Pending {
        private final Map<Object, Event> events = new LinkedHashMap<>();
        private int files;

        static Pending of(Event first) {
            return new Pending().with(first);
        }

        Pending with(Event next) {
            if (!(next instanceof Progress progress)) {
                events.put(new Object(), next);
                return this;
            }
            var key = new FileKey(progress.peer(), progress.direction(), progress.file());
            if (events.remove(key) == null) {
                files++;
            }
            events.put(key, next);
            if (files > FILES_MAX) {
                events.keySet().stream()
                        .filter(FileKey.class::isInstance)
                        .findFirst()
                        .ifPresent(events::remove);
                files--;
            }
            return this;
        }

        List<Event> inOrder() {
            return new ArrayList<>(events.values());
        }
    }
}
