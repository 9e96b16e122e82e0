package io.ringsim.gossip;

import akka.actor.Address;
import akka.actor.AddressFromURIString;
import akka.cluster.UniqueAddress;

/**
 * One run of a host: a process that starts again at the same address is another.
 *
 * @param address of its ActorSystem, as Akka writes it: {@code akka://ring@10.0.0.1:25520}
 * @param uid the number Akka gave this run
 */
record Incarnation(String address, long uid) implements Comparable<Incarnation> {
    static Incarnation of(UniqueAddress host) {
        return new Incarnation(host.address().toString(), host.longUid());
    }

    Address toAddress() {
        return AddressFromURIString.parse(address);
    }

    @Override
    public int compareTo(Incarnation other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Long.compare(uid, other.uid);
    }

    @Override
    public String toString() {
        return address + "#" + uid;
    }
}
