package io.ringsim.agent;

import java.lang.instrument.Instrumentation;

/**
 * Entry point of the agent, whether given by {@code -javaagent:ringsim-agent.jar} or found by an executable jar in its
 * {@code Launcher-Agent-Class}. Its argument may name packages to leave alone: {@code exclude=org.acme.real,org.acme.io}.
 */
public final class Agent {
    /** Set while the agent is there. */
    public static final String PRESENT = "ringsim.agent.present";

    private Agent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {
        install(arguments, instrumentation);
    }

    public static void agentmain(String arguments, Instrumentation instrumentation) {
        install(arguments, instrumentation);
    }

    private static void install(String arguments, Instrumentation instrumentation) {
        if (System.getProperty(PRESENT) == null) {
            instrumentation.addTransformer(new CallSiteTransformer(Scope.parse(arguments)));
            System.setProperty(PRESENT, "true");
        }
    }
}
