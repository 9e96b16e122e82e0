package io.ringsim.agent;

import java.lang.instrument.Instrumentation;

/** Entry point of the agent. */
public final class Agent {
    private Agent() {}

    public static void premain(String arguments, Instrumentation instrumentation) {}

    public static void agentmain(String arguments, Instrumentation instrumentation) {}
}
