package io.ringsim.sim;

import io.ringsim.node.Node;
import java.time.Duration;

/** Hears what the nodes of a simulated ring tell, as it happens. May look, but not run the ring. */
@FunctionalInterface
public interface RingListener {
    void heard(Duration now, Node.Event event);
}
