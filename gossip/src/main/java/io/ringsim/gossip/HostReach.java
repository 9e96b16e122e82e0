package io.ringsim.gossip;

import akka.cluster.ClusterEvent.ClusterDomainEvent;
import akka.cluster.ClusterEvent.MemberEvent;
import akka.cluster.ClusterEvent.ReachabilityEvent;
import akka.cluster.ClusterEvent.UnreachableMember;
import akka.cluster.MemberStatus;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which hosts are there and reachable, as Akka Cluster tells this host. */
final class HostReach {
    private final Incarnation here;
    private final SortedSet<Incarnation> members = new TreeSet<>();
    private final SortedSet<Incarnation> unreachable = new TreeSet<>();

    HostReach(Incarnation here) {
        this.here = here;
    }

    /** A host that is on its way out still counts; one that was downed does not. */
    void heard(ClusterDomainEvent event) {
        if (event instanceof MemberEvent change) {
            var host = Incarnation.of(change.member().uniqueAddress());
            var status = change.member().status();
            if (status.equals(MemberStatus.removed())) {
                members.remove(host);
                unreachable.remove(host);
            } else if (status.equals(MemberStatus.down())) {
                members.remove(host);
            } else {
                members.add(host);
            }
        } else if (event instanceof ReachabilityEvent change) {
            var host = Incarnation.of(change.member().uniqueAddress());
            if (change instanceof UnreachableMember) {
                unreachable.add(host);
            } else {
                unreachable.remove(host);
            }
        }
    }

    /** This host always is, to itself. */
    boolean isUp(Incarnation host) {
        return host.equals(here) || (members.contains(host) && !unreachable.contains(host));
    }
}
