package io.ringsim.report;

import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a run folder back: the verdict, and from the events what the verdict does not hold. */
final class RunFolderReader {
    private static final String REMEDY = "name a run folder, such as out/latest";

    private final Path file;
    private final List<RunResult.NodeRun> before = new ArrayList<>();
    private final List<RunResult.NodeRun> after = new ArrayList<>();
    private final List<RunListener.Event> events = new ArrayList<>();
    private final RingHistory history = new RingHistory();
    private long eventCount;

    private RunFolderReader(Path file) {
        this.file = file;
    }

    static StoredRun read(Path path) {
        Path folder = folder(path);
        String verdict = content(folder.resolve(RunFolder.VERDICT));
        var reader = new RunFolderReader(folder.resolve(RunFolder.EVENTS));
        reader.readEvents();
        var result = RunJsonReader.read(folder.resolve(RunFolder.VERDICT).toString(), verdict, reader.after);
        return new StoredRun(result, reader.before, reader.history.changes(), reader.events, reader.eventCount, folder);
    }

    /** The folder meant by a path: itself, where {@code latest} points to, or that of a file in it. */
    private static Path folder(Path path) {
        try {
            if (Files.isSymbolicLink(path)) {
                return path.resolveSibling(Files.readSymbolicLink(path)).normalize();
            }
            if (path.endsWith(FolderFiles.LATEST) && Files.isRegularFile(path)) {
                return path.resolveSibling(Files.readString(path).strip()).normalize();
            }
        } catch (IOException | IllegalArgumentException unreadable) {
            throw RunFolderException.badInput(path.toString(), "cannot be followed", REMEDY);
        }
        if (Files.isRegularFile(path)) {
            Path parent = path.getParent();
            return parent == null ? Path.of("") : parent;
        }
        if (!Files.exists(path)) {
            throw RunFolderException.badInput(path.toString(), "does not exist", REMEDY);
        }
        return path;
    }

    private static String content(Path file) {
        if (!Files.isRegularFile(file)) {
            throw RunFolderException.badInput(file.toString(), "does not exist", REMEDY);
        }
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw RunFolderException.of(file, unreadable);
        }
    }

    private void readEvents() {
        if (!Files.isRegularFile(file)) {
            return;
        }
        try (var lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            int number = 1;
            for (String line = lines.readLine(); line != null; number++) {
                String next = lines.readLine();
                readLine(number, line, next == null);
                line = next;
            }
        } catch (IOException unreadable) {
            throw RunFolderException.of(file, unreadable);
        }
    }

    /** The last line of a run that was killed may be half a line; it is left out. */
    private void readLine(int number, String line, boolean isLast) {
        if (isLast && !line.endsWith("}")) {
            return;
        }
        JsonValue entry = JsonValue.parse(file + ":" + number, line);
        switch (entry.get("kind").text()) {
            case EventJson.AT_START -> {
                before.add(EventJson.node(entry));
                history.onStart(before.get(before.size() - 1));
            }
            case EventJson.AT_END -> after.add(EventJson.node(entry));
            default -> {
                eventCount++;
                var event = EventJson.event(entry);
                history.onEvent(event);
                if (events.size() < RunFolder.EVENTS_SHOWN) {
                    events.add(event);
                }
            }
        }
    }
}
