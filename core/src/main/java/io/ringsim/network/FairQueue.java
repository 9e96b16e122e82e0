package io.ringsim.network;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whose message a network card moves next: start-time fair queueing over whole messages.
 *
 * <p>Virtual time counts the bytes each busy lane has been given. A lane that was idle starts at the time of the message
 * in service, so a small message of a fresh flow waits for that one only; lanes that stay busy take turns by bytes.
 */
final class FairQueue {
    private Lane[] heap = new Lane[8];
    private int size;
    private long virtualTime;
    private long latestFinish;
    private long entered;

    boolean isEmpty() {
        return size == 0;
    }

    void add(Lane lane, Packet packet) {
        lane.add(packet);
        admit(lane);
    }

    /** The next message, or null when none waits. */
    @Nullable
    Packet poll() {
        if (size == 0) {
            return null;
        }
        var lane = heap[0];
        var packet = lane.poll();
        virtualTime = lane.start;
        lane.finish = lane.headFinish;
        latestFinish = Math.max(latestFinish, lane.finish);
        if (lane.isEmpty()) {
            remove(lane);
        } else {
            await(lane);
            siftDown(lane, 0);
        }
        return packet;
    }

    /** A busy period is over: from here on all lanes are equal again. */
    void idle() {
        virtualTime = latestFinish;
    }

    /** Accounts for a message that found the card idle and never waited. */
    void pass(Lane lane, long bytes) {
        idle();
        lane.finish = virtualTime + bytes;
        latestFinish = lane.finish;
    }

    void block(Lane lane) {
        lane.blocked = true;
        remove(lane);
    }

    void unblock(Lane lane) {
        lane.blocked = false;
        admit(lane);
    }

    /** Throws away what waits in the lane; returns how many messages that were. */
    int clear(Lane lane) {
        int dropped = 0;
        while (lane.poll() != null) {
            dropped++;
        }
        remove(lane);
        lane.blocked = false;
        return dropped;
    }

    private void admit(Lane lane) {
        if (lane.position < 0 && !lane.blocked && !lane.isEmpty()) {
            lane.finish = Math.max(lane.finish, virtualTime);
            await(lane);
            if (size == heap.length) {
                heap = Arrays.copyOf(heap, size * 2);
            }
            siftUp(lane, size++);
        }
    }

    private void await(Lane lane) {
        lane.start = lane.finish;
        lane.headFinish = lane.start + lane.headBytes();
        lane.order = entered++;
    }

    private void remove(Lane lane) {
        int hole = lane.position;
        if (hole < 0) {
            return;
        }
        lane.position = -1;
        var last = heap[--size];
        if (last != lane) {
            siftUp(last, hole);
            siftDown(last, last.position);
        }
    }

    private void siftUp(Lane lane, int from) {
        int i = from;
        while (i > 0 && lane.isBefore(heap[(i - 1) / 2])) {
            place(heap[(i - 1) / 2], i);
            i = (i - 1) / 2;
        }
        place(lane, i);
    }

    private void siftDown(Lane lane, int from) {
        int i = from;
        for (int child = 2 * i + 1; child < size; child = 2 * i + 1) {
            if (child + 1 < size && heap[child + 1].isBefore(heap[child])) {
                child++;
            }
            if (!heap[child].isBefore(lane)) {
                break;
            }
            place(heap[child], i);
            i = child;
        }
        place(lane, i);
    }

    private void place(Lane lane, int index) {
        heap[index] = lane;
        lane.position = index;
    }
}
