package io.ringsim.runtime;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The turns that could be taken at this instant; which comes next is the policy's choice. */
sealed interface ReadyTurns {
    void add(Turn turn);

    /** Removes and returns the chosen one; null when nobody is ready. */
    @Nullable
    Turn next();

    boolean isEmpty();

    static ReadyTurns under(SchedulingPolicy policy, Randomness randomness) {
        return switch (policy) {
            case SEEDED -> new Bag(randomness);
            case FIFO -> new Line();
        };
    }

    /** A bag from which the seed draws. */
    final class Bag implements ReadyTurns {
        private final Randomness randomness;
        private @Nullable Turn[] turns = new Turn[64];
        private int size;

        private Bag(Randomness randomness) {
            this.randomness = randomness;
        }

        @Override
        public void add(Turn turn) {
            if (size == turns.length) {
                turns = Arrays.copyOf(turns, 2 * size);
            }
            turns[size++] = turn;
        }

        @Override
        public @Nullable Turn next() {
            if (size == 0) {
                return null;
            }
            int drawn = size == 1 ? 0 : below(size);
            Turn turn = turns[drawn];
            turns[drawn] = turns[--size];
            turns[size] = null;
            return turn;
        }

        /** The high half of a product: unbiased enough for a choice, and there is no division. */
        private int below(int bound) {
            return (int) (((randomness.nextLong() >>> 32) * bound) >>> 32);
        }

        @Override
        public boolean isEmpty() {
            return size == 0;
        }
    }

    /** A queue. */
    final class Line implements ReadyTurns {
        private final ArrayDeque<Turn> turns = new ArrayDeque<>();

        @Override
        public void add(Turn turn) {
            turns.addLast(turn);
        }

        @Override
        public @Nullable Turn next() {
            return turns.pollFirst();
        }

        @Override
        public boolean isEmpty() {
            return turns.isEmpty();
        }
    }
}
