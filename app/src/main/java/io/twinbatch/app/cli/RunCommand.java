package io.twinbatch.app.cli;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.workflow.CleanupChoice;
import io.twinbatch.api.workflow.InputFile;
import io.twinbatch.api.workflow.Preflight;
import io.twinbatch.api.workflow.Preflight.Finding;
import io.twinbatch.api.workflow.RunId;
import io.twinbatch.api.workflow.RunPlan;
import io.twinbatch.api.workflow.RunPlanner;
import io.twinbatch.api.workflow.RunRequest;
import io.twinbatch.api.workflow.RunResult;
import io.twinbatch.app.ExitCode;
import io.twinbatch.app.PreflightRefusal;
import io.twinbatch.app.UsageException;
import io.twinbatch.app.inputs.InputResolver;
import io.twinbatch.app.inputs.ResolvedInputs;
import io.twinbatch.app.inputs.SampleFolder;
import io.twinbatch.app.report.FailureSummary;
import io.twinbatch.app.report.Humane;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.PlanLines;
import io.twinbatch.app.report.PlanText;
import io.twinbatch.app.report.PreflightReport;
import io.twinbatch.app.report.ResultsTable;
import io.twinbatch.app.report.RunHeader;
import io.twinbatch.app.report.RunReporter;
import io.twinbatch.app.run.Backend;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.CleanupQuestions;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.app.run.RunEnding;
import io.twinbatch.app.run.TopWordsProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The command {@code run}. */
final class RunCommand implements AppCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    private final Surroundings surroundings;
    private final BackendSession.Starter starter;
    private final Interruption interruption;
    private final RunOptions options = new RunOptions();
    private Instant started = Instant.EPOCH;
    private Optional<BackendSettings> settings = Optional.empty();
    private boolean planned;

    RunCommand(Surroundings surroundings, BackendSession.Starter starter, Interruption interruption) {
        this.surroundings = surroundings;
        this.starter = starter;
        this.interruption = interruption;
    }

    @Override
    public Object options() {
        return options;
    }

    @Override
    public GeneralOptions general() {
        return options.general;
    }

    @Override
    public String help() {
        return HelpText.run(OptionReader.parser(options));
    }

    @Override
    public boolean isStarted() {
        return planned;
    }

    @Override
    public ExitCode execute() {
        requireAffordable();
        // What would be done can be shown without any account.
        settings = options.dryRun ? Optional.empty() : Optional.of(readSettings());
        if (!options.inputs.isEmpty()) {
            return execute(namedInputs());
        }
        surroundings.err().line("No INPUT is named: the three sample texts are taken.");
        try (SampleFolder samples = SampleFolder.create()) {
            return execute(samples.files());
        }
    }

    private BackendSettings readSettings() {
        BackendSettings settings = new SettingsReader(surroundings).read(options.where, options.general);
        return options.faults.isEmpty() ? settings : withFaults(settings, options.faults.get());
    }

    private BackendSettings withFaults(BackendSettings settings, Path faults) {
        if (settings instanceof LocalSettings local) {
            return local.withFaults(surroundings.workingFolder().resolve(faults));
        }
        throw new UsageException("--faults is for --backend=local; to rehearse faults of Azure, start app emulator with"
                + " --faults, and run against it");
    }

    private List<InputFile> namedInputs() {
        ResolvedInputs inputs = InputResolver.resolve(surroundings.workingFolder(), options.inputs);
        if (inputs.repeated() > 0) {
            surroundings
                    .err()
                    .line(Humane.count(inputs.repeated(), "input")
                            + " given more than once, by name or through a link; each is processed once.");
        }
        return inputs.files();
    }

    private ExitCode execute(List<InputFile> inputs) {
        RunId id = RunId.generate(surroundings.clock(), surroundings.random());
        Path outputDir = options.outputDir.orElse(Path.of("twinbatch-output").resolve(id.value()));
        RunPlan plan = new RunPlanner(surroundings.clock(), surroundings.random()).plan(id, request(inputs, outputDir));
        RunHeader header = new RunHeader(options.where.backend.toString(), plan, outputDir, options.numWords);
        planned = true;
        if (options.dryRun) {
            show(header);
            return ExitCode.DONE;
        }
        RunResult result = run(header);
        return report(header, result);
    }

    private RunRequest request(List<InputFile> inputs, Path outputDir) {
        Path jar = surroundings.home().resolve("node-task.jar");
        if (!Files.isReadable(jar)) {
            throw new UsageException(
                    "the program for the nodes is missing: " + jar + "; build the project with mvn package");
        }
        RunRequest.Builder request = RunRequest.builder(
                        inputs,
                        new TopWordsProgram(jar, options.numWords, javaOnNodes()),
                        surroundings.workingFolder().resolve(outputDir))
                .force(options.force)
                .wantTotal(options.total)
                .grouping(options.filesPerTask)
                .pool(poolWish())
                .limits(new RunRequest.Limits(options.timeout, options.taskTimeout, options.retries))
                .keepJob(options.keepJob)
                .keepPool(options.keepPool)
                .owner(surroundings.owner());
        options.jobId.ifPresent(job -> request.jobId(new JobId(job)));
        return request.build();
    }

    /** The nodes of the local backend are this machine, so that its tasks can run on the Java that runs the app. */
    private Optional<Path> javaOnNodes() {
        return switch (options.where.backend) {
            case LOCAL -> Optional.of(Path.of(System.getProperty("java.home"), "bin", "java"));
            case AZURE -> Optional.empty();
        };
    }

    private RunRequest.PoolWish poolWish() {
        return new RunRequest.PoolWish(
                options.poolId.map(PoolId::new),
                options.vmSize,
                options.image,
                options.nodes,
                options.spot,
                options.slots.orElseGet(this::slotsThatKeepBusy),
                1);
    }

    private int slotsThatKeepBusy() {
        return switch (options.where.backend) {
            case AZURE -> RunRequest.PoolWish.DEFAULT.slotsPerNode();
            case LOCAL -> Math.max(1, Math.min(256, Runtime.getRuntime().availableProcessors() / options.nodes));
        };
    }

    /** Nodes of a provider are paid for. */
    private void requireAffordable() {
        if (options.where.backend == Backend.AZURE && options.nodes > options.maxNodes) {
            throw new UsageException("--nodes " + options.nodes + " is more than --max-nodes " + options.maxNodes
                    + " allows, which guards against costs; add --max-nodes " + options.nodes
                    + ", or write max-nodes=" + options.nodes + " into the configuration file");
        }
    }

    private void show(RunHeader header) {
        if (options.general.json) {
            new JsonReport(surroundings.out()).writePlan(header);
            return;
        }
        new PlanText(surroundings.out()).print(header);
    }

    private RunResult run(RunHeader header) {
        started = surroundings.clock().instant();
        surroundings
                .err()
                .line("Run " + header.plan().id() + " on the " + options.where.backend + " backend, started "
                        + TIME.format(started) + ".");
        CleanupChoice choice = choice();
        if (options.where.backend == Backend.AZURE) {
            new PlanLines(surroundings.err()).print(header.plan(), choice != CleanupChoice.DELETE);
        }
        String cleanup = new CleanupCommandLine(
                        options.where.backend,
                        options.where.stateDir,
                        header.plan().id())
                .toString();
        interruption.onAbandon("what this run created may still be there; to remove it: " + cleanup);
        Thread thread = Thread.currentThread();
        interruption.onSignal(thread::interrupt);
        try (BackendSession session = starter.start(settings.orElseThrow())) {
            interruption.onSignal(() -> {
                session.cancel();
                // Also ends a question that nobody is going to answer any more.
                thread.interrupt();
            });
            requirePossible(session.preflight(header.plan()));
            return session.run(header.plan(), new RunReporter(surroundings.err(), cleanup), choice);
        } finally {
            surroundings.err().endProgress();
        }
    }

    /** Ends the run before anything is created when the provider cannot carry it out. */
    private void requirePossible(List<Finding> findings) {
        new PreflightReport(surroundings.err(), options.general.verbose).print(findings);
        if (findings.stream().anyMatch(finding -> finding.result() == Preflight.Result.FAILED)) {
            throw new PreflightRefusal(findings);
        }
    }

    private CleanupChoice choice() {
        boolean ask = surroundings.err().terminal().canAsk() && !options.yes && !options.general.json;
        return ask ? new CleanupQuestions(surroundings.err(), surroundings.in()) : CleanupChoice.DELETE;
    }

    private ExitCode report(RunHeader header, RunResult result) {
        ExitCode exitCode = RunEnding.exitCode(result, interruption.received());
        if (options.general.json) {
            new JsonReport(surroundings.out()).writeResult(header, result, exitCode);
        } else {
            new ResultsTable(surroundings.out(), surroundings.err().terminal()).print(header, result);
        }
        new FailureSummary(surroundings.err()).print(result);
        Instant ended = surroundings.clock().instant();
        long done = result.inputs().stream()
                .filter(input -> input.outcome().isDone())
                .count();
        surroundings
                .err()
                .line("Ended " + TIME.format(ended) + ", after " + Humane.duration(Duration.between(started, ended))
                        + ": "
                        + String.format(Locale.ROOT, "%,d", done) + " of "
                        + Humane.count(result.inputs().size(), "input") + " done"
                        + (done == 0 ? "." : ", results in " + header.outputDir() + "."));
        return exitCode;
    }
}
