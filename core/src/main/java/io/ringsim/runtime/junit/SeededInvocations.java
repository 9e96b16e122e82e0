package io.ringsim.runtime.junit;

import io.ringsim.runtime.SimulationSettings;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.junit.platform.commons.support.AnnotationSupport;

/** Turns a {@link SimulationTest} into one invocation per seed, called {@code seed 17}. */
final class SeededInvocations implements TestTemplateInvocationContextProvider {
    /** One of the invocations. */
    private record Invocation(SimulationSettings settings) implements TestTemplateInvocationContext {
        @Override
        public String getDisplayName(int invocationIndex) {
            return "seed " + settings.seed();
        }

        @Override
        public List<Extension> getAdditionalExtensions() {
            return List.of(new SeededRun(settings));
        }
    }

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), SimulationTest.class);
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        var test = AnnotationSupport.findAnnotation(context.getTestMethod(), SimulationTest.class)
                .orElseThrow();
        var settings = SimulationSettings.defaults().policy(test.policy()).strict(test.strict());
        return Seeds.of(test.seeds(), context::getConfigurationParameter)
                .each()
                .mapToObj(seed -> new Invocation(settings.seed(seed)));
    }
}
