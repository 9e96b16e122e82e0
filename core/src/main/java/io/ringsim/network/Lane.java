package io.ringsim.network;

import org.jspecify.annotations.Nullable;

/** The messages of one flow that wait at one network card, and the flow's place in the card's {@link FairQueue}. */
final class Lane {
    private @Nullable Packet head;
    private @Nullable Packet tail;

    /** A blocked lane keeps its messages but takes no turn. */
    boolean blocked;

    /** Where the service of the head begins and ends in the card's virtual time. */
    long start;

    long headFinish;

    /** Where the service of the last one ended. */
    long finish;

    /** When it entered, among those with equal times. */
    long order;

    /** Its index in the heap; -1 when it has no turn. */
    int position = -1;

    boolean isEmpty() {
        return head == null;
    }

    void add(Packet packet) {
        if (tail == null) {
            head = packet;
        } else {
            tail.next = packet;
        }
        tail = packet;
    }

    long headBytes() {
        return head == null ? 0 : head.bytes;
    }

    @Nullable
    Packet poll() {
        var first = head;
        if (first != null) {
            head = first.next;
            first.next = null;
            if (head == null) {
                tail = null;
            }
        }
        return first;
    }

    boolean isBefore(Lane other) {
        if (start != other.start) {
            return start < other.start;
        }
        return headFinish != other.headFinish ? headFinish < other.headFinish : order < other.order;
    }
}
