package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import io.ringsim.data.TableId;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Summary;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The tasks one end of a session still has, and what it did so far. Immutable. */
record Work(
        SortedMap<TableId, ActorRef<TransferTask.Command>> sending,
        SortedMap<TableId, ActorRef<ReceiveTask.Command>> receiving,
        Tally tally) {
    static final Work NONE = new Work(Collections.emptySortedMap(), Collections.emptySortedMap(), Tally.NOTHING);

    Work {
        sending = Collections.unmodifiableSortedMap(new TreeMap<>(sending));
        receiving = Collections.unmodifiableSortedMap(new TreeMap<>(receiving));
    }

    static SortedMap<TableId, List<StreamableFile>> byTable(List<StreamableFile> files) {
        var tables = new TreeMap<TableId, List<StreamableFile>>();
        files.forEach(file ->
                tables.computeIfAbsent(file.table(), any -> new ArrayList<>()).add(file));
        return tables;
    }

    static List<Summary> summaries(List<StreamableFile> files) {
        var summaries = new ArrayList<Summary>();
        byTable(files)
                .forEach((table, all) -> summaries.add(new Summary(
                        table,
                        all.stream().mapToInt(StreamableFile::components).sum(),
                        all.stream().mapToLong(StreamableFile::bytes).sum())));
        return summaries;
    }

    boolean isDone() {
        return sending.isEmpty() && receiving.isEmpty();
    }

    boolean isSending(TableId table) {
        return sending.containsKey(table);
    }

    boolean isReceiving(TableId table) {
        return receiving.containsKey(table);
    }

    /** Tells the task that sends the table; nothing when it is done. */
    void tellSender(TableId table, TransferTask.Command what) {
        var task = sending.get(table);
        if (task != null) {
            task.tell(what);
        }
    }

    /** Tells the task that receives the table; nothing when it is done. */
    void tellReceiver(TableId table, ReceiveTask.Command what) {
        var task = receiving.get(table);
        if (task != null) {
            task.tell(what);
        }
    }

    Work sending(TableId table, ActorRef<TransferTask.Command> task) {
        var more = new TreeMap<>(sending);
        more.put(table, task);
        return new Work(more, receiving, tally);
    }

    Work receiving(TableId table, ActorRef<ReceiveTask.Command> task) {
        var more = new TreeMap<>(receiving);
        more.put(table, task);
        return new Work(sending, more, tally);
    }

    /** All files of the table are durable at the peer. */
    Work sent(TableId table) {
        var fewer = new TreeMap<>(sending);
        fewer.remove(table);
        return new Work(fewer, receiving, tally);
    }

    /** All files of the table are visible here. */
    Work received(TableId table) {
        var fewer = new TreeMap<>(receiving);
        fewer.remove(table);
        return new Work(sending, fewer, tally);
    }

    Work with(Tally now) {
        return new Work(sending, receiving, now);
    }
}
