package io.ringsim.operation;

import io.ringsim.network.wire.Samples;
import org.junit.jupiter.api.Test;

class RemovalMessageOnTheWireTest {
    @Test
    void everyMessageIsReadAsItWasWritten() {
        Samples.assertEveryKindRoundTrips(RemovalMessage.class);
    }
}
