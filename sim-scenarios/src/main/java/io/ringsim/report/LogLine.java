package io.ringsim.report;

import io.ringsim.ring.NodeId;
import io.ringsim.scenario.RunListener.Event;
import io.ringsim.scenario.RunResult;
import java.util.ArrayList;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What happened, as a person would note it: {@code 12.5s n3 bootstrap: session with n1 ended: complete}. */
final class LogLine {
    private LogLine() {}

    static String of(Event event) {
        String node = event.node().map(NodeId::value).orElse("ring");
        return oneLine(Units.moment(event.at()) + " " + node + " " + what(event));
    }

    /** The event in words, without its moment and its node. */
    static String what(Event event) {
        var rest = new TreeMap<>(event.fields());
        return switch (event.kind()) {
            case "state" -> "is " + taken(rest, "state") + details(rest);
            case "fault", "fault-ended" ->
                event.kind().replace('-', ' ') + ": " + taken(rest, "fault") + " " + taken(rest, "detail")
                        + details(rest);
            case "operation-started", "operation-ended" ->
                taken(rest, "operation") + verb(event.kind()) + result(rest, "outcome", "reason") + details(rest);
            case "session-started", "session-prepared", "session-ended" ->
                taken(rest, "operation") + ": session with " + taken(rest, "peer") + verb(event.kind())
                        + result(rest, "state", "failure") + details(rest);
            case "step" -> taken(rest, "operation") + ": " + taken(rest, "step") + details(rest);
            case "violation" -> "violates " + taken(rest, "invariant") + ": " + taken(rest, "detail") + details(rest);
            default -> event.kind().replace('-', ' ') + details(rest);
        };
    }

    static String verdict(RunResult run) {
        return oneLine(Units.moment(run.virtualTime()) + " " + RunJson.word(run.outcome())
                + (run.reason().isEmpty() ? "" : ": " + run.reason()) + "; " + run.scenario() + " seed " + run.seed()
                + ", " + Units.count(run.events(), "event") + ", trace " + run.traceHash());
    }

    private static String verb(String kind) {
        return " " + kind.substring(kind.indexOf('-') + 1);
    }

    private static String result(SortedMap<String, String> rest, String how, String why) {
        String outcome = taken(rest, how);
        String reason = taken(rest, why);
        return (outcome.isEmpty() ? "" : ": " + outcome) + (reason.isEmpty() ? "" : " (" + reason + ")");
    }

    private static String details(SortedMap<String, String> rest) {
        var shown = new ArrayList<String>();
        rest.forEach((name, value) -> {
            if (!value.isEmpty() && !value.equals("0")) {
                shown.add(detail(name, value));
            }
        });
        return shown.isEmpty() ? "" : shown.stream().collect(Collectors.joining(", ", " (", ")"));
    }

    private static String detail(String name, String value) {
        String words = name.replace('_', ' ');
        if (name.equals("tokens")) {
            return Units.count(value.split(" ", -1).length, "token");
        }
        boolean isBytes = name.startsWith("bytes") && value.matches("\\d{1,18}");
        return words.replaceFirst("^bytes ", "") + " " + (isBytes ? Units.bytes(Long.parseLong(value)) : value);
    }

    private static String taken(SortedMap<String, String> fields, String name) {
        String value = fields.remove(name);
        return value == null ? "" : value;
    }

    private static String oneLine(String text) {
        return text.chars()
                .mapToObj(c -> Character.isISOControl(c) ? " " : Character.toString(c))
                .collect(Collectors.joining())
                .strip();
    }
}
