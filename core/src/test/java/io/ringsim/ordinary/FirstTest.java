package io.ringsim.ordinary;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import io.ringsim.runtime.Simulation;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The guide's example, and what a loop over seeds finds in it. */
class FirstTest {
    @Test
    void anHourAtTheTillPassesInAMoment() {
        try (var simulation = Simulation.seeded(42)) {
            var system = simulation.start("shop", Till.create());
            var answer = AskPattern.ask(system, Till.Total::new, ofSeconds(3), system.scheduler());

            assertThat(simulation.await(answer, ofMinutes(1))).isEqualTo(new Till.Sum(0));
            simulation.runFor(ofHours(1));
            assertThat(simulation.failures()).isEmpty();
            assertThat(simulation.now()).isGreaterThanOrEqualTo(ofHours(1));
        }
    }

    @Test
    void seedsFindTheRaceAndFindItAgain() {
        var racing = new TreeSet<Long>();
        for (long seed = 0; seed < 50; seed++) {
            if (lostACustomer(seed)) {
                racing.add(seed);
            }
        }

        assertThat(racing).isNotEmpty().hasSizeLessThan(50);
        assertThat(racing).allMatch(FirstTest::lostACustomer);
    }

    /** Two customers pay at the same moment as the till is closed: who is served depends on whose turn comes first. */
    private static boolean lostACustomer(long seed) {
        try (var simulation = Simulation.seeded(seed)) {
            var system = simulation.start("shop", Till.withCustomersAndCloser());
            simulation.run();
            var answer = AskPattern.ask(system, Till.Total::new, ofSeconds(3), system.scheduler());
            return simulation.await(answer, ofMinutes(1)).value() < 20;
        }
    }

    /** Adds up what is paid until it is closed. */
    private static final class Till {
        sealed interface Command {}

        record Pay(int amount) implements Command {}

        record Close() implements Command {}

        record Total(ActorRef<Sum> replyTo) implements Command {}

        record Sum(int value) {}

        static Behavior<Command> create() {
            return open(0);
        }

        private static Behavior<Command> open(int sum) {
            return Behaviors.receive(Command.class)
                    .onMessage(Pay.class, payment -> open(sum + payment.amount()))
                    .onMessage(Close.class, close -> closed(sum))
                    .onMessage(Total.class, total -> told(total, sum))
                    .build();
        }

        private static Behavior<Command> closed(int sum) {
            return Behaviors.receive(Command.class)
                    .onMessage(Total.class, total -> told(total, sum))
                    .onAnyMessage(late -> Behaviors.same())
                    .build();
        }

        private static Behavior<Command> told(Total total, int sum) {
            total.replyTo().tell(new Sum(sum));
            return Behaviors.same();
        }

        static Behavior<Command> withCustomersAndCloser() {
            return Behaviors.setup(context -> {
                var till = context.getSelf();
                context.spawn(sending(till, new Pay(10)), "one");
                context.spawn(sending(till, new Pay(10)), "other");
                context.spawn(sending(till, new Close()), "closer");
                return create();
            });
        }

        private static Behavior<Void> sending(ActorRef<Command> till, Command command) {
            return Behaviors.setup(context -> {
                till.tell(command);
                return Behaviors.empty();
            });
        }
    }
}
