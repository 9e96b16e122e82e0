package io.ringsim.scenario;

import io.ringsim.input.Keys;
import io.ringsim.input.Malformed;
import io.ringsim.input.Suggestion;
import io.ringsim.input.Units;
import io.ringsim.input.Yaml;
import io.ringsim.ring.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the steps of a timeline that are faults. */
final class FaultReader {
    static final List<String> FAULTS =
            List.of("crash", "restart", "partition", "hold", "loss", "heal", "corrupt-file", "slow-disk", "disk-full");

    private final Known known;
    private final Model model;

    FaultReader(Known known, Model model) {
        this.known = known;
        this.model = model;
    }

    Optional<? extends Fault> read(Keys step) {
        Optional<String> name = step.text("fault");
        if (name.isEmpty()) {
            return Optional.empty();
        }
        return switch (name.get()) {
            case "crash" -> crash(step);
            case "restart" -> node(step).map(Fault.Restart::new);
            case "partition" -> partition(step);
            case "hold" -> hold(step);
            case "loss" -> loss(step);
            case "heal" -> Optional.of(new Fault.Heal());
            case "corrupt-file" -> corruptFile(step);
            case "slow-disk" -> slowDisk(step);
            case "disk-full" -> diskFull(step);
            default -> {
                String remedy = TimelineReader.OPERATIONS.contains(name.get())
                        ? "write do: " + name.get()
                        : Suggestion.remedy(name.get(), FAULTS);
                step.error("fault", "fault '" + name.get() + "' is not known", remedy);
                step.forEach((key, value) -> {});
                yield Optional.empty();
            }
        };
    }

    private Optional<Fault.Crash> crash(Keys step) {
        Optional<Duration> restart = step.read("restart_after", Units::time);
        return node(step).map(node -> new Fault.Crash(node, restart));
    }

    private Optional<Fault.Partition> partition(Keys step) {
        Optional<Duration> lasting = lasting(step);
        return links(step, false).map(links -> new Fault.Partition(links, lasting));
    }

    private Optional<Fault.Hold> hold(Keys step) {
        Optional<Duration> lasting = lasting(step);
        return links(step, false).map(links -> new Fault.Hold(links, lasting));
    }

    private Optional<Fault.Loss> loss(Keys step) {
        Optional<Duration> lasting = lasting(step);
        Optional<Double> rate =
                step.require("rate", "write rate: 1%") ? step.read("rate", Units::share) : Optional.empty();
        Optional<Fault.Links> links = links(step, true);
        return rate.isPresent() ? links.map(on -> new Fault.Loss(on, rate.get(), lasting)) : Optional.empty();
    }

    private Optional<Fault.CorruptFile> corruptFile(Keys step) {
        int files = step.read("files", text -> {
                    long count = Units.count(text);
                    if (count < 1 || count > 1_000_000) {
                        throw new Malformed("'" + text + "' is out of range", "write a number from 1 to 1M");
                    }
                    return (int) count;
                })
                .orElse(1);
        return node(step).map(node -> new Fault.CorruptFile(node, files));
    }

    private Optional<Fault.SlowDisk> slowDisk(Keys step) {
        Optional<Duration> lasting = lasting(step);
        Model.Disk disk = model.disk();
        List<String> ways = step.present(List.of("factor", "rate", "read", "write"));
        if (ways.isEmpty() || (ways.size() > 1 && !ways.equals(List.of("read", "write")))) {
            Keys.error(
                    known.problems(),
                    step.place(),
                    ways.isEmpty()
                            ? "the step does not say how slow the disk becomes"
                            : String.join(" and ", ways) + " contradict each other",
                    "write factor: 10, or rate: 5MiB/s, or read: and write:");
            node(step);
            return Optional.empty();
        }
        Rate read = disk.read();
        Rate write = disk.write();
        if (ways.contains("factor")) {
            double factor = step.read("factor", FaultReader::factor).orElse(1.0);
            read = new Rate(Math.max(1, Math.round(read.bytesPerSecond() / factor)));
            write = new Rate(Math.max(1, Math.round(write.bytesPerSecond() / factor)));
        } else if (ways.contains("rate")) {
            read = ModelReader.finite(step, "rate", read);
            write = read;
        } else {
            read = ModelReader.finite(step, "read", read);
            write = ModelReader.finite(step, "write", write);
        }
        Rate slowRead = read;
        Rate slowWrite = write;
        return node(step).map(node -> new Fault.SlowDisk(node, slowRead, slowWrite, lasting));
    }

    private static double factor(String text) {
        try {
            double factor = Double.parseDouble(text);
            if (factor > 1 && factor <= 1e9) {
                return factor;
            }
        } catch (NumberFormatException notANumber) {
            throw new Malformed("'" + text + "' is no number", "write factor: 10 for a tenth of the speed");
        }
        throw new Malformed("'" + text + "' does not slow anything down", "write factor: 10 for a tenth of the speed");
    }

    private Optional<Fault.DiskFull> diskFull(Keys step) {
        Optional<Duration> lasting = lasting(step);
        return node(step).map(node -> new Fault.DiskFull(node, lasting));
    }

    private Optional<NodeId> node(Keys step) {
        return step.require("node", "write node: n3")
                ? step.value("node").flatMap(value -> known.node(value, "node"))
                : Optional.empty();
    }

    private Optional<Duration> lasting(Keys step) {
        return step.read("for", text -> {
            Duration lasting = Units.time(text);
            if (lasting.isZero()) {
                throw new Malformed("a fault that lasts no time is none", "write for: 25s, or leave it out");
            }
            return lasting;
        });
    }

    private Optional<Fault.Links> links(Keys step, boolean mayBeAll) {
        List<String> ways = step.present(List.of("between", "groups"));
        boolean oneWay = step.bool("one_way").orElse(false);
        if (ways.isEmpty() && mayBeAll && !oneWay) {
            return Optional.of(Fault.Links.ALL);
        }
        if (ways.size() != 1) {
            Keys.error(
                    known.problems(),
                    step.place(),
                    ways.isEmpty()
                            ? "the step does not say between which nodes"
                            : "between and groups contradict each other",
                    "write between: [n2, n7] or groups: [[n1, n2], [n3, n4]]");
            return Optional.empty();
        }
        boolean between = ways.get(0).equals("between");
        var groups = new ArrayList<List<NodeId>>();
        var seen = new ArrayList<NodeId>();
        boolean whole = true;
        for (Yaml item : step.list(ways.get(0))) {
            var group = new ArrayList<NodeId>();
            for (Yaml member : Keys.items(item, ways.get(0), known.problems())) {
                Optional<NodeId> node = known.node(member, ways.get(0));
                whole &= node.isPresent();
                node.ifPresent(id -> {
                    if (seen.contains(id)) {
                        Keys.error(
                                known.problems(), member.place(), id + " is named twice", "put each node on one side");
                    }
                    seen.add(id);
                    group.add(id);
                });
            }
            groups.add(group);
        }
        if (whole
                && (groups.size() < 2
                        || (between && groups.size() != 2)
                        || groups.stream().anyMatch(List::isEmpty))) {
            step.error(
                    ways.get(0),
                    between ? "between needs two sides" : "groups needs two or more groups",
                    between ? "write between: [n2, n7] or [[n1, n2], [n7]]" : "write groups: [[n1, n2], [n3, n4]]");
            return Optional.empty();
        }
        if (oneWay && groups.size() != 2) {
            step.error("one_way", "one way goes from one group to one other", "give two groups");
            return Optional.empty();
        }
        return whole ? Optional.of(new Fault.Links(groups, oneWay)) : Optional.empty();
    }
}
