package io.ringsim.scenario;

import io.ringsim.network.LinkSet;
import io.ringsim.ring.NodeId;
import io.ringsim.sim.SimulatedRing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Makes a scenario's faults befall a ring, and ends them when their time is over. */
final class FaultInjector {
    /** A fault that lasts, and how it ends. */
    private record Ongoing(String fault, String detail, Duration began, Runnable end) {}

    private final SimulatedRing ring;
    private final Agenda agenda;
    private final RunLog log;
    private final Model.Disk disk;
    private final List<Ongoing> ongoing = new ArrayList<>();
    private Duration lastChange = Duration.ZERO;

    FaultInjector(SimulatedRing ring, Agenda agenda, RunLog log, Model.Disk disk) {
        this.ring = ring;
        this.agenda = agenda;
        this.log = log;
        this.disk = disk;
    }

    void inject(Fault fault) {
        if (fault instanceof Fault.Crash crash) {
            crash(crash);
        } else if (fault instanceof Fault.Restart restart) {
            restart(restart.node());
        } else if (fault instanceof Fault.Partition partition) {
            var cut = ring.network().partition(links(partition.links()));
            begin("partition", describe(partition.links()), partition.lasting(), cut::heal);
        } else if (fault instanceof Fault.Hold hold) {
            var held = ring.network().hold(links(hold.links()));
            begin("hold", describe(hold.links()), hold.lasting(), held::release);
        } else if (fault instanceof Fault.Loss loss) {
            var worse = ring.network().impair(links(loss.links()), loss.rate(), 0, 0);
            begin(
                    "loss",
                    String.format(Locale.ROOT, "%.3g%% on %s", loss.rate() * 100, describe(loss.links())),
                    loss.lasting(),
                    worse::uninstall);
        } else if (fault instanceof Fault.Heal) {
            endAll();
        } else if (fault instanceof Fault.CorruptFile corrupt) {
            ring.node(corrupt.node()).disk().corruptFiles(corrupt.files());
            momentary("corrupt-file", corrupt.node() + ", " + corrupt.files() + " files");
        } else if (fault instanceof Fault.SlowDisk slow) {
            var slowed = ring.node(slow.node()).disk();
            double factor = Math.max(slowdown(disk.read(), slow.read()), slowdown(disk.write(), slow.write()));
            slowed.slowDown(factor);
            begin(
                    "slow-disk",
                    String.format(Locale.ROOT, "%s, %.3g times slower", slow.node(), factor),
                    slow.lasting(),
                    () -> slowed.slowDown(1));
        } else if (fault instanceof Fault.DiskFull full) {
            var filled = ring.node(full.node()).disk();
            filled.full(true);
            begin("disk-full", full.node().toString(), full.lasting(), () -> filled.full(false));
        }
    }

    private void crash(Fault.Crash crash) {
        var node = ring.node(crash.node());
        if (!node.isRunning()) {
            momentary("crash", node + " was not running");
            return;
        }
        node.crash();
        var began = ring.now();
        var detail = node.toString();
        log.faultBegan(began, "crash", detail);
        lastChange = began;
        ongoing.add(new Ongoing("crash", detail, began, () -> {}));
        crash.restartAfter().ifPresent(after -> agenda.at(began.plus(after), () -> restart(node.id())));
    }

    private void restart(NodeId id) {
        var node = ring.node(id);
        if (!node.isRunning()) {
            node.restart();
        }
        ongoing.stream()
                .filter(fault -> fault.fault().equals("crash") && fault.detail().equals(id.toString()))
                .findFirst()
                .ifPresent(this::end);
    }

    private void begin(String fault, String detail, Optional<Duration> lasting, Runnable end) {
        var one = new Ongoing(fault, detail, ring.now(), end);
        ongoing.add(one);
        lastChange = ring.now();
        log.faultBegan(ring.now(), fault, detail);
        lasting.ifPresent(length -> agenda.at(ring.now().plus(length), () -> end(one)));
    }

    private void momentary(String fault, String detail) {
        log.faultBegan(ring.now(), fault, detail);
        log.faultEnded(ring.now(), fault, detail, ring.now());
    }

    private void end(Ongoing fault) {
        if (ongoing.remove(fault)) {
            fault.end().run();
            lastChange = ring.now();
            log.faultEnded(ring.now(), fault.fault(), fault.detail(), fault.began());
        }
    }

    /** Ends everything that lasts, but starts no crashed node. */
    private void endAll() {
        List.copyOf(ongoing).stream()
                .filter(fault -> !fault.fault().equals("crash"))
                .forEach(this::end);
    }

    /** Whether no fault that lasts has befallen the ring, or gone on, within that time. */
    boolean isCalmFor(Duration time) {
        return ongoing.isEmpty()
                && (lastChange.isZero() || ring.now().minus(lastChange).compareTo(time) >= 0);
    }

    /** Writes down what still lasts when the run is over. */
    void close() {
        ongoing.forEach(fault -> log.faultEnded(ring.now(), fault.fault(), fault.detail(), fault.began()));
        ongoing.clear();
    }

    private static double slowdown(Rate usual, Rate slow) {
        if (slow.isUnlimited() || usual.isUnlimited()) {
            return 1;
        }
        return Math.max(1, (double) usual.bytesPerSecond() / slow.bytesPerSecond());
    }

    private static LinkSet links(Fault.Links links) {
        if (links.groups().isEmpty()) {
            return LinkSet.all();
        }
        if (links.oneWay()) {
            return LinkSet.oneWay(links.groups().get(0), links.groups().get(1));
        }
        LinkSet all = (from, to) -> false;
        for (int i = 0; i < links.groups().size(); i++) {
            for (int j = i + 1; j < links.groups().size(); j++) {
                all = all.or(
                        LinkSet.between(links.groups().get(i), links.groups().get(j)));
            }
        }
        return all;
    }

    private static String describe(Fault.Links links) {
        if (links.groups().isEmpty()) {
            return "every link";
        }
        var groups = links.groups().stream()
                .map(group ->
                        String.join(", ", group.stream().map(NodeId::value).toList()))
                .toList();
        return String.join(links.oneWay() ? " -> " : " | ", groups);
    }
}
