package io.ringsim.storage.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringsim.storage.table.Io;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How work for a disk ends. */
class ExecutorIoTest {
    private final Queue<Runnable> asked = new ArrayDeque<>();
    private final ExecutorIo io = new ExecutorIo(asked::add, (delay, task) -> asked.add(task), () -> 0);
    private final List<String> told = new ArrayList<>();

    private Io.Outcome<String> telling() {
        return new Io.Outcome<>() {
            @Override
            public void succeeded(String result) {
                told.add(result);
            }

            @Override
            public void failed(IOException reason) {
                told.add(String.valueOf(reason.getMessage()));
            }
        };
    }

    private void ask(Io.Lane lane, Io.Task<String> task) {
        io.run(lane, task, telling());
    }

    @Test
    void whatWasNotBegunWhenItEndsNeverIs() {
        ask(Io.Lane.READ, () -> "read");
        ask(Io.Lane.FLUSH, () -> "first");
        ask(Io.Lane.FLUSH, () -> "second");
        asked.remove().run();
        io.end();

        ask(Io.Lane.LOG, () -> "late");
        while (!asked.isEmpty()) {
            asked.remove().run();
        }

        assertThat(told).containsExactly("read");
    }

    @Test
    void itEndsWhenWhatWasBegunIsOver() throws InterruptedException {
        var begun = new CountDownLatch(1);
        var may = new CountDownLatch(1);
        ask(Io.Lane.COMPACTION, () -> {
            begun.countDown();
            await(may);
            return "compacted";
        });
        var worker = new Thread(asked.remove());
        worker.start();
        begun.await();

        var ending = new Thread(io::end);
        ending.start();
        while (ending.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        assertThat(told).isEmpty();

        may.countDown();
        ending.join();
        worker.join();
        assertThat(told).containsExactly("compacted");
    }

    @Test
    void workThatFailedIsOver() {
        ask(Io.Lane.READ, () -> {
            throw new IOException("no disk");
        });
        asked.remove().run();

        io.end();

        assertThat(told).containsExactly("no disk");
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
