package io.ringsim.runtime.junit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.Simulation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

class AuctionTest {
    private static final int GONG = -1;

    @SimulationTest(seeds = 200)
    void theHighestBidWinsInWhateverOrderTheyCome(Simulation simulation) {
        var sold = new ArrayList<Integer>();
        simulation.start("hall", hall(sold::add));
        simulation.runFor(Duration.ofMinutes(2));

        assertThat(sold).containsExactly(50);
    }

    private static Behavior<Void> hall(Consumer<Integer> sold) {
        return Behaviors.setup(hall -> {
            var auction = hall.spawn(auction(sold), "auction");
            for (int bid : List.of(30, 50, 40)) {
                hall.spawn(
                        Behaviors.setup(bidder -> {
                            auction.tell(bid);
                            return Behaviors.empty();
                        }),
                        "bids-" + bid);
            }
            return Behaviors.empty();
        });
    }

    private static Behavior<Integer> auction(Consumer<Integer> sold) {
        return Behaviors.withTimers(timers -> {
            timers.startSingleTimer(GONG, Duration.ofMinutes(1));
            return bidding(0, sold);
        });
    }

    private static Behavior<Integer> bidding(int highest, Consumer<Integer> sold) {
        return Behaviors.receiveMessage(bid -> {
            if (bid == GONG) {
                sold.accept(highest);
                return Behaviors.stopped();
            }
            return bidding(Math.max(highest, bid), sold);
        });
    }
}
