package io.ringsim.storage.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HandoverTest {
    private final List<Integer> taken = new ArrayList<>();

    private void take(ByteBuffer full) {
        taken.add(full.getInt());
    }

    private static void give(Handover handover, int number) throws IOException {
        handover.give(handover.empty(Integer.BYTES).putInt(number).flip());
    }

    private static void giveAll(Handover handover, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            give(handover, i);
        }
        handover.finish();
    }

    private static List<Integer> upTo(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    @Test
    void takesAtOnceWithoutAHelper() throws IOException {
        var handover = new Handover(WriteBehind.NONE, this::take);

        give(handover, 0);
        assertThat(taken).containsExactly(0);

        give(handover, 1);
        assertThat(taken).containsExactly(0, 1);
    }

    @Test
    void waitsForNoTaskThatNeverRuns() throws IOException {
        giveAll(new Handover(task -> {}, this::take), 100);

        assertThat(taken).isEqualTo(upTo(100));
    }

    @Test
    void aTaskOnAnotherThreadTakesAllInOrder() throws IOException {
        var threads = Executors.newFixedThreadPool(2);
        giveAll(new Handover(threads::execute, this::take), 10_000);
        threads.shutdown();

        assertThat(taken).isEqualTo(upTo(10_000));
    }

    @Test
    void whatCannotBeTakenFailsWhoGoesOnAndWhatComesAfterItIsNotTaken() {
        var threads = Executors.newSingleThreadExecutor();
        var handover = new Handover(threads::execute, full -> {
            take(full);
            if (taken.size() == 3) {
                throw new IOException("the disk is full");
            }
        });

        assertThatIOException().isThrownBy(() -> giveAll(handover, 10_000)).withMessage("the disk is full");
        assertThatIOException().isThrownBy(handover::finish).withMessage("the disk is full");
        threads.shutdown();
        assertThat(taken).isEqualTo(upTo(3));
    }

    @Test
    void aFaultOfTheProgramFailsItToo() {
        var handover = new Handover(WriteBehind.NONE, full -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> give(handover, 0)).hasMessage("a bug");
        assertThatIOException().isThrownBy(handover::finish).withMessageContaining("by a fault of the program");
    }

    @Test
    void nothingIsTakenOnceItIsAbandoned() throws IOException {
        var tasks = new ArrayList<Runnable>();
        var handover = new Handover(tasks::add, this::take);
        give(handover, 0);

        handover.abandon();
        tasks.forEach(Runnable::run);

        assertThat(taken).isEmpty();
    }
}
