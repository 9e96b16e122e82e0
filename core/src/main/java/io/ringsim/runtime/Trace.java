package io.ringsim.runtime;

import akka.actor.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What happened, in order, folded into one number: equal runs have equal hashes. Every message an actor is sent is an
 * event; models add their own. Checkpoints tell where two runs part.
 */
public final class Trace {
    /** One thing that happened: {@code what} was sent to, or done by, {@code subject}. */
    public record Event(long number, long nanos, String subject, String what) {}

    /** The hash after so many events. */
    public record Checkpoint(long events, long nanos, long hash) {}

    private final VirtualClock clock;
    private final SimulationSettings settings;
    private final ToLongFunction<Object> digest;
    private final boolean recording;
    private final List<Checkpoint> checkpoints = new ArrayList<>();
    private long hash;
    private long count;
    private long nextCheckpoint;

    Trace(VirtualClock clock, SimulationSettings settings) {
        this.clock = clock;
        this.settings = settings;
        this.digest = settings.digest();
        this.recording = settings.recorder() != SimulationSettings.NOBODY;
        this.nextCheckpoint = settings.checkpointInterval();
    }

    /** Adds an event of a model, such as a message on the wire. */
    public void add(String subject, String what) {
        add(Names.hash(subject), Names.hash(what), 0);
        if (recording) {
            record(subject, what);
        }
    }

    /** The hash of all events so far. */
    public long hash() {
        return hash;
    }

    /** How many events there were. */
    public long events() {
        return count;
    }

    /** The hash as it was at regular intervals. */
    public List<Checkpoint> checkpoints() {
        return List.copyOf(checkpoints);
    }

    /** A message to an actor; its name is given as a hash too, because it is only spelled out for a recorder. */
    void sent(long name, Cell receiver, Object message) {
        var type = message.getClass();
        add(name, Names.hash(type), digest.applyAsLong(message));
        if (recording) {
            record(Names.of(receiver), Names.of(type));
        }
    }

    private void record(String subject, String what) {
        settings.recorder().accept(new Event(count, clock.nanos(), subject, what));
    }

    private void add(long subject, long what, long digest) {
        long event = clock.nanos() * 0x9E3779B97F4A7C15L
                + subject * 0xD6E8FEB86659FD93L
                + what * 0xCA5A826395121157L
                + digest * 0xFF51AFD7ED558CCDL;
        long mixed = (hash ^ event) * 0xBF58476D1CE4E5B9L;
        hash = mixed ^ (mixed >>> 32);
        if (++count == nextCheckpoint) {
            checkpoints.add(new Checkpoint(count, clock.nanos(), hash));
            nextCheckpoint += settings.checkpointInterval();
        }
    }
}
