package io.twinbatch.task;

/** A failure that the user can act on: one line in plain words, and the exit code that goes with it. */
final class TaskException extends Exception {
    private static final long serialVersionUID = 1;

    private final ExitCode code;

    TaskException(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    TaskException(ExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    ExitCode code() {
        return code;
    }
}
