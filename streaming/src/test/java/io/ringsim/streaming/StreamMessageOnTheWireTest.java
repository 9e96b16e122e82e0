package io.ringsim.streaming;

import io.ringsim.network.wire.Samples;
import org.junit.jupiter.api.Test;

class StreamMessageOnTheWireTest {
    @Test
    void everyMessageIsReadAsItWasWritten() {
        Samples.assertEveryKindRoundTrips(StreamMessage.class);
    }
}
