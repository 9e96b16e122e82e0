package io.ringsim.network;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Links on which every message waits, also those that were on their way; they go on, in order, when released. */
public final class Hold {
    private final LinkSet links;
    private final Consumer<Hold> releasing;
    private final List<Packet> held = new ArrayList<>();

    Hold(LinkSet links, Consumer<Hold> releasing) {
        this.links = links;
        this.releasing = releasing;
    }

    public LinkSet links() {
        return links;
    }

    /** How many messages wait. */
    public int waiting() {
        return held.size();
    }

    /** Lets everything go on now. */
    public void release() {
        releasing.accept(this);
        var released = List.copyOf(held);
        held.clear();
        released.forEach(Packet::run);
    }

    void take(Packet packet) {
        held.add(packet);
    }
}
