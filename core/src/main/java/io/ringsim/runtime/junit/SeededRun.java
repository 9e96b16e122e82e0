package io.ringsim.runtime.junit;

import io.ringsim.runtime.Simulation;
import io.ringsim.runtime.SimulationSettings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** One test with one seed: begins its world, hands it to whoever asks, ends it, and tells how to see a failure again. */
final class SeededRun
        implements BeforeEachCallback,
                AfterEachCallback,
                ParameterResolver,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private final SimulationSettings settings;
    private @Nullable Simulation simulation;

    SeededRun(SimulationSettings settings) {
        this.settings = settings;
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        simulation();
    }

    private Simulation simulation() {
        var begun = simulation == null ? Simulation.with(settings) : simulation;
        simulation = begun;
        return begun;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getTestMethod().isPresent() && parameter.getParameter().getType() == Simulation.class;
    }

    @Override
    public Simulation resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return simulation();
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw replayable(context, thrown);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw replayable(context, thrown);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable thrown) throws Throwable {
        throw replayable(context, thrown);
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        var ended = simulation();
        if (context.getExecutionException().isPresent()) {
            ended.leave();
            return;
        }
        try {
            ended.close();
            for (var failure : ended.failures()) {
                throw new AssertionError(
                        failure.actor() + " failed after " + failure.at() + ": " + failure.cause(), failure.cause());
            }
        } catch (RuntimeException | Error thrown) {
            Replay.attach(settings.seed(), context, thrown);
            throw thrown;
        }
    }

    private Throwable replayable(ExtensionContext context, Throwable thrown) {
        Replay.attach(settings.seed(), context, thrown);
        return thrown;
    }
}
