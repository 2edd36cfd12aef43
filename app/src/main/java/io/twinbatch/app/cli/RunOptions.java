package io.twinbatch.app.cli;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.workflow.model.InputGrouping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options of {@code run}, as picocli fills them in; {@link OptionGroups} orders them for the help. */
@Command(name = "app")
final class RunOptions implements CommandOptions {
    @Mixin
    final BackendOptions where = new BackendOptions();

    @Mixin
    final GeneralOptions general = new GeneralOptions();

    @Option(
            names = {"-n", "--num-words"},
            paramLabel = "N",
            converter = WholeNumber.Positive.class,
            defaultValue = "3",
            description = "How many of the most frequent words of each input to report. Default: ${DEFAULT-VALUE}.")
    int numWords;

    @Option(
            names = "--total",
            negatable = true,
            description = "Also report the most frequent words over all inputs together, and write them to"
                    + " TOTAL_OUTPUT.txt beside the other results.")
    boolean total;

    @Option(
            names = "--output-dir",
            paramLabel = "DIR",
            converter = Converters.ToPath.class,
            description = "The folder for the results. Results that are there already are an error, before any work"
                    + " starts, unless --force is given. Default: a new folder twinbatch-output/RUN-ID in the"
                    + " current one.")
    Optional<Path> outputDir;

    @Option(
            names = "--force",
            negatable = true,
            description = "Overwrite results that exist in the folder for the results.")
    boolean force;

    @Option(
            names = "--skip-existing",
            negatable = true,
            description = "Leave out inputs whose results are in --output-dir already, made by an earlier run from the"
                    + " same content with the same options. Other results that are in the way need --force.")
    boolean skipExisting;

    @Option(
            names = "--dry-run",
            negatable = true,
            description = "Print what would be created and run, and do none of it.")
    boolean dryRun;

    @Option(
            names = "--nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "1",
            description =
                    "How many nodes the pool gets. Default: ${DEFAULT-VALUE}, since the nodes of the local backend"
                            + " share one machine, and one node with a slot per processor keeps it busy.")
    int nodes;

    @Option(
            names = "--slots",
            paramLabel = "S",
            converter = WholeNumber.Slots.class,
            description = "How many tasks a node runs at once. Default: with azure 2, the processors of the default"
                    + " size; otherwise the number of processors of this machine divided by the nodes, at least 1.")
    Optional<Integer> slots;

    @Option(
            names = "--vm-size",
            paramLabel = "NAME",
            converter = Converters.ToName.class,
            defaultValue = PoolSpec.DEFAULT_VM_SIZE,
            description = "With azure: the size of a node. Default: ${DEFAULT-VALUE} (2 processors, 8 GiB).")
    String vmSize;

    @Option(
            names = "--image",
            paramLabel = "PUBLISHER:OFFER:SKU",
            converter = Converters.ToImage.class,
            defaultValue = "canonical:ubuntu-24_04-lts:server",
            description = "With azure: the operating system of the nodes; the newest verified version of it is taken."
                    + " Java is installed where it lacks. Default: ${DEFAULT-VALUE}.")
    VmImage image;

    @Option(
            names = "--spot",
            negatable = true,
            description = "Use spot nodes, which cost a fraction and may be taken away at any time; their tasks then"
                    + " wait for other nodes.")
    boolean spot;

    @Option(
            names = "--max-nodes",
            paramLabel = "K",
            converter = WholeNumber.Nodes.class,
            defaultValue = "20",
            description = "With azure: refuse more nodes than this, lest a slip of the finger becomes a bill."
                    + " Default: ${DEFAULT-VALUE}.")
    int maxNodes;

    @Option(
            names = "--files-per-task",
            paramLabel = "N|auto",
            converter = Converters.ToGrouping.class,
            defaultValue = "auto",
            description = "How many inputs a task gets. auto gives each input its own task while they are few, and"
                    + " puts small ones together when they are many. Default: ${DEFAULT-VALUE}.")
    InputGrouping filesPerTask;

    @Option(
            names = "--retries",
            paramLabel = "N",
            converter = WholeNumber.Retries.class,
            defaultValue = "0",
            description = "How often a task that failed is tried again. Default: ${DEFAULT-VALUE}.")
    int retries;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            defaultValue = "20m",
            description = "How long the tasks may take altogether, such as 90s, 20m, 1h30m, PT20M; results of tasks"
                    + " that were done in time are kept. Default: ${DEFAULT-VALUE}.")
    Duration timeout;

    @Option(
            names = "--task-timeout",
            paramLabel = "TIME",
            converter = Converters.ToDuration.class,
            description = "How long one try of a task may take. Default: no limit of its own.")
    Optional<Duration> taskTimeout;

    @Option(
            names = "--pool-id",
            paramLabel = "ID",
            converter = Converters.ToIdentifier.class,
            description = "The pool to use. One that exists and fits is used and never deleted, otherwise it is"
                    + " created. Default: a new pool named after the run.")
    Optional<String> poolId;

    @Option(
            names = "--job-id",
            paramLabel = "ID",
            converter = Converters.ToIdentifier.class,
            description = "The name of the job. Default: named after the run.")
    Optional<String> jobId;

    @Option(
            names = "--keep-job",
            negatable = true,
            description = "Do not delete the job afterwards, and do not ask. It is ended.")
    boolean keepJob;

    @Option(names = "--keep-pool", negatable = true, description = "Do not delete the pool afterwards, and do not ask.")
    boolean keepPool;

    @Option(
            names = {"-y", "--yes"},
            negatable = true,
            description = "Answer every question with yes. Nothing is asked without a terminal either.")
    boolean yes;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            converter = Converters.ToPath.class,
            description = "A file with what is to go wrong on purpose on the local backend's nodes; docs/faults.md"
                    + " describes it.")
    Optional<Path> faults;

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
    List<String> inputs = List.of();

    @Override
    public GeneralOptions general() {
        return general;
    }
}
