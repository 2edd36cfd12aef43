package io.twinbatch.app.exit;

import java.util.Arrays;

/** How the process ends, for scripts. */
public enum ExitCode {
    /** Everything is done. */
    DONE(0, "all done"),
    /** One or more tasks failed; the results of the others are there. In doctor: the backend cannot run. */
    TASKS_FAILED(1, "one or more tasks failed; the results of the others are kept"),
    /** The command line, the configuration or an input is wrong; nothing was started. */
    USAGE(2, "wrong command line, configuration or input; nothing was started"),
    /** The provider, or this program, failed; or the provider cannot do what is asked, and nothing was started. */
    PROVIDER(3, "the provider failed, or refused the request"),
    /** The time limit was reached. */
    TIME_LIMIT(4, "the time limit was reached"),
    /** The disk of this machine is full, or the output folder did not take a result. */
    LOCAL_DISK(5, "the disk of this machine is full, or did not take a result"),
    /** Ctrl-C. */
    INTERRUPTED(130, "interrupted (Ctrl-C)"),
    /** SIGTERM. */
    TERMINATED(143, "terminated (SIGTERM)");

    private final int status;
    private final String meaning;

    ExitCode(int status, String meaning) {
        this.status = status;
        this.meaning = meaning;
    }

    /** The exit code of a process of the app that has ended with a status; that of another program is a failure. */
    public static ExitCode of(int status) {
        return Arrays.stream(values())
                .filter(code -> code.status == status)
                .findFirst()
                .orElse(PROVIDER);
    }

    /** The process's exit status. */
    public int status() {
        return status;
    }

    /** In a few words, for the help text. */
    public String meaning() {
        return meaning;
    }
}
