package io.ringsim.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.concurrent.CountDownLatch;

/** Actor systems that say nothing while they are measured. */
final class Quiet {
    static final Config CONFIG =
            ConfigFactory.parseString("akka.loglevel = OFF").withFallback(ConfigFactory.load());

    private Quiet() {}

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
