package io.ringsim.cli;

import io.ringsim.scenario.RunListener;
import io.ringsim.scenario.RunResult;
import java.util.List;

/** Tells several listeners of a run; it stops as soon as one of them wants it to. */
record Listeners(List<RunListener> all) implements RunListener {
    Listeners {
        all = List.copyOf(all);
    }

    @Override
    public void onStart(List<RunResult.NodeRun> nodes) {
        all.forEach(listener -> listener.onStart(nodes));
    }

    @Override
    public void onEvent(Event event) {
        all.forEach(listener -> listener.onEvent(event));
    }

    @Override
    public boolean onProgress(Progress progress) {
        boolean goOn = true;
        for (RunListener listener : all) {
            goOn &= listener.onProgress(progress);
        }
        return goOn;
    }
}
