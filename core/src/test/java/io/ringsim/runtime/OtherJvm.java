package io.ringsim.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs a main class in another JVM with this one's class path, and hands back what it printed. */
public final class OtherJvm {
    private static final String OTHER_JAVA_HOME = "RINGSIM_OTHER_JAVA_HOME";

    private OtherJvm() {}

    /** With this JVM's class path. */
    public static List<String> run(Path javaHome, List<String> jvmArguments, Class<?> main, String... mainArguments) {
        var arguments = new ArrayList<>(jvmArguments);
        arguments.addAll(List.of("-cp", classPath(), main.getName()));
        arguments.addAll(Arrays.asList(mainArguments));
        return run(javaHome, arguments);
    }

    /** What it printed; an exception when it failed. */
    public static List<String> run(Path javaHome, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(javaHome.resolve("bin").resolve("java").toString());
        command.addAll(arguments);
        try {
            var errors = Files.createTempFile("other-jvm", ".err");
            var process =
                    new ProcessBuilder(command).redirectError(errors.toFile()).start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + " failed:\n" + output + Files.readString(errors));
            }
            Files.delete(errors);
            return output.lines().toList();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static Path thisJavaHome() {
        return Path.of(System.getProperty("java.home"));
    }

    /** A JDK of another version: the environment names it, or it lies beside this one. */
    public static Optional<Path> otherJavaHome() {
        var named = System.getenv(OTHER_JAVA_HOME);
        if (named != null) {
            return Optional.of(Path.of(named));
        }
        try (Stream<Path> siblings = Files.list(thisJavaHome().toRealPath().getParent())) {
            return siblings.filter(
                            home -> version(home).map(OtherJvm::isAnother).orElse(false))
                    .sorted()
                    .findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isAnother(int version) {
        return version >= 17 && version != Runtime.version().feature();
    }

    private static Optional<Integer> version(Path home) {
        try (var lines = Files.lines(home.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring(line.indexOf('"') + 1).replaceFirst("[^0-9].*", ""))
                    .map(Integer::valueOf)
                    .filter(any -> Files.isExecutable(home.resolve("bin").resolve("java")))
                    .findFirst();
        } catch (IOException | RuntimeException noJdk) {
            return Optional.empty();
        }
    }

    public static String classPath() {
        var tests = System.getProperty("surefire.test.class.path");
        return tests == null ? System.getProperty("java.class.path") : tests;
    }
}
