package io.ringsim.gossip;

import akka.actor.typed.ActorRef;
import io.ringsim.ring.Endpoint;
import io.ringsim.ring.NodeId;
import io.ringsim.spi.Membership.EndpointRemoved;
import io.ringsim.spi.Membership.EndpointsChanged;
import io.ringsim.spi.Membership.Event;
import io.ringsim.spi.Membership.LookedAround;
import io.ringsim.spi.Membership.PeersDown;
import io.ringsim.spi.Membership.PeersUp;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The listener of one node, and what it was told: nobody is up or down before it was heard of. */
final class Audience {
    private final ActorRef<? super Event> listener;
    private final IntFunction<NodeId> nodes;
    private final BitSet known = new BitSet();
    private final BitSet pending = new BitSet();
    private BitSet up = new BitSet();
    private boolean lookedAround;

    Audience(ActorRef<? super Event> listener, IntFunction<NodeId> nodes) {
        this.listener = listener;
        this.nodes = nodes;
    }

    /** There is news of a node, to be told later. */
    void noteNews(int number) {
        pending.set(number);
    }

    /** Everything at once, as it is known; all but what the node said itself before it found the others. */
    void tellAll(Knowledge knowledge) {
        if (known.isEmpty()) {
            var numbers = new BitSet();
            knowledge.forEach(state -> numbers.set(state.number()));
            tellAll(numbers, knowledge.endpoints());
        } else {
            tellNews(knowledge);
        }
    }

    /** The first that is told, in one list, which those who know the same may share. */
    void tellAll(BitSet numbers, List<Endpoint> endpoints) {
        known.or(numbers);
        pending.clear();
        tellEndpoints(endpoints);
    }

    void tellNews(Knowledge knowledge) {
        tellNews(number -> {
            var state = knowledge.state(number);
            return state == null ? null : state.endpoint();
        });
    }

    void tellNews(IntFunction<@Nullable Endpoint> knowledge) {
        var endpoints = pending.stream()
                .mapToObj(knowledge)
                .flatMap(endpoint -> endpoint == null ? Stream.of() : Stream.of(endpoint))
                .toList();
        known.or(pending);
        pending.clear();
        tellEndpoints(endpoints);
    }

    boolean hasNews() {
        return !pending.isEmpty();
    }

    /** The node's own news does not wait. */
    void tellOwn(int number, Endpoint endpoint) {
        known.set(number);
        listener.tell(new EndpointsChanged(List.of(endpoint)));
    }

    void tellRemoved(int number) {
        pending.clear(number);
        if (known.get(number)) {
            known.clear(number);
            listener.tell(new EndpointRemoved(nodes.apply(number)));
        }
    }

    /** There was nothing more to learn before taking part; told once. */
    void tellLookedAround() {
        if (!lookedAround) {
            lookedAround = true;
            listener.tell(LookedAround.INSTANCE);
        }
    }

    /** Tells who came up and who went down since the last time. */
    void tellReachability(BitSet members, BitSet down) {
        var now = (BitSet) members.clone();
        now.and(known);
        now.andNot(down);
        var gone = (BitSet) up.clone();
        gone.andNot(now);
        var come = (BitSet) now.clone();
        come.andNot(up);
        up = now;
        if (!gone.isEmpty()) {
            listener.tell(new PeersDown(gone.stream().mapToObj(nodes).toList()));
        }
        if (!come.isEmpty()) {
            listener.tell(new PeersUp(come.stream().mapToObj(nodes).toList()));
        }
    }

    private void tellEndpoints(List<Endpoint> endpoints) {
        if (!endpoints.isEmpty()) {
            listener.tell(new EndpointsChanged(endpoints));
        }
    }
}
