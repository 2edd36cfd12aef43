package io.twinbatch.app.option;

import io.twinbatch.app.exit.ExitCode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The help pages. */
public final class HelpText {
    private static final int WIDTH = 80;

    private static final String SHORT_HEAD = """
            Usage: app/app [run] [OPTION]... [INPUT]...

            Runs a program on every input, on a pool of nodes, and downloads the results.
            The program that comes with it finds the most frequent words of each text.

            INPUT  Files, folders, or patterns such as 'texts/**/*.txt'. Default: three
                   sample texts.
            """;

    private static final String SHORT_FOOT = """

            Other commands (app/app COMMAND --help)
              status      show jobs, or one job with its tasks and nodes
              logs        print the output of a task
              resume      continue a run whose client was killed
              rerun       run the inputs of a run again that have no result
              wait        wait for the end of a run in the background
              cancel      end a run from another terminal, and keep its results
              cleanup     list and delete leftovers of earlier runs
              portal      show everything live in a browser
              doctor      check this machine or the accounts
              emulator    serve the protocol of Azure Batch on this machine
              install     put the command twinbatch on the PATH
              completion  print the script by which bash and zsh complete commands

            app/app --help --all lists all options, variables, folders and exit codes.
            """;

    private static final String RUN_HEAD = """
            Usage: app/app [run] [OPTION]... [INPUT]...

            Runs a program on every input, on a pool of nodes, and downloads and verifies
            the results. The program that comes with it finds the most frequent words of
            each text. run is the default command.

            INPUT  Files, folders (all files in them except hidden ones), or patterns such
                   as 'texts/*.txt' and 'texts/**/*.txt'. Default: three sample texts.
                   Words after -- are inputs even when they begin with a dash. An input
                   that has the name of a command, such as run, is given as ./run.
            """;

    private static final String RUN_FOOT = """

            Examples
              app/app                                    the three sample texts
              app/app -n 10 --total book.txt letters/    the top 10 of each, and of all
              app/app --output-dir out 'texts/**/*.txt'  results in out/
              app/app --command='gzip -nk {}' --output='*.gz' texts/
                                                         a command of your own
              app/app --tasks=t.tsv --command='sim {x}'  a task for each row of a table
              app/app --output-dir out --skip-existing --force texts/
                                                         only what is new or has changed
              app/app --dry-run --nodes 2 texts/         what would be done
              app/app --json texts/ | jq .inputs         JSON; see docs/json-output.md

            Environment and configuration file
              Every option except --config, --help and --version has a variable
              (TWINBATCH_OUTPUT_DIR for --output-dir) and a key in the configuration file
              (output-dir=results). The command line wins over the environment, the
              environment over the file. --no-total and the like switch a flag off.
              TWINBATCH_JAVA_OPTS holds options for Java. HTTPS_PROXY and NO_PROXY are
              honored; see docs/proxies.md.

            Accounts of --backend=azure
              AZURE_BATCH_ACCOUNT, AZURE_BATCH_ENDPOINT    Batch account and its URL
              AZURE_BATCH_ACCESS_KEY                       its key
              AZURE_STORAGE_ACCOUNT, AZURE_STORAGE_KEY     storage account and its key, or
              AZURE_STORAGE_CONNECTION_STRING              both in one
              AZURE_SUBSCRIPTION_ID, AZURE_RESOURCE_GROUP  for checks of quotas
              Without keys Microsoft Entra ID is used (az login). All of these can be in
              the configuration file in lower case with dashes (azure-batch-account=...).
              A file with a key must not be readable by others (chmod 600).

            Folders
              configuration  $XDG_CONFIG_HOME/twinbatch, else ~/.config/twinbatch
              state          $XDG_STATE_HOME/twinbatch, else ~/.local/state/twinbatch
              cache          $XDG_CACHE_HOME/twinbatch, else ~/.cache/twinbatch

            Exit codes
            """;

    private static final String STATUS_HEAD = """
            Usage: app/app status [OPTION]... [JOB]

            Shows jobs, newest first, or one job: its tasks by state, its nodes, and what
            keeps tasks from running. Changes nothing. Works while a run or an emulator is
            running, and after it was killed.

            JOB    Id of a job, or of its run.

            Options
            """;

    private static final String STATUS_FOOT = """

            Exit codes
              0    shown
              2    wrong command line or configuration, or no such job
              3    the provider failed
              130  interrupted (Ctrl-C)
            """;

    private static final String LOGS_HEAD = """
            Usage: app/app logs [OPTION]... JOB TASK

            Prints the standard output of a task, byte for byte. Messages go to standard
            error. After a retry, prints the output of the last attempt. When the node of a
            failed task is gone, prints the copy in the object store; when the job is
            deleted, the copy that the run has left beside its results.

            JOB    Id of a job, or of its run; app/app status lists them.
            TASK   Id of a task, such as topNtask0; app/app status JOB shows running and
                   failed tasks.

            Options
            """;

    private static final String LOGS_FOOT = """

            Examples
              app/app logs 20261122-175901-k3f9 topNtask0 --stderr     why it failed
              app/app logs --follow 20261122-175901-k3f9 topNtask0     until the task ends
              app/app logs --file wd/part.txt JOB TASK                 another file

            Exit codes
              0    printed; with --follow, the task has ended, successfully or not
              2    wrong command line or configuration, or no such job, task or file
              3    the provider failed, or the file is gone or cannot be continued
              130  interrupted (Ctrl-C)
            """;

    private static final String RESUME_HEAD = """
            Usage: app/app resume [OPTION]... JOB

            Continues a run whose client was killed or lost its machine: submits missing
            tasks, watches all tasks, downloads and verifies the results, and cleans up.
            Finished tasks do not run again. Any machine with the same accounts can do it.

            JOB  Id of a job, or of its run; app/app status lists them.

            Options
            """;

    private static final String RESUME_FOOT = """

            A run can be resumed as soon as its inputs are uploaded. Its time limit begins
            again. When its job has ended or is too old, a new job runs the missing tasks.
            Make sure that the client of the run has ended: two clients of one run
            interfere.

            Examples
              app/app resume 20261122-175901-k3f9        on this machine
              app/app resume --backend=azure job-20261122-175901-k3f9 --output-dir out

            Exit codes
            """;

    private static final String CLEANUP_HEAD = """
            Usage: app/app cleanup [OPTION]...

            Lists leftovers of earlier runs by run: pools with their nodes, jobs and
            containers, their owner, and until when they are needed. Asks, then deletes
            what is past its lease, such as resources of a killed run. A lease lasts for
            the time limit of the run and one hour more, for containers one day more. What
            a user keeps has no lease. What no run has created is neither listed nor
            deleted.

            Options
            """;

    private static final String CLEANUP_FOOT = """

            Examples
              app/app cleanup --backend=azure            list, ask, delete leftovers
              app/app cleanup --run 20261122-175901-k3f9 everything of one run
              app/app cleanup --all --older-than=7d -y   everything older than a week

            Exit codes
              0    done, or nothing to do
              2    wrong command line or configuration, or no such run
              3    the provider failed, or something could not be deleted
              130  interrupted (Ctrl-C)
            """;

    private static final String PORTAL_HEAD = """
            Usage: app/app portal [OPTION]...

            Serves a live page of pools, nodes, jobs, tasks and objects for a browser, until
            Ctrl-C, and prints its address. Changes nothing. Works while a run or an
            emulator is running, and after it was killed. Only this machine can reach it.

            Options
            """;

    private static final String PORTAL_FOOT = """

            Exit codes
              0    closed with Ctrl-C
              2    wrong command line or configuration, or the port is taken
              3    the provider failed
              143  terminated (SIGTERM)
            """;

    private static final String DOCTOR_HEAD = """
            Usage: app/app doctor [OPTION]...

            Checks whether this machine (--backend=local) or the accounts (--backend=azure)
            can run Twinbatch, and prints a remedy for each problem.

            Options
            """;

    private static final String DOCTOR_FOOT = """

            Exit codes
              0    the backend can run
              1    it cannot
              2    wrong command line or configuration
            """;

    private static final String EMULATOR_HEAD = """
            Usage: app/app emulator [OPTION]...

            Serves the protocol of the Azure Batch service and a storage account on this
            machine, until Ctrl-C. Clients of Azure Batch work unmodified. Pools, jobs,
            tasks and objects are kept in the state folder.

            When it is ready, it prints the settings of clients as shell commands, or with
            --json as a document:
              (umask 077; exec app/app emulator > emulator.env) &  start in the background
              . ./emulator.env                                     use it from this shell
              app/app --backend=azure FILES

            Options
            """;

    private static final String EMULATOR_FOOT = """

            Exit codes
              2    wrong command line or configuration, or the state folder is in use
              3    a port is taken, or the storage account does not start or has ended
              130  stopped by Ctrl-C
              143  stopped by SIGTERM
            """;

    private static final String INSTALL_HEAD = """
            Usage: app/app install [OPTION]... [DIR]

            Makes DIR/twinbatch, a link to the script app/app of this project, so that
            twinbatch can be typed anywhere. Deleting the link removes it again.

            DIR    Folder on the PATH. Default: ~/.local/bin.

            Options
            """;

    private static final String INSTALL_FOOT = """

            Exit codes
              0    installed
              2    wrong command line, or the link cannot be made
            """;

    private static final String COMPLETION_HEAD = """
            Usage: app/app completion [OPTION]... [SHELL]

            Prints the script by which a shell completes commands and options:
              source <(twinbatch completion)     in ~/.bashrc or ~/.zshrc

            SHELL  bash or zsh. The same script serves both.

            Options
            """;

    private HelpText() {}

    /** The first page of the command run: the options that are used most. */
    public static String runShort(CommandLine command) {
        useWholeWidth(command);
        return SHORT_HEAD + OptionGroups.renderMostUsed(command.getHelp()) + SHORT_FOOT;
    }

    /** The whole page of the command run. */
    public static String run(CommandLine command) {
        useWholeWidth(command);
        return RUN_HEAD + OptionGroups.render(command.getHelp()) + RUN_FOOT + exitCodes();
    }

    /** The page of the command status. */
    public static String status(CommandLine command) {
        useWholeWidth(command);
        return STATUS_HEAD + command.getHelp().optionList() + STATUS_FOOT;
    }

    /** The page of the command logs. */
    public static String logs(CommandLine command) {
        useWholeWidth(command);
        return LOGS_HEAD + command.getHelp().optionList() + LOGS_FOOT;
    }

    /** The page of the command resume. */
    public static String resume(CommandLine command) {
        useWholeWidth(command);
        return RESUME_HEAD + command.getHelp().optionList() + RESUME_FOOT + exitCodes();
    }

    /** The page of the command cleanup. */
    public static String cleanup(CommandLine command) {
        useWholeWidth(command);
        return CLEANUP_HEAD + command.getHelp().optionList() + CLEANUP_FOOT;
    }

    /** The page of the command portal. */
    public static String portal(CommandLine command) {
        useWholeWidth(command);
        return PORTAL_HEAD + command.getHelp().optionList() + PORTAL_FOOT;
    }

    /** The page of the command doctor. */
    public static String doctor(CommandLine command) {
        useWholeWidth(command);
        return DOCTOR_HEAD + command.getHelp().optionList() + DOCTOR_FOOT;
    }

    /** The page of the command emulator. */
    public static String emulator(CommandLine command) {
        useWholeWidth(command);
        return EMULATOR_HEAD + command.getHelp().optionList() + EMULATOR_FOOT;
    }

    /** The page of the command install. */
    public static String install(CommandLine command) {
        useWholeWidth(command);
        return INSTALL_HEAD + command.getHelp().optionList() + INSTALL_FOOT;
    }

    /** The page of the command completion. */
    public static String completion(CommandLine command) {
        useWholeWidth(command);
        return COMPLETION_HEAD + command.getHelp().optionList();
    }

    static void useWholeWidth(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.width(WIDTH);
        usage.longOptionsMaxWidth(WIDTH / 3);
        usage.sortOptions(false);
    }

    /** The exit codes of a run, a line each. */
    static String exitCodes() {
        List<ExitCode> codes = Arrays.asList(ExitCode.values());
        return codes.stream()
                .map(code -> String.format("  %-4d %s%n", code.status(), code.meaning()))
                .collect(Collectors.joining());
    }
}
