package io.ringsim.cli;

/** What the command's exit says. */
final class ExitCode {
    /** It ran and everything held. */
    static final int OK = 0;
    /** An expectation or invariant failed, or an operation was refused. */
    static final int FAILED = 1;
    /** Bad arguments or bad input; nothing was done. */
    static final int BAD_INPUT = 2;
    /** No verdict: a limit was reached. */
    static final int UNDECIDED = 3;
    /** The same seed gave another trace. */
    static final int NOT_DETERMINISTIC = 4;
    /** Port, disk or memory. */
    static final int ENVIRONMENT = 5;
    /** A bug of ours. */
    static final int BUG = 70;
    /** Stopped by the user; the partial run is saved. */
    static final int INTERRUPTED = 130;

    private ExitCode() {}
}
