package io.ringsim.nodetool;

import io.ringsim.input.Source;

/** What a file probably is, from its first lines. */
public enum Kind {
    RING,
    STATUS,
    DESCRIBERING,
    SCENARIO,
    CASSANDRA_YAML,
    STORAGE_CONF,
    UNKNOWN;

    private static final int LOOKED_AT = 500;

    public static Kind of(Source source) {
        int lines = Math.min(LOOKED_AT, source.lines().size());
        for (int number = 1; number <= lines; number++) {
            Kind kind = of(source.line(number));
            if (kind != UNKNOWN) {
                return kind;
            }
        }
        return UNKNOWN;
    }

    private static Kind of(String line) {
        if (line.startsWith("Address ") && line.contains("Token")) {
            return RING;
        }
        if (line.startsWith("--") && line.contains("Address")) {
            return STATUS;
        }
        String text = line.strip();
        if (text.startsWith("TokenRange(") || text.equals("TokenRange:")) {
            return DESCRIBERING;
        }
        if (line.startsWith("ringsim:")) {
            return SCENARIO;
        }
        if (line.startsWith("cluster_name:") || line.startsWith("num_tokens:") || line.startsWith("partitioner:")) {
            return CASSANDRA_YAML;
        }
        return text.startsWith("<Storage") ? STORAGE_CONF : UNKNOWN;
    }
}
