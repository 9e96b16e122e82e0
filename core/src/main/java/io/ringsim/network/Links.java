package io.ringsim.network;

import io.ringsim.ring.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state every link is in: how good it is, and what has been done to it. Nothing is kept for a link that is as usual. */
final class Links {
    /** A quality made ready for drawing. */
    record Link(LinkQuality quality, LatencySampler sampler, long median) {
        static Link of(LinkQuality quality) {
            return new Link(
                    quality,
                    LatencySampler.of(quality.latency()),
                    quality.latency().median().toNanos());
        }

        boolean isQuiet(long nanos) {
            return quality.loss() == 0 && sampler.max() <= nanos;
        }
    }

    /** Bad chances on top of what the links have. */
    record Impairment(LinkSet links, double loss, double duplication, double reordering) {}

    private final Link sameRack;
    private final Link sameDatacenter;
    private final Link betweenDatacenters;
    private final Map<Host, Map<Host, Link>> overrides = new HashMap<>();

    final List<Partition> partitions = new ArrayList<>();
    final List<Hold> holds = new ArrayList<>();
    final List<LinkRule> rules = new ArrayList<>();
    final List<Impairment> impairments = new ArrayList<>();

    Links(NetworkSettings settings) {
        sameRack = Link.of(settings.sameRack());
        sameDatacenter = Link.of(settings.sameDatacenter());
        betweenDatacenters = Link.of(settings.betweenDatacenters());
    }

    void override(Host from, Host to, LinkQuality quality) {
        overrides.computeIfAbsent(from, host -> new HashMap<>()).put(to, Link.of(quality));
    }

    /** Whether every message arrives, and within {@code nanos} of leaving the sender. */
    boolean areQuiet(long nanos) {
        return partitions.isEmpty()
                && holds.isEmpty()
                && rules.isEmpty()
                && impairments.isEmpty()
                && overrides.isEmpty()
                && sameRack.isQuiet(nanos)
                && sameDatacenter.isQuiet(nanos)
                && betweenDatacenters.isQuiet(nanos);
    }

    Link between(Host from, Host to) {
        if (!overrides.isEmpty()) {
            var overridden = overrides.get(from);
            var link = overridden == null ? null : overridden.get(to);
            if (link != null) {
                return link;
            }
        }
        return usual(from.location, to.location);
    }

    private Link usual(Location from, Location to) {
        if (from.equals(to)) {
            return sameRack;
        }
        return from.datacenter().equals(to.datacenter()) ? sameDatacenter : betweenDatacenters;
    }

    boolean isCut(Host from, Host to) {
        for (int i = 0; i < partitions.size(); i++) {
            if (partitions.get(i).links().contains(from.node, to.node)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    Hold holdOn(Host from, Host to) {
        for (int i = 0; i < holds.size(); i++) {
            if (holds.get(i).links().contains(from.node, to.node)) {
                return holds.get(i);
            }
        }
        return null;
    }

    Verdict judge(Host from, Host to, OpenChannel channel, WireMessage message) {
        for (int i = 0; i < rules.size(); i++) {
            var verdict = rules.get(i).judge(from.node, to.node, channel.channel(), message);
            if (!(verdict instanceof Verdict.Pass)) {
                return verdict;
            }
        }
        return Verdict.PASS;
    }

    boolean loses(Host from, Host to, Link link, Chance chance) {
        boolean lost = chance.happens(link.quality().loss());
        for (var impairment : impairments) {
            lost |= impairment.links().contains(from.node, to.node) && chance.happens(impairment.loss());
        }
        return lost;
    }

    boolean duplicates(Host from, Host to, Link link, Chance chance) {
        boolean twice = chance.happens(link.quality().duplication());
        for (var impairment : impairments) {
            twice |= impairment.links().contains(from.node, to.node) && chance.happens(impairment.duplication());
        }
        return twice;
    }

    boolean reorders(Host from, Host to, Link link, Chance chance) {
        boolean late = chance.happens(link.quality().reordering());
        for (var impairment : impairments) {
            late |= impairment.links().contains(from.node, to.node) && chance.happens(impairment.reordering());
        }
        return late;
    }
}
