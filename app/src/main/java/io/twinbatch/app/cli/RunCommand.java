package io.twinbatch.app.cli;

import io.twinbatch.api.command.TableColumn;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.Stale;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inputs.SampleFolder;
import io.twinbatch.app.inputs.TaskTable;
import io.twinbatch.app.option.ImageOption;
import io.twinbatch.app.option.RunOptions;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.PlanLines;
import io.twinbatch.app.report.PlanText;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LocalSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The command {@code run}. */
final class RunCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final RunExecution work;
    private final RunOptions options;
    private final PlanCheck check;
    private final String name;
    private final RunInputs inputs;
    private final Interruption interruption;
    private final Optional<Path> script;
    private Optional<BackendSettings> settings = Optional.empty();

    RunCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            Interruption interruption,
            RunOptions options,
            Optional<Path> script) {
        this(appEnvironment, starter, interruption, options, script, Commands.DEFAULT, List.of());
    }

    /**
     * Runs what an earlier command line asks for.
     *
     * @param script the script that starts the app; empty when this process was started without one
     * @param name the command, for the JSON document
     * @param knownInputs the inputs that its words meant then; empty when they are to be found by its words
     */
    RunCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            Interruption interruption,
            RunOptions options,
            Optional<Path> script,
            String name,
            List<String> knownInputs) {
        this.appEnvironment = appEnvironment;
        this.work = new RunExecution(appEnvironment, starter, interruption);
        this.options = options;
        this.check = new PlanCheck(appEnvironment.err(), options.general.verbose);
        this.name = name;
        this.inputs = new RunInputs(appEnvironment, options, knownInputs);
        this.interruption = interruption;
        this.script = script;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (options.detach) {
            return new DetachedRun(appEnvironment, interruption, script, options).start();
        }
        requireAffordable();
        requireFolderForWhatExists();
        options.image.flatMap(ImageOption::vmImage).ifPresent(this::sayNewName);
        // What would be done can be shown without any account.
        settings = options.dryRun ? settingsOfDryRun() : Optional.of(readSettings());
        if (options.tasks.isPresent()) {
            TaskTable table = inputs.ofTable(options.tasks.get());
            return execute(program(table.columns()), table.rows(), begun);
        }
        ProgramChoice program = program(List.of());
        if (!options.inputs.isEmpty() || options.filesFrom.isPresent()) {
            return execute(program, inputs.named(program.numWords().isPresent()), begun);
        }
        if (program.numWords().isEmpty()) {
            throw new UsageException("no input given; name the files on which the command is to run");
        }
        appEnvironment.err().note("No input given; using the three sample texts.");
        try (SampleFolder samples = SampleFolder.create()) {
            return execute(program, samples.files(), begun);
        }
    }

    @Override
    public void failed(Failure failure) {
        work.journal().end(failure.exitCode(), failure.message());
    }

    private ProgramChoice program(List<TableColumn> columns) {
        return ProgramChoice.of(options, columns, work, appEnvironment.workingFolder());
    }

    /** Accounts, where they are known. The local backend looks after its folders when it reads its settings. */
    private Optional<BackendSettings> settingsOfDryRun() {
        if (options.where.backend == Backend.LOCAL) {
            return Optional.empty();
        }
        try {
            return Optional.of(readSettings());
        } catch (BatchException e) {
            return Optional.empty();
        }
    }

    private BackendSettings readSettings() {
        BackendSettings settings = new SettingsReader(appEnvironment).readForWork(options.where, options.general);
        return options.faults.isEmpty() ? settings : withFaults(settings, options.faults.get());
    }

    private BackendSettings withFaults(BackendSettings settings, Path faults) {
        if (settings instanceof LocalSettings local) {
            return local.withFaults(appEnvironment.workingFolder().resolve(faults));
        }
        throw new UsageException("--faults is for --backend=local; to rehearse faults of Azure, start app emulator with"
                + " --faults, and run against it");
    }

    private ExitCode execute(ProgramChoice program, List<InputFile> files, Runnable begun) {
        RunId id = RunId.generate(appEnvironment.clock(), appEnvironment.random());
        Path outputDir = options.outputDir.orElseGet(() -> ResultFolder.of(id));
        RunPlan plan = new RunPlanner(appEnvironment.clock(), appEnvironment.random())
                .plan(id, request(program, files, outputDir));
        RunHeader header =
                new RunHeader(options.where.backend.toString(), plan, outputDir, program.numWords(), inputs.leftOut());
        begun.run();
        if (options.dryRun) {
            return show(header);
        }
        RunResult result = plan.tasks().isEmpty() ? upToDate(plan) : run(header);
        ExitCode exitCode = work.report(name, options.general.json, options.all, header, result, options.report);
        if (canBeCompleted(result)) {
            appEnvironment
                    .err()
                    .line("To process the other inputs, repeat the command with: " + optionsForTheRest(outputDir));
        } else if (exitCode == ExitCode.TASKS_FAILED) {
            NextCommands next = new NextCommands(options.where.backend, options.where.stateDir);
            appEnvironment.err().line("To run what failed again: " + next.rerun(id));
        }
        return exitCode;
    }

    /** What makes a command process the inputs alone that have no result in the folder. */
    static String optionsForTheRest(Path outputDir) {
        return "--skip-existing --output-dir=" + CleanupCommandLine.quoted(outputDir.toString());
    }

    /** Whether the same command can process the inputs that a run has left, and take over its results. */
    private static boolean canBeCompleted(RunResult result) {
        boolean stopped = result.ending() == Ending.INTERRUPTED || result.ending() == Ending.TIMED_OUT;
        return stopped
                && result.inputs().stream().anyMatch(input -> input.outcome().isDone());
    }

    /** Nothing is to be done, so that no backend is needed for it. */
    private RunResult upToDate(RunPlan plan) {
        reportExistingResults(plan);
        return RunResult.upToDate(plan, appEnvironment.clock().instant());
    }

    private RunRequest request(ProgramChoice program, List<InputFile> files, Path outputDir) {
        RunRequest.Builder request = RunRequest.builder(
                        files, program.program(), appEnvironment.workingFolder().resolve(outputDir))
                .force(options.force)
                .skipExisting(options.skipExisting)
                .wantTotal(options.wantsTotal())
                .keepTree(options.keepTree)
                .grouping(grouping())
                .pool(poolRequest())
                .limits(new RunRequest.Limits(options.timeout, options.taskTimeout, options.retries))
                .keepJob(options.keepJob)
                .keepPool(options.keepPool)
                .keepLogs(options.keptLogs())
                .owner(appEnvironment.owner())
                .notes(program.notes());
        options.split.filter(size -> options.tasks.isEmpty()).ifPresent(request::splitSize);
        options.jobId.ifPresent(job -> request.jobId(new JobId(job)));
        return request.build();
    }

    /** The size of its files says nothing about the work of a row. */
    private InputGrouping grouping() {
        boolean alone = options.tasks.isPresent() && options.filesPerTask instanceof InputGrouping.Auto;
        return alone ? InputGrouping.ONE_PER_TASK : options.filesPerTask;
    }

    private RunRequest.PoolRequest poolRequest() {
        return new RunRequest.PoolRequest(
                options.poolId.map(PoolId::new),
                options.vmSize,
                settings.flatMap(BackendSettings::nodeImage).orElseGet(options::nodeImage),
                options.nodeCounts().dedicated(),
                options.nodeCounts().spot(),
                options.slots.orElseGet(this::slotsThatKeepBusy),
                1);
    }

    private int slotsThatKeepBusy() {
        return switch (options.where.backend) {
            case AZURE -> RunRequest.PoolRequest.DEFAULT.slotsPerNode();
            case LOCAL -> {
                int share = Runtime.getRuntime().availableProcessors()
                        / options.nodeCounts().all();
                yield Math.max(1, Math.min(PoolSpec.MAX_SLOTS_PER_NODE, share));
            }
        };
    }

    /** Nodes of a provider are paid for. */
    private void requireAffordable() {
        int nodes = options.nodeCounts().all();
        if (options.where.backend == Backend.AZURE && nodes > options.maxNodes) {
            String asked = options.spotNodes.isPresent()
                    ? "--nodes and --spot-nodes, " + nodes + " together,"
                    : "--nodes " + nodes;
            throw new UsageException(asked + " is more than --max-nodes " + options.maxNodes
                    + " allows, which guards against costs; add --max-nodes " + nodes
                    + ", or write max-nodes=" + nodes + " into the configuration file");
        }
    }

    /** The option has another meaning now. */
    private void sayNewName(VmImage image) {
        if (options.vmImage.isPresent()) {
            throw new UsageException("--vm-image and --image both name an operating system; leave out --image");
        }
        appEnvironment
                .err()
                .line("--image=" + image + " names the operating system of the nodes; --vm-image does that now, and"
                        + " --image names a container image.");
    }

    /** In a folder of its own a run finds no results. */
    private void requireFolderForWhatExists() {
        if (options.skipExisting && options.outputDir.isEmpty()) {
            throw new UsageException(
                    "--skip-existing needs --output-dir DIR, the folder with the results of earlier runs");
        }
    }

    private ExitCode show(RunHeader header) {
        // The local backend would fetch images to check a plan.
        List<Finding> findings = options.where.backend == Backend.AZURE
                ? check.ofDryRun(settings, found -> work.on(found, session -> session.preflight(header.plan())))
                : List.of();
        ExitCode exitCode = PlanCheck.hasFailed(findings) ? ExitCode.PROVIDER : ExitCode.DONE;
        if (options.general.json) {
            new JsonReport(appEnvironment.out()).writePlan(header, findings, exitCode);
        } else {
            new PlanText(appEnvironment.out()).print(header);
        }
        check.print(findings);
        return exitCode;
    }

    private RunResult run(RunHeader header) {
        work.begin(header.plan().id(), options.where.backend, "started");
        CleanupChoice choice = work.choice(options.yes, options.general);
        if (options.where.backend == Backend.AZURE) {
            new PlanLines(appEnvironment.err(), settings.orElseThrow().costsMoney())
                    .print(header.plan(), choice != CleanupChoice.DELETE);
        }
        reportExistingResults(header.plan());
        RunListener reporter = work.reporter(
                options.where, settings.orElseThrow(), header.plan().id(), header.outputDir());
        return work.on(settings.orElseThrow(), session -> {
            check.requirePossible(session.preflight(header.plan()), settings.orElseThrow(), reporter);
            work.journal().begin(options, header);
            session.concurrentRuns().sentence(header.plan().pool().slots()).ifPresent(appEnvironment.err()::note);
            try (PortalOpening.Opened portal = new PortalOpening(appEnvironment)
                    .beside(options.portal, PortalOpening.describe(settings.orElseThrow()), session::inspector)) {
                return work.carryOut(name, header, options.report, () -> session.run(header.plan(), reporter, choice));
            }
        });
    }

    private static boolean anyResultIn(RunPlan plan) {
        Path folder = plan.request().outputFolder();
        return plan.inputs().stream().anyMatch(input -> Files.exists(folder.resolve(input.outputFileName())));
    }

    private void reportExistingResults(RunPlan plan) {
        long there = plan.inputs().stream()
                .filter(input -> plan.upToDate().containsKey(input.outputObject()))
                .count();
        if (there > 0) {
            appEnvironment
                    .err()
                    .note("The results of " + HumanFormat.count(there, "input") + " of "
                            + HumanFormat.number(plan.inputs().size())
                            + " are there already, made from the same content.");
        }
        if (options.skipExisting && plan.total().isPresent() && anyResultIn(plan)) {
            appEnvironment
                    .err()
                    .note("All " + HumanFormat.count(plan.inputs().size(), "input")
                            + " are processed again, also those that have a result: the result of all together needs"
                            + " them.");
        }
        Map<Stale, Long> stale = plan.stale().values().stream()
                .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
        stale.forEach((reason, count) -> appEnvironment
                .err()
                .note(HumanFormat.count(count, "result") + " to be made again: " + reason.describe() + "."));
    }
}
