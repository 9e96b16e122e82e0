package io.ringsim.nodetool;

import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code nodetool describering KEYSPACE}: one line per range, with its replicas and where they stand. */
record Describing(Source source, List<Described> ranges) {
    private static final String BEGIN = "TokenRange(";

    Describing {
        ranges = List.copyOf(ranges);
    }

    /**
     * One range.
     *
     * @param startColumn where the start token stands in its line, {@code endColumn} likewise
     */
    record Described(int line, String start, int startColumn, String end, int endColumn, List<Replica> replicas) {
        Described {
            replicas = List.copyOf(replicas);
        }
    }

    record Replica(String host, String datacenter, String rack) {}

    static Describing read(Source source, Problems problems) {
        var ranges = new ArrayList<Described>();
        for (int number = 1; number <= source.lines().size(); number++) {
            String line = source.line(number);
            String text = line.strip();
            if (text.startsWith(BEGIN)) {
                new Reader(source, number, line, problems).read(ranges);
            } else if (!text.equals("TokenRange:") && !Chatter.isChatter(line)) {
                problems.error(
                        source,
                        number,
                        1,
                        text.length(),
                        "not a line of nodetool describering",
                        "a line reads TokenRange(start_token:..., end_token:..., endpoints:[...], ...)");
            }
        }
        if (ranges.isEmpty() && !problems.hasErrors()) {
            problems.error(source, "lists no range", "give the whole output of nodetool describering KEYSPACE");
        }
        return new Describing(source, ranges);
    }

    private static final class Reader {
        private final Source source;
        private final int number;
        private final String line;
        private final Problems problems;
        private int at;
        private boolean failed;

        Reader(Source source, int number, String line, Problems problems) {
            this.source = source;
            this.number = number;
            this.line = line;
            this.problems = problems;
            at = line.indexOf(BEGIN) + BEGIN.length();
        }

        void read(List<Described> ranges) {
            expect("start_token:");
            int startColumn = at + 1;
            String start = until(", end_token:");
            int endColumn = at + 1;
            String end = until(", endpoints:[");
            String endpoints = until("]");
            until("endpoint_details:[");
            SortedMap<String, Replica> details = details();
            if (!failed && line.indexOf(')', at) < 0) {
                fail("the closing parenthesis is missing");
            }
            var replicas = new ArrayList<Replica>();
            for (String endpoint : endpoints.isBlank() ? new String[0] : endpoints.split(",\\s*", -1)) {
                Replica replica = details.get(host(endpoint));
                if (replica == null && !failed) {
                    fail("no endpoint_details of " + endpoint);
                }
                replicas.add(replica == null ? new Replica(endpoint, "?", "?") : replica);
            }
            if (!failed) {
                ranges.add(new Described(number, start, startColumn, end, endColumn, replicas));
            }
        }

        private SortedMap<String, Replica> details() {
            var details = new TreeMap<String, Replica>();
            while (!failed && line.startsWith("EndpointDetails(", at)) {
                expect("EndpointDetails(host:");
                String host = host(until(", datacenter:"));
                String datacenter = until(", rack:");
                String rack = until(")");
                details.put(host, new Replica(host, datacenter, rack));
                if (line.startsWith(", ", at)) {
                    at += 2;
                }
            }
            return details;
        }

        /** Addresses print as {@code /127.0.0.1} in some versions. */
        private static String host(String text) {
            return text.substring(text.indexOf('/') + 1).strip();
        }

        private void expect(String word) {
            if (!failed && line.startsWith(word, at)) {
                at += word.length();
            } else {
                fail("'" + word + "' is missing");
            }
        }

        private String until(String word) {
            int found = failed ? -1 : line.indexOf(word, at);
            if (found < 0) {
                fail("'" + word + "' is missing");
                return "";
            }
            String text = line.substring(at, found);
            at = found + word.length();
            return text.strip();
        }

        private void fail(String what) {
            if (!failed) {
                failed = true;
                int column = Math.min(at, line.length()) + 1;
                problems.error(source, number, column, line.length() - column + 1, what, "was the line cut off?");
            }
        }
    }
}
