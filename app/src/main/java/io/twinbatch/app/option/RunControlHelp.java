package io.twinbatch.app.option;

import picocli.CommandLine;

/** The help pages of the commands that control runs of this machine. */
public final class RunControlHelp {
    private static final String RERUN_HEAD = """
            Usage: app/app rerun --failed [OPTION]... JOB|DIR

            Runs the inputs of an earlier run again whose tasks failed or were not done:
            with the same program, options and backend, into the same folder. Results
            that are there stay. With --total or --combine, all inputs run again, since
            the result of all needs them.

            JOB  Id of the job of a run of this machine, or of the run.
            DIR  Folder of its results.

            Options
            """;

    private static final String RERUN_FOOT = """

            The command line comes from the journal in the state folder, which has the
            newest 100 runs, also when their jobs are deleted. Files that the folders of
            the command line have got since do not count. A run whose client was killed
            is better continued with resume.

            Examples
              app/app rerun --failed 20261122-175901-k3f9
              app/app rerun --failed out/

            Exit codes
            """;

    private static final String WAIT_HEAD = """
            Usage: app/app wait [OPTION]... JOB

            Waits for the end of a run on this machine, such as one that run --detach has
            started, prints its results, and ends with its exit code. Ctrl-C ends the wait
            alone; the run goes on.

            JOB  Id of the job of a run, or of the run.

            Options
            """;

    private static final String WAIT_FOOT = """

            A run that has ended can be waited for too. When its client was killed, the
            exit code is 3, and the message says how to continue it.

            Exit codes
            """;

    private static final String CANCEL_HEAD = """
            Usage: app/app cancel [OPTION]... JOB

            Ends a run from another terminal: its tasks stop, the results of finished
            tasks are kept, everything else of the run is deleted.

            JOB    Id of a job, or of its run; app/app status lists them.

            Options
            """;

    private static final String CANCEL_FOOT = """

            Exit codes
              0    the run has ended; with --backend=azure, its job is being terminated
              2    wrong command line or configuration, or no such job at work
              3    the provider failed
              130  interrupted (Ctrl-C) while it waited for the end
            """;

    private RunControlHelp() {}

    /** The page of the command rerun. */
    public static String rerun(CommandLine command) {
        HelpText.useWholeWidth(command);
        return RERUN_HEAD + command.getHelp().optionList() + RERUN_FOOT + HelpText.exitCodes();
    }

    /** The page of the command wait. */
    public static String await(CommandLine command) {
        HelpText.useWholeWidth(command);
        return WAIT_HEAD + command.getHelp().optionList() + WAIT_FOOT + HelpText.exitCodes();
    }

    /** The page of the command cancel. */
    public static String cancel(CommandLine command) {
        HelpText.useWholeWidth(command);
        return CANCEL_HEAD + command.getHelp().optionList() + CANCEL_FOOT;
    }
}
