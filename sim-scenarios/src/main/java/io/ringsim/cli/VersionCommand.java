package io.ringsim.cli;

import akka.actor.ActorSystem;
import io.ringsim.report.JsonText;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

/** Shows what runs here. */
@Command(
        name = "version",
        description = "Shows the versions of RingSim, Java and Akka.",
        footer = {"", "Example:", "  ringsim version --format json"})
final class VersionCommand implements Callable<Integer> {
    private final Shell shell;

    @Mixin
    private OutputOptions output = new OutputOptions();

    VersionCommand(Shell shell) {
        this.shell = shell;
    }

    static String version() {
        return Optional.ofNullable(Main.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Akka's own word: in one jar the manifest's is ours. */
    private static String akka() {
        return ActorSystem.Version();
    }

    @Override
    public Integer call() {
        String java = System.getProperty("java.version", "unknown");
        switch (output.format()) {
            case TEXT -> shell.out().print("ringsim " + version() + "\nJava    " + java + "\nAkka    " + akka() + "\n");
            case CSV ->
                shell.out().print(CsvText.line("ringsim", "java", "akka") + CsvText.line(version(), java, akka()));
            default -> {
                JsonText.Body body = json -> {
                    json.writeStartObject();
                    json.writeStringField("schema", "ringsim/version/1");
                    json.writeStringField("ringsim", version());
                    json.writeStringField("java", java);
                    json.writeStringField("akka", akka());
                    json.writeEndObject();
                };
                shell.out()
                        .print(output.format() == Format.JSON ? JsonText.pretty(body) : JsonText.compact(body) + "\n");
            }
        }
        return ExitCode.OK;
    }

    /** Answers {@code -V}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"ringsim " + version()};
        }
    }
}
