package io.twinbatch.task;

/** A failure that the user can act on: one line in plain words, and the exit code that goes with it. */
public final class TaskException extends Exception {
    private static final long serialVersionUID = 1;

    private final TaskExitCode code;

    public TaskException(TaskExitCode code, String message) {
        super(message);
        this.code = code;
    }

    public TaskException(TaskExitCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** A failure of the command line or of the environment. */
    public static TaskException usage(String message) {
        return new TaskException(TaskExitCode.USAGE, message);
    }

    public TaskExitCode code() {
        return code;
    }
}
