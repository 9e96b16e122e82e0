package io.ringsim.runtime;

/** A bug: a guardian failed with an exception nobody supervised, so its actor system ends. The cause is that exception. */
public final class ActorFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ActorFailed(String message, Throwable cause) {
        super(message, cause);
    }
}
