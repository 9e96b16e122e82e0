package io.ringsim.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * What may be read of a value that is written and read at QUORUM, by what clients were told: the newest that was certain
 * when the read began, or something newer. A write that was not acknowledged may be read, or not; once it was, it is certain
 * too. Values are numbered in the order they are written.
 */
final class Register {
    private final Set<Long> written = new TreeSet<>();
    private final Set<Long> neverSent = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private long certain;

    /** A write begins; it may be read from now on. */
    void begin(long value) {
        written.add(value);
    }

    void acknowledged(long value) {
        certain = Math.max(certain, value);
    }

    /** The coordinator said it sent the write to nobody. */
    void neverSent(long value) {
        neverSent.add(value);
    }

    /** What is certain when a read begins. */
    long certain() {
        return certain;
    }

    /** A read has ended that began when so much was certain. */
    void found(long value, long certainAtBegin, Supplier<String> what) {
        if (value < certainAtBegin) {
            violations.add(what.get() + " found " + value + " though " + certainAtBegin + " was certain");
        } else if (value != 0 && !written.contains(value)) {
            violations.add(what.get() + " found " + value + ", which nobody wrote");
        } else if (neverSent.contains(value)) {
            violations.add(what.get() + " found " + value + ", which was never sent");
        }
        certain = Math.max(certain, value);
    }

    List<String> violations() {
        return violations;
    }
}
