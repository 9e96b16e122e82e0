package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.input.Problem;
import io.ringsim.input.Suggestion;
import io.ringsim.report.RunFolderException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** All commands, and what becomes of what goes wrong in them. */
@Command(
        name = "ringsim",
        description = "Try a Cassandra topology change before production does.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunCommand.class,
            SuiteCommand.class,
            ValidateCommand.class,
            PlanCommand.class,
            RingCommand.class,
            TokenCommand.class,
            ReplicasCommand.class,
            ReportCommand.class,
            BenchCommand.class,
            ImportCommand.class,
            DumpCommand.class,
            NodeCommand.class,
            AdminCommand.class,
            LiveCommand.Status.class,
            LiveCommand.Netstats.class,
            LiveCommand.Info.class,
            LiveCommand.Gossipinfo.class,
            CompletionCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Exit codes: 0 everything held; 1 an expectation failed or an operation was refused; 2 bad arguments or input;",
            "3 no verdict, a limit was reached; 4 the same seed gave another trace; 5 port, disk or memory; 70 a bug of",
            "ours; 130 interrupted.",
            "",
            "Examples:",
            "  ringsim run bootstrap",
            "  ringsim plan decommission --ring ring.txt --status status.txt --replication SimpleStrategy:3 --node n3",
            "  ringsim COMMAND --help"
        })
final class Commands {
    private Commands() {}

    /** Runs one command line. */
    static int execute(Shell shell, String... args) {
        CommandLine line = commandLine(shell);
        int exitCode = line.execute(args);
        line.getOut().flush();
        line.getErr().flush();
        shell.out().flush();
        return shell.out().checkError() && exitCode == ExitCode.OK ? ExitCode.ENVIRONMENT : exitCode;
    }

    static CommandLine commandLine(Shell shell) {
        var line = new CommandLine(new Commands(), new Factory(shell));
        line.setOut(new PrintWriter(shell.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(shell.err(), true, StandardCharsets.UTF_8));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setAbbreviatedOptionsAllowed(false);
        line.setUsageHelpWidth(Math.min(120, Math.max(60, shell.terminal().columns())));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                shell.terminal().outIsTerminal() && shell.terminal().color() ? Ansi.ON : Ansi.OFF));
        line.setParameterExceptionHandler((wrong, given) -> wrongArguments(wrong, given, shell));
        line.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command, shell));
        addHelp(line);
        return line;
    }

    /** Every command knows {@code --help} and {@code -V}. */
    private static void addHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true);
        line.getCommandSpec().versionProvider(new VersionCommand.Provider());
        line.getSubcommands().values().forEach(Commands::addHelp);
    }

    private static int wrongArguments(ParameterException wrong, String[] given, Shell shell) {
        CommandLine line = wrong.getCommandLine();
        String name = line.getCommandSpec().qualifiedName();
        shell.say(name + ": " + String.valueOf(wrong.getMessage()).stripTrailing());
        if (wrong instanceof MissingParameterException) {
            misspelt(line, given).forEach(shell::say);
        }
        UnmatchedArgumentException.printSuggestions(wrong, shell.err());
        shell.say("Try " + name + " --help.");
        return ExitCode.BAD_INPUT;
    }

    /** An option that is missing may be there under another name. */
    private static List<String> misspelt(CommandLine line, String[] given) {
        List<String> known = List.copyOf(line.getCommandSpec().optionsMap().keySet());
        return Arrays.stream(given)
                .filter(argument -> argument.startsWith("--"))
                .map(argument -> argument.replaceFirst("=.*", ""))
                .filter(option -> !known.contains(option))
                .map(option -> "Unknown option: " + option + "; " + Suggestion.remedy(option, known))
                .toList();
    }

    private static int failed(Exception failure, CommandLine line, Shell shell) {
        shell.out().flush();
        String name = line.getCommandSpec().qualifiedName();
        if (failure instanceof BadInput bad) {
            return badInput(bad, name, shell);
        }
        if (failure instanceof RunFolderException refused) {
            shell.say(name + ": " + refused.getMessage());
            return refused.exitCode();
        }
        if (failure instanceof ParameterException wrong) {
            return wrongArguments(wrong, new String[0], shell);
        }
        if (failure instanceof UncheckedIOException io) {
            shell.say(name + ": " + io.getMessage() + "; check files, rights and free space");
            return ExitCode.ENVIRONMENT;
        }
        return bug(failure, name, shell);
    }

    private static int badInput(BadInput bad, String name, Shell shell) {
        for (Problem problem : bad.problems()) {
            boolean isArgument = problem.line() == 0
                    && (problem.file().startsWith("--") || problem.file().startsWith("KEY"));
            shell.say((isArgument ? name + ": " : "") + problem);
        }
        int more = bad.count() - bad.problems().size();
        shell.say((more > 0 ? "... and " + more + " more\n" : "") + bad.count() + " error"
                + (bad.count() == 1 ? "" : "s") + ", nothing was done");
        return ExitCode.BAD_INPUT;
    }

    private static int bug(Exception failure, String name, Shell shell) {
        shell.say(
                name + ": sorry, this is a bug of ours. Please report it with the lines below, the command you gave and"
                        + " the files it read.");
        shell.say("ringsim " + VersionCommand.version() + ", Java " + System.getProperty("java.version"));
        failure.printStackTrace(shell.err());
        return ExitCode.BUG;
    }

    /** Gives each command the shell it works with. */
    private record Factory(Shell shell) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (Constructor<?> constructor : type.getDeclaredConstructors()) {
                if (List.of(constructor.getParameterTypes()).equals(List.of(Shell.class))) {
                    try {
                        return type.cast(constructor.newInstance(shell));
                    } catch (InvocationTargetException failed) {
                        throw new IllegalStateException(failed.getCause());
                    }
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
