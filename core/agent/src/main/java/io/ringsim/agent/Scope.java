package io.ringsim.agent;

import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are rewritten: those of Akka, Scala and the application, as far as they can see the simulated world. The
 * JDK, the world itself, and the tools around a test keep the real clock.
 */
final class Scope {
    private static final String EXCLUDE = "exclude=";
    private static final String HOOKS_RESOURCE = Rules.FUTURE_HOOKS + ".class";
    private static final List<String> REAL = List.of(
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            "io/ringsim/runtime/",
            "io/ringsim/agent/",
            "org/junit/",
            "org/opentest4j/",
            "org/apiguardian/",
            "org/assertj/",
            "org/hamcrest/",
            "org/mockito/",
            "org/testng/",
            "net/bytebuddy/",
            "org/apache/maven/",
            "org/gradle/",
            "com/intellij/",
            "org/eclipse/",
            "org/jacoco/",
            "ch/qos/logback/",
            "org/slf4j/");

    private final List<String> excluded;
    private final Map<ClassLoader, Boolean> seesHooks = Collections.synchronizedMap(new WeakHashMap<>());

    private Scope(List<String> excluded) {
        this.excluded = excluded;
    }

    static Scope parse(@Nullable String arguments) {
        var excluded = new ArrayList<>(REAL);
        if (arguments != null && !arguments.isBlank()) {
            if (!arguments.startsWith(EXCLUDE)) {
                throw new IllegalArgumentException(
                        "ringsim agent: \"" + arguments + "\" is unknown; exclude=package,package would be right");
            }
            for (String name : arguments.substring(EXCLUDE.length()).split(",", -1)) {
                excluded.add(name.strip().replace('.', '/'));
            }
        }
        return new Scope(List.copyOf(excluded));
    }

    boolean includes(@Nullable ClassLoader loader, String className) {
        for (String prefix : excluded) {
            if (className.startsWith(prefix)) {
                return false;
            }
        }
        return loader != null && seesHooks.computeIfAbsent(loader, Scope::findsHooks);
    }

    private static boolean findsHooks(ClassLoader loader) {
        URL found = loader.getResource(HOOKS_RESOURCE);
        return found != null;
    }
}
