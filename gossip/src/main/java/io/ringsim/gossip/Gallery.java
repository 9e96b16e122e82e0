package io.ringsim.gossip;

import io.ringsim.gossip.Entry.Present;
import io.ringsim.ring.NodeId;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;

/** Paints the {@link Picture}s of one host, and notes what changed from one to the next. */
final class Gallery {
    private final Roster roster;
    private Knowledge knowledge = Knowledge.NOTHING;
    private BitSet news = new BitSet();
    private BitSet forgotten = new BitSet();
    private Picture last = new Picture(knowledge, new BitSet(), new BitSet(), new BitSet(), new BitSet());

    /** The joiners that are not up, now and one picture before. */
    private BitSet silent = new BitSet();

    private BitSet silentBefore = new BitSet();

    Gallery(Roster roster) {
        this.roster = roster;
    }

    void put(Entry entry) {
        int number = roster.number(entry.node());
        var shown = knowledge.state(number);
        if (entry instanceof Present present) {
            if (shown == null || present.endpoint().isNewerThan(shown.endpoint())) {
                var state = new NodeState(number, present.endpoint(), present.version(), List.of(), present.expires());
                knowledge = knowledge.with(List.of(state));
                news.set(number);
                forgotten.clear(number);
            }
        } else if (shown != null) {
            knowledge = knowledge.without(number);
            news.clear(number);
            forgotten.set(number);
        }
    }

    /** What there is to see now. */
    Picture next(Collection<Entry> entries, HostReach hosts) {
        var members = new BitSet();
        var down = new BitSet();
        silentBefore = silent;
        silent = new BitSet();
        for (var entry : entries) {
            if (entry instanceof Present present) {
                int number = roster.number(present.node());
                boolean isUp = present.isTakingPart() && hosts.isUp(present.host());
                members.set(number, present.isTakingPart());
                down.set(number, !isUp);
                silent.set(number, !isUp && present.endpoint().status().isBootstrapping());
            }
        }
        last = new Picture(knowledge, news, forgotten, members, down);
        news = new BitSet();
        forgotten = new BitSet();
        roster.show(knowledge);
        return last;
    }

    /** All that the last picture showed, for one who has seen none. */
    Picture shown() {
        var all = new BitSet();
        last.knowledge().forEach(state -> all.set(state.number()));
        return new Picture(last.knowledge(), all, new BitSet(), last.members(), last.down());
    }

    List<NodeId> fallenSilent() {
        return difference(silent, silentBefore);
    }

    List<NodeId> noLongerSilent() {
        return difference(silentBefore, silent);
    }

    private List<NodeId> difference(BitSet some, BitSet others) {
        var left = (BitSet) some.clone();
        left.andNot(others);
        return left.stream().mapToObj(roster::node).toList();
    }
}
