package io.twinbatch.app.cli;

import io.twinbatch.app.exit.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help pages. */
final class HelpText {
    private static final int WIDTH = 100;

    private static final String RUN_HEAD = """
            Twinbatch runs a program on many files: one task per file, on a pool of nodes, with the
            results collected and verified. The program reports the most frequent words of each file.

            Usage
              app [run] [OPTION]... [INPUT]...   process files (the default command)
              app status [OPTION]... [JOB]       what the jobs are doing, or all about one
              app logs [OPTION]... JOB TASK      what a task has written, and goes on writing
              app resume [OPTION]... JOB         go on with a run whose program was killed
              app cleanup [OPTION]...            find and delete what earlier runs have left
              app doctor [OPTION]...             check this machine or the accounts, and say what to do
              app emulator [OPTION]...           serve the protocol of Azure Batch on this machine
              app --help | --version

            INPUT  Files, folders (everything in them, hidden files left out) or patterns, which are
                   understood also when quoted: 'texts/*.txt', 'texts/**/*.txt'. Default: three sample
                   texts. Words after -- are inputs even when they begin with a dash; a file that is
                   called like a command, such as run, is given as ./run.
            """;

    private static final String RUN_FOOT = """

            Examples
              app                                    the three sample texts
              app -n 10 --total book.txt letters/    the top 10 of each file, and of all together
              app --output-dir out 'texts/**/*.txt'  results in out/, one for each file
              app --output-dir out --skip-existing --force texts/
                                                     only what is new or has changed since the last time
              app --dry-run --nodes 2 texts/         what would be done
              app --json texts/ | jq .inputs         for machines; the format is in docs/json-output.md

            Options from elsewhere
              Every option but --config, --help and --version can be set in the environment
              (TWINBATCH_OUTPUT_DIR for --output-dir) and in the configuration file (output-dir=results).
              The command line wins over the environment, the environment over the file; --no-total and
              the like switch off what they switched on. TWINBATCH_JAVA_OPTS holds options for Java.

            Accounts of --backend=azure
              AZURE_BATCH_ACCOUNT, AZURE_BATCH_ENDPOINT    the Batch account and its URL
              AZURE_BATCH_ACCESS_KEY                       its key
              AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY     the storage account and its key, or
              AZURE_STORAGE_CONNECTION_STRING              both in one
              AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP  where the Batch account is, to check its quotas
              Without a key it is Microsoft Entra ID (az login). All of these may be in the configuration file
              too, in lower case with dashes (azure-batch-account=...); one with a key in it has to be yours
              alone (chmod 600).

            Folders
              configuration  $XDG_CONFIG_HOME/twinbatch, else ~/.config/twinbatch
              state          $XDG_STATE_HOME/twinbatch, else ~/.local/state/twinbatch
              cache          $XDG_CACHE_HOME/twinbatch, else ~/.cache/twinbatch

            Exit codes
            """;

    private static final String STATUS_HEAD = """
            Tells what the jobs of a backend are doing, and changes nothing: how far their tasks are, on which
            nodes, what keeps nodes from running them, and what to type next. Works beside a run or an emulator
            that is at work, from another terminal, and after one that has died.

            Usage
              app status [OPTION]...             the jobs, the newest first
              app status [OPTION]... JOB         all about one

            JOB    The id of a job, or of the run that has created it.

            Options
            """;

    private static final String STATUS_FOOT = """

            Exit codes
              0    told
              2    wrong command line or configuration, or there is no such job
              3    the provider failed
              130  interrupted (Ctrl-C)
            """;

    private static final String LOGS_HEAD = """
            Prints what a task has written to its standard output, byte for byte; what else there is to say goes
            to standard error. When a task is tried again, it is what the last try has written. When its node is
            gone, it is the copy that a failed task leaves in the object store.

            Usage
              app logs [OPTION]... JOB TASK

            JOB    The id of a job, or of the run that has created it; app status lists them.
            TASK   The id of a task, such as topNtask0; app status JOB names those that run or have failed.

            Options
            """;

    private static final String LOGS_FOOT = """

            Examples
              app logs 20261122-175901-k3f9 topNtask0 --stderr     why it failed
              app logs --follow 20261122-175901-k3f9 topNtask0     as it is written, until the task ends
              app logs --file wd/part.txt JOB TASK                 another file of the task

            Exit codes
              0    printed; with --follow, the task has ended, well or badly
              2    wrong command line or configuration, or there is no such job, task or file
              3    the provider failed; or the file is gone, or does not go on
              130  interrupted (Ctrl-C)
            """;

    private static final String RESUME_HEAD = """
            Goes on with a run whose program was killed, or lost its machine: watches the tasks that are
            there, submits those that are not, downloads and checks the results, and cleans up. Any machine
            with the same accounts can do it. Tasks that are done are not run again.

            Usage
              app resume [OPTION]... JOB

            JOB  The job of the run, or the run's own id; app status lists them.

            Options
            """;

    private static final String RESUME_FOOT = """

            A run can be resumed from the moment when its inputs are uploaded. Its time limit counts anew. When
            its job has ended or is too old to go on, a new job runs what is not done. Make sure that
            the program of the run is really gone: two at once get in each other's way.

            Examples
              app resume 20261122-175901-k3f9        on this machine
              app resume --backend=azure job-20261122-175901-k3f9 --output-dir out

            Exit codes
            """;

    private static final String CLEANUP_HEAD = """
            Lists what earlier runs have left at a backend, by run: pools with their nodes, jobs and
            containers, whose they are, and until when they are needed. Deletes, after asking, what is past
            its lease: what runs left that were killed, or could not clean up. A lease lasts for the run's
            time limit and an hour more, that of containers a day longer; what a user keeps has none.
            What no run has created is neither listed nor touched.

            Usage
              app cleanup [OPTION]...

            Options
            """;

    private static final String CLEANUP_FOOT = """

            Examples
              app cleanup --backend=azure            list, ask, and delete what nobody needs
              app cleanup --run 20261122-175901-k3f9 everything of one run
              app cleanup --all --older-than=7d -y   everything of yours that is older than a week

            Exit codes
              0    done, or nothing to do: also when a run of --run has left nothing
              2    wrong command line or configuration
              3    the provider failed, or something could not be deleted
              130  interrupted (Ctrl-C)
            """;

    private static final String DOCTOR_HEAD = """
            Checks whether this machine (--backend=local) or the accounts (--backend=azure) can run Twinbatch,
            and says what to do about what is wrong.

            Usage
              app doctor [OPTION]...

            Options
            """;

    private static final String DOCTOR_FOOT = """

            Exit codes
              0    the backend can run
              1    it cannot
              2    wrong command line or configuration
            """;

    private static final String EMULATOR_HEAD = """
            Serves the protocol of the Azure Batch service, and a storage account, on this machine, until
            Ctrl-C. Clients of Azure Batch work against it unmodified; what they create is kept.

            Usage
              app emulator [OPTION]...

            Standard output holds what clients need to know, as commands for a shell:
              (umask 077; exec app emulator > emulator.env) &   start it in the background; keys are in that file
              . ./emulator.env                                  once the file is there: use it from this shell
              app --backend=azure FILES                         and from this program
            or, with --json, as a document; both come when it is ready.

            Options
            """;

    private static final String EMULATOR_FOOT = """

            Exit codes
              2    wrong command line or configuration, or the state folder is in use
              3    a port is taken, or the storage account does not start or has ended
              130  stopped by Ctrl-C
              143  stopped by SIGTERM
            """;

    private HelpText() {}

    /** The page of the program and of its command run. */
    static String run(CommandLine command) {
        useWholeWidth(command);
        return RUN_HEAD + OptionGroups.render(command.getHelp()) + RUN_FOOT + exitCodes();
    }

    /** The page of the command status. */
    static String status(CommandLine command) {
        useWholeWidth(command);
        return STATUS_HEAD + command.getHelp().optionList() + STATUS_FOOT;
    }

    /** The page of the command logs. */
    static String logs(CommandLine command) {
        useWholeWidth(command);
        return LOGS_HEAD + command.getHelp().optionList() + LOGS_FOOT;
    }

    /** The page of the command resume. */
    static String resume(CommandLine command) {
        useWholeWidth(command);
        return RESUME_HEAD + command.getHelp().optionList() + RESUME_FOOT + exitCodes();
    }

    /** The page of the command cleanup. */
    static String cleanup(CommandLine command) {
        useWholeWidth(command);
        return CLEANUP_HEAD + command.getHelp().optionList() + CLEANUP_FOOT;
    }

    /** The page of the command doctor. */
    static String doctor(CommandLine command) {
        useWholeWidth(command);
        return DOCTOR_HEAD + command.getHelp().optionList() + DOCTOR_FOOT;
    }

    /** The page of the command emulator. */
    static String emulator(CommandLine command) {
        useWholeWidth(command);
        return EMULATOR_HEAD + command.getHelp().optionList() + EMULATOR_FOOT;
    }

    private static void useWholeWidth(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.longOptionsMaxWidth(WIDTH / 3);
        usage.sortOptions(false);
    }

    private static String exitCodes() {
        List<ExitCode> codes = Arrays.asList(ExitCode.values());
        return codes.stream()
                .map(code -> String.format("  %-4d %s%n", code.status(), code.meaning()))
                .collect(Collectors.joining());
    }
}
