package io.ringsim.cli;

import picocli.CommandLine.Option;

/** The options of everything that prints data. */
final class OutputOptions {
    @Option(
            names = {"-F", "--format"},
            paramLabel = "FORMAT",
            description = "How to print: text, json, ndjson or csv (default: text).")
    private Format format = Format.TEXT;

    Format format() {
        return format;
    }
}
