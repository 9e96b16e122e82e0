package io.ringsim.report;

import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import io.ringsim.scenario.RunResult.NodeRun;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The folder of one run, {@code BASE/NAME/SEED/}: events and log are written while it goes on, all else when it ends.
 * From the start there is a verdict in it that says "undecided", so a run that was killed is never taken for one that
 * passed. {@code BASE/latest} points to the folder opened last.
 *
 * <p>Give it to the runner as a listener, then {@link #finish} it with the result; close it in any case. What the disk
 * refuses is a {@link RunFolderException}.
 */
public final class RunFolder implements RunListener, AutoCloseable {
    /** How many events a report shows. */
    public static final int EVENTS_SHOWN = 500;

    static final String VERDICT = "verdict.json";
    static final String EVENTS = "events.ndjson";
    static final String LOCK = "scenario.lock.yaml";
    static final String LOG = "log.txt";
    static final String STREAMS = "streams.csv";
    static final String NODES = "nodes.csv";
    static final String JUNIT = "junit.xml";
    static final String REPORT = "report.html";
    /** All that a folder holds when its run is over. */
    static final List<String> FILES = List.of(REPORT, VERDICT, LOG, STREAMS, NODES, JUNIT, EVENTS, LOCK);

    private static final String INTERRUPTED = "the run was interrupted before it ended";

    private final Path folder;
    private final String scenario;
    private final long seed;
    private final BufferedWriter events;
    private final BufferedWriter log;
    private final List<Event> shown = new ArrayList<>();
    private final RingHistory history = new RingHistory();
    private List<NodeRun> before = List.of();
    private Duration now = Duration.ZERO;
    private long eventCount;
    private boolean finished;

    private RunFolder(Path folder, String scenario, long seed, BufferedWriter events, BufferedWriter log) {
        this.folder = folder;
        this.scenario = scenario;
        this.seed = seed;
        this.events = events;
        this.log = log;
    }

    /**
     * Makes the folder, or empties it of an earlier run's files, and points {@code latest} to it.
     *
     * @param base where all runs go: {@code out}
     * @param scenario its name; what a file name cannot hold becomes an underscore
     * @param lock the scenario with everything resolved, as YAML
     */
    public static RunFolder open(Path base, String scenario, long seed, String lock) {
        Path folder = base.resolve(FolderFiles.name(scenario)).resolve(Long.toString(seed));
        FolderFiles.makeEmpty(folder);
        FolderFiles.write(folder.resolve(VERDICT), RunJson.pretty(undecided(scenario, seed, Duration.ZERO)));
        FolderFiles.write(folder.resolve(LOCK), lock);
        FolderFiles.pointLatest(base, folder);
        var events = FolderFiles.append(folder.resolve(EVENTS));
        var run = new RunFolder(folder, scenario, seed, events, FolderFiles.append(folder.resolve(LOG)));
        run.log("0s ring " + scenario + " seed " + seed);
        return run;
    }

    /** Reads a run folder, or {@code latest}, back. */
    public static StoredRun read(Path path) {
        return RunFolderReader.read(path);
    }

    public Path path() {
        return folder;
    }

    @Override
    public void onStart(List<NodeRun> nodes) {
        before = List.copyOf(nodes);
        before.forEach(history::onStart);
        nodes.forEach(node -> event(EventJson.line(Duration.ZERO, EventJson.AT_START, node)));
    }

    @Override
    public void onEvent(Event event) {
        now = event.at();
        eventCount++;
        history.onEvent(event);
        if (shown.size() < EVENTS_SHOWN) {
            shown.add(event);
        }
        event(EventJson.line(event));
        log(LogLine.of(event));
    }

    /** Brings what is known by now to the disk. Never asks the run to stop. */
    @Override
    public boolean onProgress(Progress progress) {
        try {
            events.flush();
            log.flush();
        } catch (IOException refused) {
            throw RunFolderException.of(folder, refused);
        }
        return true;
    }

    /** Writes what the run came to: figures, reports and, last, the verdict. Only the first call does. */
    public void finish(RunResult result) {
        if (finished) {
            return;
        }
        finished = true;
        result.nodes().forEach(node -> event(EventJson.line(result.virtualTime(), EventJson.AT_END, node)));
        log(LogLine.verdict(result));
        closeStreams();
        var run = new StoredRun(result, before, history.changes(), shown, eventCount, folder);
        FolderFiles.write(folder.resolve(STREAMS), StreamsCsv.of(result));
        FolderFiles.write(folder.resolve(NODES), NodesCsv.of(run));
        FolderFiles.write(folder.resolve(JUNIT), JunitXml.of(result));
        FolderFiles.write(folder.resolve(REPORT), HtmlReport.of(run, true));
        FolderFiles.write(folder.resolve(VERDICT), RunJson.pretty(result));
    }

    /** Ends a run that has no result as undecided. */
    @Override
    public void close() {
        finish(undecided(scenario, seed, now));
    }

    private static RunResult undecided(String scenario, long seed, Duration now) {
        return new RunResult(
                scenario,
                seed,
                RunResult.Verdict.UNDECIDED,
                INTERRUPTED,
                now,
                Duration.ZERO,
                0,
                "",
                List.of(),
                List.of(),
                List.of(),
                new TreeMap<>(),
                List.of(),
                List.of());
    }

    private void event(String line) {
        append(events, line);
    }

    private void log(String line) {
        append(log, line);
    }

    private void append(BufferedWriter file, String line) {
        try {
            file.write(line);
            file.write('\n');
        } catch (IOException refused) {
            throw RunFolderException.of(folder, refused);
        }
    }

    private void closeStreams() {
        try (log) {
            events.close();
        } catch (IOException refused) {
            throw RunFolderException.of(folder, refused);
        }
    }
}
