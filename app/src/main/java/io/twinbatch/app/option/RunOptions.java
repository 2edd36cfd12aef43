package io.twinbatch.app.option;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.task.ContainerImage;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.KeptLogs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code run}, as picocli fills them in; {@link OptionGroups} orders them for the help. */
@Command(
        name = "app/app",
        header = "run a program on every input (the default)",
        customSynopsis = "app/app [run] [OPTION]... [INPUT]...",
        description = """
                Runs a program on every input, on a pool of nodes, and downloads and verifies
                the results. The program that comes with it finds the most frequent words of
                each text. run is the default command.

                INPUT  Files, folders (all files in them except hidden ones), or patterns such
                       as 'texts/*.txt' and 'texts/**/*.txt'. Default: three sample texts.""",
        footer = RunHelp.FOOTER,
        exitCodeListHeading = "%nExit codes%n")
public final class RunOptions implements CommandOptions {
    /** How many words the results have when nothing else is asked for. */
    public static final int DEFAULT_NUM_WORDS = 3;

    @Mixin
    public final BackendOptions where = new BackendOptions();

    @Mixin
    public final GeneralOptions general = new GeneralOptions();

    @Mixin
    public final PortalSwitch portal = new PortalSwitch();

    @Mixin
    public final ReportOptions report = new ReportOptions();

    @Option(
            names = {"-n", "--num-words"},
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            description = "Number of most frequent words to report. Default: " + DEFAULT_NUM_WORDS + ".")
    Optional<Integer> numWords;

    @Option(
            names = "--command",
            paramLabel = "TEXT",
            description = "Command for /bin/sh, run for each input. {} is the input, {.} the input without its"
                    + " extension, {/} its name, {#} its number. They are quoted as needed, and are in the variables"
                    + " TWINBATCH_INPUT, TWINBATCH_INPUT_STEM, _NAME and _NUMBER too. The result is the standard output"
                    + " unless --output names files. See docs/commands.md.")
    public Optional<String> command;

    @Option(
            names = "--script",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "Script to run for each input, which is its first argument.")
    public Optional<Path> script;

    @Option(
            names = "--program",
            paramLabel = "FILE|DIR",
            converter = Converters.ToPath.class,
            description =
                    "File, or folder of files, that the command needs on each node. It is on the command's PATH and in"
                            + " $TWINBATCH_PROGRAM_DIR. Can be repeated.")
    public List<Path> programs = List.of();

    @Option(
            names = "--output",
            paramLabel = "PATTERN",
            description = "Files that are its result, such as '*.gz', '{.}.pdf'. Can be repeated. Each"
                    + " pattern must match at least one file. Files whose names begin with the input's name are"
                    + " downloaded to --output-dir, others to its folder NAME.out.")
    public List<String> outputs = List.of();

    @Option(
            names = "--combine",
            paramLabel = "TEXT",
            description =
                    "Command to run once when all inputs have succeeded, in a folder with all results. {} is all of"
                            + " them, in the order of the inputs. Its standard output is written to COMBINED.out.")
    public Optional<String> combine;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--total",
            negatable = true,
            description = "Also count over all inputs together. The result is TOTAL_OUTPUT.txt, beside the other "
                    + "results.")
    boolean total;

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "Folder for the results. Existing results are an error before any work starts, unless "
                    + "--force or --skip-existing is given. Default: a new folder twinbatch-output/RUN-ID in "
                    + "the current folder.")
    public Optional<Path> outputDir;

    @Option(
            names = "--keep-tree",
            negatable = true,
            description = "Put each result into the folders of its input's path: that of texts/a/x.txt into texts/a in"
                    + " the folder for the results.")
    public boolean keepTree;

    @Option(names = "--force", negatable = true, description = "Overwrite existing results.")
    public boolean force;

    @Option(
            names = "--skip-existing",
            negatable = true,
            description = "Skip inputs that have a result in --output-dir. A result counts when it was made from "
                    + "the same content with the same options. Other results that are in the way need --force.")
    public boolean skipExisting;

    @Option(
            names = "--all",
            description = "Print the result of every input, also when there are many; with --help, all options.")
    public boolean all;

    @Option(
            names = "--dry-run",
            negatable = true,
            description =
                    "Show what would be created and run; change nothing. With azure the plan is also checked against"
                            + " the accounts, when their settings are complete.")
    public boolean dryRun;

    @Option(
            names = "--detach",
            negatable = true,
            description = "Run in the background, once everything is checked. Such a run never asks, and deletes its"
                    + " job and its pool at the end. wait JOB waits for it, and prints its results.")
    public boolean detach;

    @Option(
            names = "--include",
            paramLabel = "PATTERN",
            description = "Take only files of folders and patterns that match, such as '*.txt'. A pattern without a"
                    + " slash is compared with the name, one with a slash with the path below the folder. May be"
                    + " repeated.")
    public List<String> include = List.of();

    @Option(
            names = "--exclude",
            paramLabel = "PATTERN",
            description = "Leave out files and folders that match, such as '*.bak' or node_modules. Compared as for"
                    + " --include. May be repeated.")
    public List<String> exclude = List.of();

    @Option(
            names = "--files-from",
            paramLabel = "FILE",
            description = "Read paths of inputs from this file, or from standard input when it is -. They are"
                    + " separated by line ends, or by NUL characters when it has any.")
    public Optional<String> filesFrom;

    @Option(
            names = "--tasks",
            paramLabel = "FILE",
            description = "Run the command for each row of a table: tabs between columns, names in the first line. A"
                    + " column input or input:NAME has files or patterns, any other the values of a variable, which {NAME}"
                    + " stands for. - is standard input. See docs/commands.md.")
    public Optional<String> tasks;

    @Option(
            names = "--strict",
            negatable = true,
            description = "Refuse to run when something in a folder cannot be an input. By default it is left out"
                    + " and named.")
    public boolean strict;

    @Option(
            names = "--nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "1",
            description = "Number of nodes. Default: ${DEFAULT-VALUE}. The nodes of the local backend share one "
                    + "machine; one node with a slot for each processor uses all of it.")
    int nodes;

    @Option(
            names = "--slots",
            paramLabel = "S",
            converter = WholeNumber.Slots.class,
            description = "Number of tasks that a node runs at a time. Default: with azure 2, the processors of the "
                    + "default size; otherwise the processors of this machine divided by the nodes, at least 1.")
    public Optional<Integer> slots;

    @Option(
            names = "--vm-size",
            paramLabel = "NAME",
            converter = Converters.ToName.class,
            defaultValue = PoolSpec.DEFAULT_VM_SIZE,
            description = "With azure: size of a node. Default: ${DEFAULT-VALUE} (2 processors, 8 GiB).")
    public String vmSize;

    @Option(
            names = "--vm-image",
            paramLabel = "PUBLISHER:OFFER:SKU",
            converter = Converters.ToVmImage.class,
            description = "With azure: operating system of the nodes, in its newest verified version. Java is "
                    + "installed where it is missing and needed. Default: canonical:ubuntu-24_04-lts:server; with"
                    + " --image microsoft-dsvm:ubuntu-hpc:2204, which has a container engine.")
    public Optional<VmImage> vmImage;

    @Option(
            names = "--image",
            paramLabel = "REGISTRY/NAME:TAG",
            converter = Converters.ToImage.class,
            description = "Container image in which the command runs. It needs /bin/sh, and coreutils or busybox. Nodes"
                    + " fetch it beforehand. The local backend runs it with the Docker engine of this machine.")
    public Optional<ImageOption> image;

    @Option(
            names = "--spot",
            negatable = true,
            description = "With azure: use spot nodes. They cost less and can be preempted at any time; their tasks "
                    + "then run again on other nodes.")
    boolean spot;

    @Option(
            names = "--spot-nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            description = "With azure: number of spot nodes beside those of --nodes, which are not preempted. Default:"
                    + " none.")
    public Optional<Integer> spotNodes;

    @Option(
            names = "--max-nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "20",
            description = "With azure: safety limit on the number of nodes. Default: ${DEFAULT-VALUE}.")
    public int maxNodes;

    @Option(
            names = "--files-per-task",
            paramLabel = "N|auto",
            converter = Converters.ToGrouping.class,
            defaultValue = "auto",
            description = "Number of inputs of a task. auto gives each input its own task while there are few, and "
                    + "groups small inputs when there are many. Default: ${DEFAULT-VALUE}.")
    public InputGrouping filesPerTask;

    @Option(
            names = "--split",
            paramLabel = "SIZE",
            converter = ByteSize.class,
            description =
                    "Process an input that is larger than this, such as 64MiB, in pieces that are tasks of their own,"
                            + " cut at line ends, and put their results together. See docs/commands.md. Default: no input"
                            + " is split.")
    public Optional<Long> split;

    @Option(
            names = "--retries",
            paramLabel = "N",
            converter = WholeNumber.Retries.class,
            defaultValue = "0",
            description = "Number of retries for a failed task. Default: ${DEFAULT-VALUE}.")
    public int retries;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            defaultValue = "20m",
            description = "Time limit for all tasks together. Examples: 90s, 20m, 1h30m, PT20M. Results of tasks that "
                    + "are done in time are kept. Default: ${DEFAULT-VALUE}.")
    public Duration timeout;

    @Option(
            names = "--task-timeout",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            description = "Time limit for one attempt of a task. Default: none.")
    public Optional<Duration> taskTimeout;

    @Option(
            names = "--pool-id",
            paramLabel = "ID",
            converter = Converters.ToIdentifier.class,
            description = "Pool to use. An existing pool, of any size and image, is used as it is and never deleted;"
                    + " otherwise the pool is created. Default: a new pool named after the run.")
    public Optional<String> poolId;

    @Option(
            names = "--job-id",
            paramLabel = "ID",
            converter = Converters.ToIdentifier.class,
            description = "Id of the job. Default: named after the run.")
    public Optional<String> jobId;

    @Option(
            names = "--keep-job",
            negatable = true,
            description = "Keep the job at the end, and do not ask. The job is terminated.")
    public boolean keepJob;

    @Option(names = "--keep-pool", negatable = true, description = "Keep the pool at the end, and do not ask.")
    public boolean keepPool;

    @Option(
            names = "--keep-logs",
            negatable = true,
            description = "Keep stdout and stderr of every task in logs/TASK in the folder for the results. By default"
                    + " this is done for tasks that failed or were stopped: at most 50, the last 1 MiB of each file.")
    Boolean keepLogs;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Answer every question with yes. Without a terminal no question is asked.")
    public boolean yes;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "File with the faults to inject on the nodes of the local backend; docs/faults.md "
                    + "describes it.")
    public Optional<Path> faults;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    boolean version;

    @Parameters(
            paramLabel = "INPUT",
            arity = "0..*",
            description = "Files, folders (everything in them, hidden files left out) or patterns such as"
                    + " 'texts/**/*.txt'. Default: three sample texts.")
    public List<String> inputs = List.of();

    /** How many nodes a new pool gets. */
    public NodeCounts nodeCounts() {
        return NodeCounts.of(nodes, spot, spotNodes);
    }

    public int numWords() {
        return numWords.orElse(DEFAULT_NUM_WORDS);
    }

    /** Whether one result over all inputs is wanted too. */
    public boolean wantsTotal() {
        boolean counts = command.isEmpty() && script.isEmpty();
        return counts ? total : combine.isPresent();
    }

    /** The operating system of the nodes. */
    public VmImage nodeImage() {
        return vmImage.or(() -> image.flatMap(ImageOption::vmImage))
                .orElse(containerImage().isPresent() ? VmImage.UBUNTU_WITH_CONTAINERS : VmImage.UBUNTU_LTS);
    }

    /** The container image in which a command runs. */
    public Optional<ContainerImage> containerImage() {
        return image.flatMap(ImageOption::containerImage);
    }

    /** Whether the command line itself has an option; the environment and the configuration file do not count. */
    public boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** The words of the command line, as a process that is detached already has to get them. */
    public List<String> wordsWithoutDetach() {
        return GivenOptions.words(spec.commandLine().getParseResult().originalArgs(), false);
    }

    /** What the command line, the environment and the configuration file have given. */
    public GivenOptions given() {
        return GivenOptions.of(this, spec);
    }

    /** Which tasks leave their logs beside the results. */
    public KeptLogs keptLogs() {
        return keepLogs == null ? KeptLogs.FAILED : keepLogs ? KeptLogs.ALL : KeptLogs.NONE;
    }

    @Override
    public GeneralOptions general() {
        return general;
    }
}
