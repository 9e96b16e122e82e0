package io.ringsim.streaming;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;

/**
 * Passes on what is intact. Of a file with a corrupt chunk the rest is drained; its last chunk passes as it is, marked, so that
 * what comes next knows when to ask for the file again.
 */
final class VerifyStage extends GraphStage<FlowShape<Arrival, VerifyStage.Verified>> {
    private final Inlet<Arrival> in = Inlet.create("VerifyStage.in");
    private final Outlet<Verified> out = Outlet.create("VerifyStage.out");
    private final FlowShape<Arrival, Verified> shape = FlowShape.of(in, out);

    /** What arrived, and whether its file is intact up to there. */
    record Verified(Arrival arrival, boolean intact) {}

    @Override
    public FlowShape<Arrival, Verified> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends GraphStageLogic {
        private boolean damaged;

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    verify(grab(in));
                }

                @Override
                public void onPull() {
                    pull(in);
                }
            });
        }

        private void verify(Arrival arrival) {
            damaged = damaged || !arrival.isIntact();
            boolean intact = !damaged;
            boolean last = arrival.isLast();
            if (last) {
                damaged = false;
            }
            if (intact || last) {
                push(out, new Verified(arrival, intact));
            } else {
                pull(in);
            }
        }
    }
}
