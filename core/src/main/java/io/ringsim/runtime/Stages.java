package io.ringsim.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Futures without foreign threads. */
public final class Stages {
    private Stages() {}

    /**
     * The same outcome, continued where it arrives. The stages Akka's Java API returns, from ask or from a stream, continue
     * in the JDK's common pool even when told to go on in place; pipe this one instead, and no thread of the pool reaches
     * the actor.
     */
    public static <T> CompletionStage<T> direct(CompletionStage<T> stage) {
        var future = stage.toCompletableFuture();
        return CompletableFuture.allOf(future).thenApply(arrived -> future.join());
    }
}
