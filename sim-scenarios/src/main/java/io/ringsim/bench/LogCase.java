package io.ringsim.bench;

import io.ringsim.data.Mutation;
import io.ringsim.ring.Partitioner;
import io.ringsim.runtime.RealWorld;
import io.ringsim.storage.commitlog.CommitLog;
import io.ringsim.storage.commitlog.CommitLogPosition;
import io.ringsim.storage.commitlog.CommitLogSettings;
import io.ringsim.storage.commitlog.FlushedPositions;
import io.ringsim.storage.commitlog.Replay;
import io.ringsim.storage.disk.Disk;
import io.ringsim.storage.disk.RealDisk;
import io.ringsim.storage.disk.WriteBehind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** The commit log by itself: appending, made safe at the end, and replay. In bytes of rows per second. */
@RealWorld("measures real threads")
record LogCase(SampleRows rows, List<Mutation> mutations) {
    private static final String DIRECTORY = "log";
    private static final CommitLogSettings SETTINGS = CommitLogSettings.defaults();

    static LogCase of(SampleRows rows) {
        return new LogCase(
                rows, IntStream.range(0, rows.count()).mapToObj(rows::mutation).toList());
    }

    Alternation.Load append() {
        return () -> {
            var folder = BenchFolder.fresh("log");
            var helpers = Executors.newCachedThreadPool();
            var log = open(folder, helpers::execute);
            return new Alternation.Work() {
                @Override
                public long run() {
                    fill(log);
                    return rows.bytes();
                }

                @Override
                public void finish() {
                    close(log);
                    helpers.shutdown();
                    folder.close();
                }
            };
        };
    }

    private static Disk disk(BenchFolder folder) throws IOException {
        return RealDisk.at(folder.path());
    }

    private static CommitLog open(BenchFolder folder, WriteBehind writeBehind) {
        try {
            return CommitLog.open(disk(folder), DIRECTORY, SETTINGS, CommitLogPosition.NONE, writeBehind);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void fill(CommitLog log) {
        try {
            for (var mutation : mutations) {
                log.append(mutation);
            }
            log.sync();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void close(CommitLog log) {
        try {
            log.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Alternation.Load bareAppend() {
        return () -> {
            var folder = BenchFolder.fresh("bare");
            return new Alternation.Work() {
                @Override
                public long run() {
                    PlainFile.append(rows, folder.path().resolve("bare"), SETTINGS.bufferSize());
                    return rows.bytes();
                }

                @Override
                public void finish() {
                    folder.close();
                }
            };
        };
    }

    /** A log that is full of the rows. */
    BenchFolder written() {
        var folder = BenchFolder.fresh("replay");
        var log = open(folder, WriteBehind.NONE);
        fill(log);
        close(log);
        return folder;
    }

    Alternation.Load replay(BenchFolder written) {
        return () -> () -> {
            try {
                var count = new long[1];
                Replay.of(
                        disk(written),
                        DIRECTORY,
                        SETTINGS,
                        Partitioner.MURMUR3,
                        table -> Optional.of(
                                FlushedPositions.NOTHING.and(CommitLogPosition.NONE, CommitLogPosition.NONE)),
                        (mutation, position) -> count[0]++);
                if (count[0] != rows.count()) {
                    throw new IllegalStateException(count[0] + " of " + rows.count() + " rows were replayed");
                }
                return rows.bytes();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        };
    }

    Alternation.Load bareRead(BenchFolder written) {
        return () -> () -> {
            PlainFile.read(segments(written));
            return rows.bytes();
        };
    }

    private static List<Path> segments(BenchFolder written) {
        try (var files = Files.list(written.path().resolve(DIRECTORY))) {
            return files.sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
