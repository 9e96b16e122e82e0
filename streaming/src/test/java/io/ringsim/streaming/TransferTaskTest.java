package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.range;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.ringsim.data.TableId;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.Coverage;
import io.ringsim.storage.StreamStore.Release;
import io.ringsim.storage.StreamableFile;
import io.ringsim.streaming.TransferTask.Acknowledge;
import io.ringsim.streaming.TransferTask.Begin;
import io.ringsim.streaming.TransferTask.SendAgain;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferTaskTest {
    private final List<String> sent = new ArrayList<>();
    private final TestInbox<LocalStore.Command> store = TestInbox.create();
    private final TestInbox<StreamSession.Command> session = TestInbox.create();
    private final BehaviorTestKit<TransferTask.Command> task = BehaviorTestKit.create(TransferTask.create(
            ORDERS, List.of(file("nb-1"), file("nb-2")), new Sent(), store.getRef(), "selection", session.getRef()));

    private static StreamableFile file(String name) {
        return new StreamableFile(ORDERS, name, Coverage.of(List.of(range(0, 10))), 100, 90, 1);
    }

    @Test
    void sendsItsFilesInOrderWhenItBegins() {
        assertThat(sent).isEmpty();

        task.run(Begin.INSTANCE);
        task.run(Begin.INSTANCE);

        assertThat(sent).containsExactly("0 nb-1", "1 nb-2");
    }

    @Test
    void holdsAReferenceUntilItsFileIsAcknowledgedAndEndsWithTheLast() {
        task.run(Begin.INSTANCE);

        task.run(new Acknowledge(1));
        assertThat(store.getAllReceived()).containsExactly(new Release("selection", ORDERS, "nb-2"));
        assertThat(task.isAlive()).isTrue();
        task.run(new Acknowledge(0));

        assertThat(store.getAllReceived()).containsExactly(new Release("selection", ORDERS, "nb-1"));
        assertThat(task.isAlive()).isFalse();
        assertThat(session.getAllReceived())
                .containsExactly(
                        new StreamSession.FileSent(file("nb-2")),
                        new StreamSession.FileSent(file("nb-1")),
                        new StreamSession.TableSent(ORDERS));
    }

    @Test
    void sendsAFileAgainUnderItsNumber() {
        task.run(Begin.INSTANCE);

        task.run(new SendAgain(1, 0));

        assertThat(sent).containsExactly("0 nb-1", "1 nb-2", "1 nb-2");
        assertThat(store.hasMessages()).isFalse();
    }

    @Test
    void anAnswerToAFileThatIsNotOnItsWayBreaksTheProtocol() {
        task.run(new Acknowledge(0));
        task.run(Begin.INSTANCE);
        task.run(new Acknowledge(0));
        session.getAllReceived();

        task.run(new Acknowledge(0));
        task.run(new SendAgain(0, 0));
        task.run(new SendAgain(7, 0));

        assertThat(session.getAllReceived()).hasSize(3).allMatch(StreamSession.Violated.class::isInstance);
        assertThat(task.isAlive()).isTrue();
    }

    private final class Sent implements SessionContent {
        @Override
        public void begin(boolean sends, boolean receives) {}

        @Override
        public void send(TableId table, int sequence, long offset, StreamableFile file) {
            sent.add(sequence + " " + file.sstable());
        }

        @Override
        public void heard(StreamMessage message) {}

        @Override
        public boolean isApart() {
            return false;
        }

        @Override
        public void close() {}
    }
}
