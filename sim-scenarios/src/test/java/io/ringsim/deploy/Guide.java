package io.ringsim.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a page of Markdown prints to be done: files, which are blocks that begin with {@code ```hocon NAME}, and commands, {@code
 * ```sh}. A shell runs it as it stands, one block after the other, where {@code ringsim} is this build.
 */
final class Guide {
    /** The printed addresses, for those that run a guide where they cannot have a loopback interface each. */
    static final String PORTS = "the addresses of the guide";

    private static final Path ROOT = Path.of(System.getProperty("ringsim.root", ".."));
    private static final Pattern BLOCK = Pattern.compile("```(\\w+)(?: (\\S+))?\n(.*?)```\n", Pattern.DOTALL);
    private static final long PATIENCE_MINUTES = 4;

    /** The waits of the ring are for rings of many hosts; and the ports are another ring's on this machine, if they can be. */
    private static final String OPTIONS = "-Dringsim.host.ring-delay=1s -XX:TieredStopAtLevel=1 -Xmx256m";

    /**
     * Something to be done.
     *
     * @param section the heading it stands under
     * @param file the name of a file; nothing for commands
     */
    record Block(String section, String kind, String file, String text) {}

    /** What came of it: the exit code of the shell, and all that was printed. */
    record Done(int exitCode, String said) {}

    private final String page;

    private Guide(String page) {
        this.page = page;
    }

    static Guide read(String page) throws IOException {
        return new Guide(Files.readString(ROOT.resolve(page)));
    }

    String page() {
        return page;
    }

    /** Those in order; what is only shown is left out. */
    List<Block> blocks() {
        var all = new ArrayList<Block>();
        for (var section : page.split("(?m)^## ", -1)) {
            var heading = section.lines().findFirst().orElse("");
            var found = BLOCK.matcher(section);
            while (found.find()) {
                if (found.group(1).equals("sh") || found.group(2) != null) {
                    var file = found.group(2) == null ? "" : found.group(2);
                    all.add(new Block(heading, found.group(1), file, found.group(3)));
                }
            }
        }
        return all;
    }

    /**
     * Does it in a directory, and stops what runs then.
     *
     * @param more what is done after it
     */
    Done run(Path folder, Predicate<Block> which, String more) throws IOException, InterruptedException {
        var script = new StringBuilder("set -eu\ntrap 'kill -9 $(cat *.pid) 2> /dev/null || true' EXIT\n");
        int number = 0;
        for (var block : blocks().stream().filter(which).toList()) {
            var text = block.file().isEmpty()
                    ? block.text()
                    : "cat > " + block.file() + " << 'END OF FILE'\n" + block.text() + "END OF FILE\n";
            script.append("echo '== ")
                    .append(++number)
                    .append(": ")
                    .append(block.section())
                    .append("'\n")
                    .append(text);
        }
        Files.writeString(folder.resolve("script"), script.append(more));
        command(folder.resolve("bin"));
        var said = folder.resolve("said");
        var process = new ProcessBuilder(shell(folder.resolve("script")))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile());
        process.environment().merge("PATH", folder.resolve("bin") + ":", (path, bin) -> bin + path);
        process.environment().put("RINGSIM_JAVA_OPTS", OPTIONS);
        var started = process.start();
        boolean ended = started.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES);
        started.descendants().forEach(ProcessHandle::destroyForcibly);
        started.destroyForcibly();
        return new Done(ended ? started.exitValue() : -1, Files.readString(said));
    }

    private static void command(Path folder) throws IOException {
        Files.createDirectories(folder);
        var java = ProcessHandle.current().info().command().orElse("java");
        Files.writeString(
                folder.resolve("ringsim"),
                "#!/bin/sh\nexec " + java + " $RINGSIM_JAVA_OPTS -cp '" + System.getProperty("java.class.path")
                        + "' io.ringsim.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(folder.resolve("ringsim"), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** With a loopback interface of its own where that is allowed, so that the ports that are printed are free. */
    private static List<String> shell(Path script) throws IOException, InterruptedException {
        var alone = new ProcessBuilder("sh", "-c", "unshare --net ip link set lo up")
                .redirectErrorStream(true)
                .start();
        alone.getInputStream().readAllBytes();
        return alone.waitFor() == 0
                ? List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec sh " + script)
                : List.of("sh", script.toString());
    }
}
