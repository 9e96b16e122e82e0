package io.ringsim.cli;

import io.ringsim.input.Problem;
import io.ringsim.input.Problems;
import io.ringsim.input.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys on the command line, in a file, or on standard input. */
final class KeyOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "Keys, as UTF-8 text. - reads them from standard input.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Read keys from a file, one a line; - is standard input.")
    private String file = "";

    @Option(names = "--hex", description = "Keys are the hexadecimal form of their bytes.")
    private boolean hex;

    /** A key as it was written, and its bytes. */
    static final class Key {
        private final String text;
        private final byte[] bytes;

        private Key(String text, byte[] bytes) {
            this.text = text;
            this.bytes = bytes;
        }

        String text() {
            return text;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    /** All keys in their order; what is wrong with any of them is told at once. */
    List<Key> read(Shell shell) {
        var problems = new Problems();
        var read = new ArrayList<Key>();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).equals("-") && file.isEmpty()) {
                fromFile(shell.read("-"), read, problems);
            } else {
                key(keys.get(i), new Problem("KEY " + (i + 1), 0, 0, 0, false, "", "", ""), problems)
                        .ifPresent(read::add);
            }
        }
        if (!file.isEmpty()) {
            fromFile(shell.read(file), read, problems);
        }
        if (read.isEmpty() && !problems.hasErrors()) {
            problems.add(new Problem("KEY", 0, 0, 0, false, "no key is given", "write keys, or --keys FILE", ""));
        }
        problems.throwIfAny();
        return read;
    }

    private void fromFile(Source source, List<Key> read, Problems problems) {
        for (int number = 1; number <= source.lines().size(); number++) {
            String line = source.line(number);
            if (!line.isEmpty()) {
                key(line, new Problem(source.name(), number, 1, line.length(), false, "", "", line), problems)
                        .ifPresent(read::add);
            }
        }
    }

    private Optional<Key> key(String text, Problem place, Problems problems) {
        if (!hex) {
            return Optional.of(new Key(text, text.getBytes(StandardCharsets.UTF_8)));
        }
        String digits = text.startsWith("0x") ? text.substring(2) : text;
        if (digits.length() % 2 != 0 || !digits.chars().allMatch(HexFormat::isHexDigit)) {
            problems.add(new Problem(
                    place.file(),
                    place.line(),
                    place.column(),
                    place.length(),
                    false,
                    "'" + text + "' is not hexadecimal",
                    "write two digits for each byte, as 0a1b",
                    place.text()));
            return Optional.empty();
        }
        return Optional.of(new Key(text, HexFormat.of().parseHex(digits)));
    }
}
