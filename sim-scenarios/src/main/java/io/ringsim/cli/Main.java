package io.ringsim.cli;

import io.ringsim.scenario.RingRunner;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The ringsim command. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        Locale.setDefault(Locale.ROOT);
        var shell = new Shell(
                new PrintStream(System.out, false, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.in,
                Terminal.of(System.getProperties(), System.getenv()),
                RingRunner::new);
        int exitCode = Commands.execute(shell, args);
        shell.out().flush();
        Interrupt.saidAll(exitCode);
        System.exit(exitCode);
    }
}
