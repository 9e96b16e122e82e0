package io.ringsim.cli;

import io.ringsim.plan.Change;
import io.ringsim.plan.Plan;
import io.ringsim.plan.PlanRequest;
import io.ringsim.plan.PlanResult;
import io.ringsim.plan.Planner;
import io.ringsim.plan.Refused;
import io.ringsim.plan.Speeds;
import io.ringsim.plan.TableSize;
import io.ringsim.report.JsonText;
import io.ringsim.report.Units;
import io.ringsim.ring.NodeId;
import io.ringsim.ring.Proximity;
import io.ringsim.ring.RingView;
import io.ringsim.ring.SourceChoice;
import io.ringsim.ring.TokenRing;
import io.ringsim.scenario.Model;
import io.ringsim.scenario.Operation;
import io.ringsim.scenario.Profile;
import io.ringsim.scenario.Scenario;
import io.ringsim.scenario.ScenarioRing;
import io.ringsim.scenario.Step;
import io.ringsim.scenario.StepText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Shows what a scenario would do, operation by operation, without running it. */
final class DryRun {
    private final Shell shell;
    private final Format format;

    DryRun(Shell shell, Format format) {
        this.shell = shell;
        this.format = format;
    }

    /** A step as its file has it, and what it would move where it is an operation. */
    private record Line(String step, Optional<PlanResult> result) {
        String bytes() {
            return result.map(outcome -> outcome instanceof Plan plan ? Units.bytes(plan.totalBytes()) : "")
                    .orElse("");
        }

        String duration() {
            return result.map(outcome -> outcome instanceof Plan plan
                            ? Units.duration(plan.estimate().likely())
                            : "")
                    .orElse("");
        }

        String limitedBy() {
            return result.map(outcome -> outcome instanceof Plan plan
                            ? plan.estimate().limitedBy()
                            : "refused: " + ((Refused) outcome).reason())
                    .orElse("");
        }
    }

    void print(Scenario scenario, long seed) {
        ScenarioRing ring = ScenarioRing.of(scenario, seed);
        List<Line> lines = lines(scenario, ring);
        if (format == Format.TEXT) {
            text(scenario, seed, lines);
            return;
        }
        if (format == Format.CSV) {
            shell.out().print(CsvText.line("step", "bytes", "likely", "limited_by"));
            lines.forEach(line ->
                    shell.out().print(CsvText.line(line.step, line.bytes(), line.duration(), line.limitedBy())));
            return;
        }
        JsonText.Body body = json -> {
            json.writeStartObject();
            json.writeStringField("schema", "ringsim/dry-run/1");
            json.writeStringField("scenario", scenario.name());
            json.writeNumberField("seed", seed);
            json.writeNumberField("nodes", scenario.ring().nodes().size());
            json.writeArrayFieldStart("steps");
            for (Line line : lines) {
                json.writeStartObject();
                json.writeStringField("step", line.step);
                if (line.result.isPresent() && line.result.get() instanceof Plan plan) {
                    json.writeNumberField("totalBytes", plan.totalBytes());
                    json.writeStringField("likely", plan.estimate().likely().toString());
                    json.writeStringField("limitedBy", plan.estimate().limitedBy());
                } else if (line.result.isPresent()) {
                    json.writeStringField("refused", ((Refused) line.result.get()).reason());
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        };
        shell.out().print(format == Format.JSON ? JsonText.pretty(body) : JsonText.compact(body) + "\n");
    }

    private void text(Scenario scenario, long seed, List<Line> lines) {
        var text = new StringBuilder();
        text.append(scenario.name()).append(", seed ").append(seed).append(": ");
        text.append(scenario.ring().nodes().size()).append(" nodes, ");
        text.append(scenario.ring().partitioner().name())
                .append(", profile ")
                .append(scenario.profile())
                .append("\n\n");
        var table = new TextTable("Step", ">Moves", ">Likely", "Limited by");
        lines.forEach(line -> table.row(line.step, line.bytes(), line.duration(), line.limitedBy()));
        text.append(table).append('\n');
        text.append(scenario.expect().size()).append(" expectations; ends at the latest after ");
        text.append(Units.duration(scenario.limits().virtual())).append(" of virtual time or ");
        text.append(Units.count(scenario.limits().events())).append(" events. Nothing was run.\n");
        shell.out().print(text);
    }

    /** Each operation is planned on the ring that the ones before it leave, as if all went well. */
    private static List<Line> lines(Scenario scenario, ScenarioRing ring) {
        TokenRing members = ring.design().ring();
        List<TableSize> tables = ring.design().sizes().stream()
                .map(table -> new TableSize(table.id(), table.bytes(), table.sstables()))
                .toList();
        var lines = new ArrayList<Line>();
        for (Step step : scenario.timeline()) {
            Optional<Change> change = change(step.action(), ring);
            if (change.isEmpty()) {
                lines.add(new Line(text(scenario, step), Optional.empty()));
                continue;
            }
            PlanResult result = Planner.plan(request(scenario, ring, members, tables, change.get()));
            lines.add(new Line(text(scenario, step), Optional.of(result)));
            if (result instanceof Plan plan) {
                members = change.get().after(members);
                tables = after(tables, plan);
            }
        }
        return lines;
    }

    private static String text(Scenario scenario, Step step) {
        String text = new StepText(scenario.ring()).of(step);
        return text.substring(2, text.length() - 2);
    }

    private static Optional<Change> change(Step.Action action, ScenarioRing ring) {
        if (action instanceof Operation.Bootstrap joining) {
            return Optional.of(new Change.Bootstrap(
                    joining.node(), joining.location(), ring.joiners().getOrDefault(joining.node(), joining.tokens())));
        }
        if (action instanceof Operation.Decommission leaving) {
            return Optional.of(new Change.Decommission(leaving.node(), leaving.force()));
        }
        if (action instanceof Operation.Remove remove) {
            return Optional.of(new Change.Remove(remove.node()));
        }
        return Optional.empty();
    }

    private static PlanRequest request(
            Scenario scenario, ScenarioRing ring, TokenRing members, List<TableSize> tables, Change change) {
        Model model = scenario.model();
        boolean strict = scenario.profile() != Profile.V0_6 && model.consistentRangeMovement();
        var speeds = new Speeds(
                model.streamThroughputOutbound().bytesPerSecond(),
                model.interDcStreamThroughputOutbound().bytesPerSecond(),
                model.network().bandwidth().bytesPerSecond(),
                model.disk().read().bytesPerSecond(),
                model.disk().write().bytesPerSecond(),
                model.ringDelay());
        return new PlanRequest(
                RingView.of(members),
                ring.design().keyspaces(),
                tables,
                change,
                new SourceChoice(strict, node -> !isRemoved(node, change), Proximity.BY_LOCATION, false),
                ScenarioRing.sizes(scenario.profile()),
                speeds);
    }

    /** Who is to be removed is down by then. */
    private static boolean isRemoved(NodeId node, Change change) {
        return change instanceof Change.Remove remove && remove.node().equals(node);
    }

    /** Receivers have more of a table afterwards, by its part of all that is stored. */
    private static List<TableSize> after(List<TableSize> tables, Plan plan) {
        var grown = new ArrayList<TableSize>();
        for (TableSize table : tables) {
            String keyspace = table.id().keyspace();
            long all = total(tables.stream()
                    .filter(other -> other.id().keyspace().equals(keyspace))
                    .toList());
            double part = (double) total(List.of(table)) / Math.max(1, all);
            var bytes = new TreeMap<>(table.bytes());
            plan.keyspaces().stream()
                    .filter(moved -> moved.name().equals(keyspace))
                    .flatMap(moved -> moved.fetch().stream())
                    .forEach(range -> bytes.merge(range.to(), Math.round(range.bytes() * part), Long::sum));
            grown.add(new TableSize(table.id(), bytes, table.sstables()));
        }
        return grown;
    }

    private static long total(List<TableSize> tables) {
        return tables.stream()
                .flatMap(table -> table.bytes().values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
