package io.ringsim.network;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Links that let nothing through, until they are healed. */
public final class Partition {
    private final LinkSet links;
    private final Consumer<Partition> healing;
    private final BiConsumer<Duration, Runnable> after;
    private boolean healed;

    Partition(LinkSet links, Consumer<Partition> healing, BiConsumer<Duration, Runnable> after) {
        this.links = links;
        this.healing = healing;
        this.after = after;
    }

    public LinkSet links() {
        return links;
    }

    /** The links work again. What waits on reliable channels goes on with its sender's next retransmission. */
    public void heal() {
        if (!healed) {
            healed = true;
            healing.accept(this);
        }
    }

    /** Heals by itself after {@code duration}. */
    public Partition during(Duration duration) {
        after.accept(duration, this::heal);
        return this;
    }

    public boolean isHealed() {
        return healed;
    }

    @Override
    public String toString() {
        return "partition " + links;
    }
}
