package io.ringsim.cli;

/** How data is printed. */
enum Format {
    TEXT,
    JSON,
    NDJSON,
    CSV
}
