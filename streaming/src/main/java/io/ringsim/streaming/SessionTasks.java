package io.ringsim.streaming;

import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.ActorContext;
import io.ringsim.data.TableId;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.StreamMessage.Summary;
import java.util.List;

/**
 * Makes the tasks of a session, as its children: one per table and direction.
 *
 * @param selection under which the store holds the references to what is sent
 */
record SessionTasks(
        ActorContext<StreamSession.Command> session,
        StreamSession.Setup setup,
        SessionContent content,
        String selection) {
    /** Makes them and sets them going. The store is ready before the peer is granted anything. */
    Work begin(List<StreamableFile> files, List<Summary> theirs) {
        var work = Work.NONE;
        for (var summary : theirs) {
            if (summary.files() > 0) {
                work = work.receiving(
                        summary.table(), receiver(summary, work.receiving().size()));
            }
        }
        content.begin(!files.isEmpty(), !work.receiving().isEmpty());
        for (var table : Work.byTable(files).entrySet()) {
            var sender = sender(table.getKey(), table.getValue(), work.sending().size());
            sender.tell(TransferTask.Begin.INSTANCE);
            work = work.sending(table.getKey(), sender);
        }
        return work;
    }

    private ActorRef<ReceiveTask.Command> receiver(Summary summary, int number) {
        var id = new ReceiveId(setup.id().plan(), setup.peer(), setup.id().index(), summary.table());
        setup.store().tell(new StreamStore.Begin(id));
        var task = ReceiveTask.create(id, summary.files(), setup.store(), session.getSelf());
        return session.spawn(task, "receive-" + number);
    }

    private ActorRef<TransferTask.Command> sender(TableId table, List<StreamableFile> files, int number) {
        var task = TransferTask.create(table, files, content, setup.store(), selection, session.getSelf());
        return session.spawn(task, "transfer-" + number);
    }
}
