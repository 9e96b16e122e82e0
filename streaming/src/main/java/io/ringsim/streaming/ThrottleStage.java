package io.ringsim.streaming;

import akka.stream.Attributes;
import akka.stream.FlowShape;
import akka.stream.Inlet;
import akka.stream.Outlet;
import akka.stream.stage.AbstractInOutHandler;
import akka.stream.stage.GraphStage;
import akka.stream.stage.GraphStageLogic;
import akka.stream.stage.TimerGraphStageLogic;
import io.ringsim.runtime.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** Lets pieces pass at the rate of the throttles they share with other sessions, by the actor system's clock. */
final class ThrottleStage extends GraphStage<FlowShape<Piece, Piece>> {
    private final Inlet<Piece> in = Inlet.create("ThrottleStage.in");
    private final Outlet<Piece> out = Outlet.create("ThrottleStage.out");
    private final FlowShape<Piece, Piece> shape = FlowShape.of(in, out);
    private final Clock clock;
    private final Throttles throttles;
    private final boolean toOtherDatacenter;

    ThrottleStage(Clock clock, Throttles throttles, boolean toOtherDatacenter) {
        this.clock = clock;
        this.throttles = throttles;
        this.toOtherDatacenter = toOtherDatacenter;
    }

    @Override
    public FlowShape<Piece, Piece> shape() {
        return shape;
    }

    @Override
    public GraphStageLogic createLogic(Attributes attributes) {
        return new Logic();
    }

    private final class Logic extends TimerGraphStageLogic {
        /** The piece that waits for its time; empty when none does. */
        private final Queue<Piece> waiting = new ArrayDeque<>(1);

        Logic() {
            super(shape);
            setHandlers(in, out, new AbstractInOutHandler() {
                @Override
                public void onPush() {
                    pass(grab(in));
                }

                @Override
                public void onPull() {
                    pull(in);
                }
            });
        }

        private void pass(Piece piece) {
            long wait = 0;
            for (var throttle : throttles.of(piece, toOtherDatacenter)) {
                wait = Math.max(wait, throttle.reserve(piece.length(), clock.nanos()));
            }
            if (wait == 0) {
                push(out, piece);
            } else {
                waiting.add(piece);
                scheduleOnce(Logic.class, Duration.ofNanos(wait));
            }
        }

        @Override
        public void onTimer(Object key) {
            push(out, waiting.remove());
        }
    }
}
