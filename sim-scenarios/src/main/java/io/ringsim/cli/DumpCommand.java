package io.ringsim.cli;

import io.ringsim.input.BadInput;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.disk.CorruptFile;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.sstable.SSTableDump;
import io.ringsim.storage.sstable.SSTableDump.Layout;
import io.ringsim.storage.sstable.SSTableFiles;
import io.ringsim.storage.sstable.SSTableId;
import io.ringsim.storage.sstable.SSTableReader;
import io.ringsim.storage.sstable.SSTableVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Prints what SSTables hold, or checks them. */
@Command(
        name = "dump",
        description = "Prints SSTables as JSON, as sstabledump does, or verifies them.",
        footer = {
            "",
            "PATH is a Data.db file, or a directory: then all SSTables in it. Keys are written as they are printed: text, or",
            "0x and hexadecimal digits.",
            "",
            "Examples:",
            "  ringsim dump data/shop/orders/rs-7-big-Data.db -k alice",
            "  ringsim dump data/shop/orders -l | jq .partition.key",
            "  ringsim dump data/shop/orders --verify"
        })
final class DumpCommand implements Callable<Integer> {
    private final Shell shell;

    @Parameters(paramLabel = "PATH", description = "A Data.db file or a directory of SSTables.")
    private String path = "";

    @Option(names = "-k", paramLabel = "KEY", description = "Only this key; may be given again.")
    private List<String> keys = new ArrayList<>();

    @Option(names = "-t", description = "Times as numbers: microseconds, or seconds.")
    private boolean rawTimes;

    @ArgGroup
    private Shape shape = new Shape();

    /** What is printed; one of these at most. */
    static final class Shape {
        @Option(names = "-l", description = "One JSON object a line for each partition.")
        private boolean lines;

        @Option(names = "-e", description = "Only the keys.")
        private boolean keysOnly;

        @Option(names = "-d", description = "One line for each row, not as JSON.")
        private boolean rows;

        @Option(
                names = "--verify",
                description = "Prints nothing of it, but checks every checksum, the order, and index against data.")
        private boolean verify;

        private Layout layout() {
            return lines ? Layout.LINES : keysOnly ? Layout.KEYS : rows ? Layout.ROWS : Layout.ARRAY;
        }
    }

    /** SSTables of one directory. */
    private record Found(RealDisk disk, String directory, List<SSTableId> ids) {}

    DumpCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        try {
            var found = find(Path.of(path).toAbsolutePath().normalize());
            return shape.verify ? verify(found) : print(found);
        } catch (CorruptFile corrupt) {
            return refuse(corrupt);
        } catch (UncheckedIOException failed) {
            if (failed.getCause() instanceof CorruptFile corrupt) {
                return refuse(corrupt);
            }
            throw failed;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private int refuse(CorruptFile corrupt) {
        shell.out().flush();
        shell.say("ringsim dump: " + corrupt.getMessage());
        return ExitCode.BAD_INPUT;
    }

    private Found find(Path wanted) throws IOException {
        boolean isDirectory = Files.isDirectory(wanted);
        if (!isDirectory && !Files.isRegularFile(wanted)) {
            throw BadInput.in(path, "there is no such file or directory", "name a Data.db file or a directory");
        }
        var directory = isDirectory ? wanted : wanted.getParent();
        if (directory == null || directory.getParent() == null) {
            throw BadInput.in(path, "it holds no SSTables", "name the directory they are in");
        }
        var disk = RealDisk.at(directory.getParent());
        var name = String.valueOf(directory.getFileName());
        if (!isDirectory) {
            var id = SSTableId.ofData(String.valueOf(wanted.getFileName()))
                    .orElseThrow(() ->
                            BadInput.in(path, "it is no Data.db file of this store", "name one like rs-1-big-Data.db"));
            return new Found(disk, name, List.of(id));
        }
        var ids = SSTableFiles.list(disk, name);
        if (ids.isEmpty()) {
            throw BadInput.in(path, "there is no complete SSTable in it", "name the directory of one table");
        }
        return new Found(disk, name, ids);
    }

    private int verify(Found found) throws IOException {
        int wrong = 0;
        for (var id : found.ids()) {
            var problems = SSTableVerifier.verify(found.disk(), found.directory(), id);
            problems.forEach(problem -> shell.out().println(problem.message()));
            wrong += problems.isEmpty() ? 0 : 1;
        }
        int all = found.ids().size();
        shell.out()
                .println(all + (all == 1 ? " SSTable" : " SSTables") + " checked, " + (wrong == 0 ? "none" : wrong)
                        + " with problems");
        return wrong == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private int print(Found found) throws IOException {
        var readers = new ArrayList<SSTableReader>();
        try {
            for (var id : found.ids()) {
                readers.add(SSTableReader.openUnknown(found.disk(), found.directory(), id));
            }
            SSTableDump.print(
                    readers, new SSTableDump.Options(shape.layout(), rawTimes, nowSeconds(), keys), shell.out());
            return ExitCode.OK;
        } catch (IllegalArgumentException wrong) {
            throw BadInput.in("KEY", String.valueOf(wrong.getMessage()), "");
        } finally {
            readers.forEach(SSTableReader::release);
        }
    }

    @RealWorld("what has expired depends on when it is looked at")
    private static long nowSeconds() {
        return System.currentTimeMillis() / 1000;
    }
}
