package io.ringsim.streaming;

import static io.ringsim.streaming.StreamRing.ORDERS;
import static io.ringsim.streaming.StreamRing.node;
import static io.ringsim.streaming.StreamRing.range;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import io.ringsim.spi.LocalStore;
import io.ringsim.storage.ReceiveId;
import io.ringsim.storage.StreamStore.Commit;
import io.ringsim.storage.StreamStore.Seal;
import io.ringsim.streaming.ReceiveTask.Arrived;
import io.ringsim.streaming.ReceiveTask.Durable;
import io.ringsim.streaming.ReceiveTask.Visible;
import io.ringsim.streaming.StreamMessage.FileHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReceiveTaskTest {
    private static final FileHeader HEADER = new FileHeader("nb-1-big-Data.db", List.of(range(0, 10)), 100, 90, 1);

    private final TestInbox<LocalStore.Command> store = TestInbox.create();
    private final TestInbox<StreamSession.Command> session = TestInbox.create();
    private final BehaviorTestKit<ReceiveTask.Command> task = BehaviorTestKit.create(
            ReceiveTask.create(new ReceiveId("p", node(1), 0, ORDERS), 2, store.getRef(), session.getRef()));

    @Test
    void acknowledgesAFileOnlyWhenItIsDurable() {
        task.run(new Arrived(1, HEADER));
        assertThat(session.hasMessages()).isFalse();
        assertThat(store.getAllReceived()).hasSize(1).allMatch(Seal.class::isInstance);

        task.run(new Durable(1));

        assertThat(session.getAllReceived()).containsExactly(new StreamSession.FileReceived(ORDERS, 1, HEADER));
    }

    @Test
    void makesAllFilesVisibleInOneStepWhenTheLastIsDurable() {
        task.run(new Arrived(1, HEADER));
        task.run(new Arrived(0, HEADER));
        task.run(new Durable(1));
        assertThat(store.getAllReceived()).noneMatch(Commit.class::isInstance);
        task.run(new Durable(0));
        assertThat(store.getAllReceived()).hasSize(1).allMatch(Commit.class::isInstance);
        session.getAllReceived();

        task.run(new Visible(2));

        assertThat(session.getAllReceived()).containsExactly(new StreamSession.TableReceived(ORDERS));
        assertThat(task.isAlive()).isFalse();
    }

    @Test
    void aFileThatComesTwiceBreaksTheProtocol() {
        task.run(new Arrived(0, HEADER));
        task.run(new Arrived(0, HEADER));
        task.run(new Arrived(1, HEADER));
        task.run(new Durable(0));
        task.run(new Durable(1));

        task.run(new Arrived(2, HEADER));

        assertThat(session.getAllReceived().stream().filter(StreamSession.Violated.class::isInstance))
                .hasSize(2);
        assertThat(task.isAlive()).isTrue();
    }
}
