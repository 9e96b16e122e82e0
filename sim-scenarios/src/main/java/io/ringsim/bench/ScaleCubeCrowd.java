package io.ringsim.bench;

import io.scalecube.cluster.ClusterConfig;
import io.scalecube.cluster.ClusterImpl;
import io.scalecube.cluster.ClusterMessageHandler;
import io.scalecube.cluster.membership.MembershipEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import reactor.core.publisher.Hooks;
import reactor.core.scheduler.Schedulers;

/** Members of a ScaleCube cluster over TCP. One sees another when it was added, and loses it when it is removed. */
final class ScaleCubeCrowd implements Crowd {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /**
     * How fast the dead are found.
     *
     * @param pingInterval in ms; half of it is the time in which a ping is to be answered
     * @param suspicionMult the suspected are dead after so many ping intervals, times the logarithm of the members' number
     */
    record Pace(int pingInterval, int suspicionMult) {
        /** ScaleCube's for a LAN, which are its defaults. */
        static final Pace DEFAULT = new Pace(1_000, 5);

        /** Thirty members are dead when they were silent for about as long as Akka's failure detector allows, 4 s. */
        static final Pace AS_AKKA = new Pace(600, 1);

        /** How long a member that did not answer is suspected only. */
        long suspicionMillis(int members) {
            int logarithm = Integer.SIZE - Integer.numberOfLeadingZeros(members - 1);
            return (long) suspicionMult * logarithm * pingInterval;
        }
    }

    private final List<ClusterImpl> members = new ArrayList<>();
    private final Map<String, SeverableTransport> transports = new ConcurrentHashMap<>();

    private ScaleCubeCrowd() {}

    /** Whether the library is on the class path. */
    static boolean isThere() {
        return ClassLoader.getSystemResource("io/scalecube/cluster/ClusterImpl.class") != null;
    }

    static Crowd.Starter at(Pace pace) {
        return (members, sightings) -> {
            // What cannot be sent to a member that was killed.
            Hooks.onErrorDropped(dropped -> {});
            var crowd = new ScaleCubeCrowd();
            var first = crowd.member(0, pace, List.of(), sightings);
            first.startAwait();
            for (int i = 1; i < members; i++) {
                crowd.member(i, pace, List.of(first.address()), sightings)
                        .start()
                        .subscribe(started -> {}, failed -> {});
            }
            return crowd;
        };
    }

    private static String name(int number) {
        return "m" + number;
    }

    private ClusterImpl member(int number, Pace pace, List<String> seeds, Sightings sightings) {
        var name = name(number);
        var config = ClusterConfig.defaultLanConfig()
                .memberAlias(name)
                .externalHost("127.0.0.1")
                .failureDetector(
                        detector -> detector.pingInterval(pace.pingInterval()).pingTimeout(pace.pingInterval() / 2))
                .membership(membership ->
                        membership.suspicionMult(pace.suspicionMult()).seedMembers(seeds));
        var member = new ClusterImpl(config)
                .transportFactory(() -> tcp -> transports.computeIfAbsent(name, any -> new SeverableTransport(tcp)))
                .handler(cluster -> watch(name, sightings));
        members.add(member);
        return member;
    }

    private static ClusterMessageHandler watch(String self, Sightings sightings) {
        return new ClusterMessageHandler() {
            @Override
            public void onMembershipEvent(MembershipEvent event) {
                if (event.isAdded()) {
                    sightings.sees(self, event.member().alias());
                } else if (event.isRemoved() || event.isLeaving()) {
                    sightings.loses(self, event.member().alias());
                }
            }
        };
    }

    @Override
    public String kill() {
        var victim = name(members.size() - 1);
        Objects.requireNonNull(transports.get(victim)).sever();
        return victim;
    }

    /** Severed first: leaving would be gossiped about for many seconds. */
    @Override
    public void close() {
        transports.values().forEach(SeverableTransport::sever);
        members.forEach(ClusterImpl::shutdown);
        members.forEach(member -> member.onShutdown().block(PATIENCE));
        Schedulers.shutdownNow();
        Hooks.resetOnErrorDropped();
    }
}
