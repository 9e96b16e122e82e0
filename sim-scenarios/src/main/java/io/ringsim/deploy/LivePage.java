package io.ringsim.deploy;

import io.ringsim.report.JsonText;
import io.ringsim.report.Units;
import io.ringsim.ring.Endpoint;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a host shows of itself and of the ring: each page as JSON, and as nodetool prints it. */
enum LivePage {
    STATUS {
        @Override
        String text(LiveRing ring) {
            var text = new StringBuilder();
            var datacenters = ring.lines().stream()
                    .collect(Collectors.groupingBy(
                            line -> line.endpoint().location().datacenter(), TreeMap::new, Collectors.toList()));
            datacenters.forEach((datacenter, lines) -> {
                var title = "Datacenter: " + datacenter;
                text.append(title)
                        .append('\n')
                        .append("=".repeat(title.length()))
                        .append('\n');
                text.append("Status=Up/Down\n|/ State=Normal/Leaving/Joining/Moving\n");
                text.append(row(STATUS_ROW, "--", "Address", "Load", "Tokens", "Owns", "Rack"));
                lines.forEach(line -> text.append(row(
                        STATUS_ROW,
                        line.code(),
                        line.node(),
                        Units.bytes(line.endpoint().load()),
                        line.endpoint().tokens().size(),
                        Units.share(line.owns()),
                        line.endpoint().location().rack())));
            });
            return text.toString();
        }

        @Override
        String json(LiveRing ring) {
            return document("ringsim/live-status/1", json -> {
                json.writeArrayFieldStart("nodes");
                for (var line : ring.lines()) {
                    json.writeStartObject();
                    json.writeStringField("node", line.node().value());
                    json.writeStringField("status", line.up() ? "Up" : "Down");
                    json.writeStringField("state", line.state());
                    json.writeStringField(
                            "datacenter", line.endpoint().location().datacenter());
                    json.writeStringField("rack", line.endpoint().location().rack());
                    json.writeNumberField("load", line.endpoint().load());
                    json.writeNumberField("tokens", line.endpoint().tokens().size());
                    json.writeNumberField("owns", line.owns());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        }
    },
    RING {
        @Override
        String text(LiveRing ring) {
            var text = new StringBuilder(row(RING_ROW, "Address", "Rack", "Status", "State", "Load", "Token"));
            ring.places()
                    .forEach(place -> text.append(row(
                            RING_ROW,
                            place.line().node(),
                            place.line().endpoint().location().rack(),
                            place.line().up() ? "Up" : "Down",
                            place.line().state(),
                            Units.bytes(place.line().endpoint().load()),
                            place.token())));
            return text.toString();
        }

        @Override
        String json(LiveRing ring) {
            return document("ringsim/live-ring/1", json -> {
                json.writeStringField("partitioner", ring.partitioner().name());
                json.writeArrayFieldStart("tokens");
                for (var place : ring.places()) {
                    json.writeStartObject();
                    json.writeStringField("token", place.token().toString());
                    json.writeStringField("node", place.line().node().value());
                    json.writeStringField("status", place.line().up() ? "Up" : "Down");
                    json.writeStringField("state", place.line().state());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        }
    },
    INFO {
        @Override
        String text(LiveRing ring) {
            var text = new StringBuilder("Host: " + ring.host().phase() + "\n");
            ring.host().nodes().forEach(node -> {
                text.append(node.node()).append('\n');
                text.append(row(INFO_ROW, "Running", node.running()));
                text.append(row(INFO_ROW, "Mode", node.mode()));
                text.append(row(INFO_ROW, "Generation No", node.generation()));
                if (!node.activity().isEmpty()) {
                    text.append(row(INFO_ROW, "Operation", node.activity()));
                }
                node.problem().ifPresent(problem -> text.append(row(INFO_ROW, "Problem", problem)));
            });
            return text.toString();
        }

        @Override
        String json(LiveRing ring) {
            return document("ringsim/live-info/1", json -> {
                json.writeStringField("phase", ring.host().phase().name());
                json.writeArrayFieldStart("nodes");
                for (var node : ring.host().nodes()) {
                    json.writeStartObject();
                    json.writeStringField("node", node.node().value());
                    json.writeBooleanField("running", node.running());
                    json.writeStringField("mode", node.mode().name());
                    json.writeNumberField("generation", node.generation());
                    json.writeStringField("operation", node.activity());
                    json.writeStringField("problem", node.problem().orElse(""));
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        }
    },
    NETSTATS {
        @Override
        String text(LiveRing ring) {
            var text = new StringBuilder();
            ring.host().nodes().forEach(node -> text.append(node.node() + " Mode: " + node.mode() + "\n"));
            if (ring.host().netstats().isEmpty()) {
                text.append("Not sending any streams.\n");
            }
            ring.host().netstats().forEach(line -> text.append(line).append('\n'));
            return text.toString();
        }

        @Override
        String json(LiveRing ring) {
            return document("ringsim/live-netstats/1", json -> {
                json.writeObjectFieldStart("modes");
                for (var node : ring.host().nodes()) {
                    json.writeStringField(node.node().value(), node.mode().name());
                }
                json.writeEndObject();
                json.writeArrayFieldStart("streams");
                for (var line : ring.host().netstats()) {
                    json.writeString(line);
                }
                json.writeEndArray();
            });
        }
    },
    GOSSIPINFO {
        @Override
        String text(LiveRing ring) {
            var text = new StringBuilder();
            for (var endpoint : ring.host().endpoints()) {
                text.append('/').append(endpoint.node()).append('\n');
                text.append("  generation:" + endpoint.generation() + "\n  version:" + endpoint.version() + "\n");
                text.append("  STATUS:" + status(endpoint) + "\n  LOAD:" + endpoint.load() + "\n");
                text.append("  SCHEMA:" + endpoint.schema() + "\n");
                text.append("  DC:" + endpoint.location().datacenter() + "\n");
                text.append("  RACK:" + endpoint.location().rack() + "\n");
            }
            return text.toString();
        }

        @Override
        String json(LiveRing ring) {
            return document("ringsim/live-gossipinfo/1", json -> {
                json.writeArrayFieldStart("endpoints");
                for (var endpoint : ring.host().endpoints()) {
                    json.writeStartObject();
                    json.writeStringField("node", endpoint.node().value());
                    json.writeNumberField("generation", endpoint.generation());
                    json.writeNumberField("version", endpoint.version());
                    json.writeStringField("STATUS", status(endpoint));
                    json.writeNumberField("LOAD", endpoint.load());
                    json.writeStringField("SCHEMA", endpoint.schema());
                    json.writeStringField("DC", endpoint.location().datacenter());
                    json.writeStringField("RACK", endpoint.location().rack());
                    json.writeEndObject();
                }
                json.writeEndArray();
            });
        }
    };

    private static final String STATUS_ROW = "%-3s %-16s %12s %7s %8s  %s%n";
    private static final String RING_ROW = "%-16s %-8s %-7s %-8s %12s  %s%n";
    private static final String INFO_ROW = "  %-14s : %s%n";

    /** As nodetool prints it. */
    abstract String text(LiveRing ring);

    abstract String json(LiveRing ring);

    /** Where it is found. */
    String path() {
        return "/" + name().toLowerCase(Locale.ROOT);
    }

    private static String document(String schema, JsonText.Body members) {
        return JsonText.pretty(json -> {
            json.writeStartObject();
            json.writeStringField("schema", schema);
            members.write(json);
            json.writeEndObject();
        });
    }

    private static String row(String format, Object... cells) {
        return String.format(Locale.ROOT, format, cells);
    }

    private static String status(Endpoint endpoint) {
        return endpoint.tokens().isEmpty()
                ? endpoint.status().name()
                : endpoint.status() + "," + endpoint.tokens().get(0);
    }
}
