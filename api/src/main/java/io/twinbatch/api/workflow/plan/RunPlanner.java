package io.twinbatch.api.workflow.plan;

import io.twinbatch.api.Identifiers;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.task.CommandLine;
import io.twinbatch.api.task.SpecLimits;
import io.twinbatch.api.task.TaskContainer;
import io.twinbatch.api.workflow.collect.KnownResults;
import io.twinbatch.api.workflow.collect.KnownResults.Comparison;
import io.twinbatch.api.workflow.collect.ResultIndex;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Fingerprint;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultLayout;
import io.twinbatch.api.workflow.model.ResultNames;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.Containers;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.model.TaskProgram.TotalProgram;
import io.twinbatch.api.workflow.model.TotalInputs;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Turns a request into a plan, and refuses what cannot work before anything is created. */
public final class RunPlanner {
    /** The task of the total names each of its parts with a signed URL, and a task's description is limited. */
    public static final int MAX_PARTS_OF_TOTAL = 1000;

    private final Clock clock;
    private final RandomGenerator random;
    private final LocalChecks checks = new LocalChecks();

    /**
     * Creates a planner.
     *
     * @param clock gives the time that goes into the run's identifier
     * @param random makes identifiers of the same second differ
     */
    public RunPlanner(Clock clock, RandomGenerator random) {
        this.clock = Objects.requireNonNull(clock, "clock");
        this.random = Objects.requireNonNull(random, "random");
    }

    /**
     * Plans a run with a new identifier; otherwise as {@link #plan(RunId, RunRequest)}.
     *
     * @throws BatchException as there
     */
    public RunPlan plan(RunRequest request) {
        return plan(RunId.generate(clock, random), request);
    }

    /**
     * Plans a run whose identifier the caller has made, so as to name things of its own after it. Looks at local files and folders, leaves them as they are and asks no provider.
     *
     * @param id an identifier that no other run has
     * @throws BatchException {@code INVALID} for a request that cannot work: no inputs, an output folder that cannot be
     *     written, an input that cannot be read, a total that the program does not make or that has too many parts;
     *     {@code NOT_FOUND} for an input that is not there; {@code ALREADY_EXISTS} for results that exist and may not
     *     be overwritten
     */
    public RunPlan plan(RunId id, RunRequest request) {
        List<InputFile> inputs = checks.requireInputs(request.inputs());
        checks.requireApplication(request.program());
        checks.requireWritable(request.outputFolder());
        Optional<TotalProgram> total = request.wantTotal() ? Optional.of(totalOf(request.program())) : Optional.empty();
        KnownResults known = ResultIndex.of(request.outputFolder()).read();
        List<PlannedInput> named = request.program()
                .naming()
                .name(inputs, total.map(TotalProgram::outputFileName), new ResultNames(request.keepTree(), known));
        Comparison there = compare(request, known, named, total);
        boolean allThere = named.stream().allMatch(input -> there.upToDate().containsKey(input.outputObject()))
                && total.map(program -> there.upToDate().containsKey(program.outputObject()))
                        .orElse(true);
        // A total is made of what all tasks leave, so that with one either all inputs are skipped or none.
        Map<String, Outcome.UpToDate> skipped = total.isEmpty() || allThere ? there.upToDate() : Map.of();
        Set<Path> replaceable = skipped.isEmpty() ? files(there.upToDate().values()) : Set.of();
        ResultLayout layout = ResultLayout.of(request.program(), named);
        requireFree(request, layout, named, there, allThere ? Optional.empty() : total);
        List<PlannedInput> open = named.stream()
                .filter(input -> !skipped.containsKey(input.outputObject()))
                .toList();
        Containers containers = Containers.of(id);
        List<PlannedTask> tasks = open.isEmpty() ? List.of() : tasks(request, open, containers);
        Optional<PlannedTotal> plannedTotal =
                allThere ? Optional.empty() : total.map(program -> total(request, program, tasks, containers));
        PoolSpec pool = pool(id, request);
        return new RunPlan(
                id,
                request,
                containers,
                pool,
                job(id, request, pool),
                named,
                layout,
                skipped,
                there.stale(),
                replaceable,
                tasks,
                plannedTotal);
    }

    private static Set<Path> files(Collection<Outcome.UpToDate> results) {
        return results.stream()
                .flatMap(result -> result.files().stream())
                .map(CollectedFile::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Comparison compare(
            RunRequest request, KnownResults known, List<PlannedInput> inputs, Optional<TotalProgram> total) {
        Optional<Fingerprint> ofProgram =
                request.skipExisting() ? request.program().fingerprint() : Optional.empty();
        if (ofProgram.isEmpty()) {
            return Comparison.NONE;
        }
        Fingerprint fingerprint = ofProgram.get();
        Comparison there = known.compare(inputs, fingerprint);
        return total.map(program ->
                        known.withTotal(there, program.outputObject(), program.outputFileName(), inputs, fingerprint))
                .orElse(there);
    }

    /** Results that are up to date may be made again, for a total: they come out the same. */
    private void requireFree(
            RunRequest request,
            ResultLayout layout,
            List<PlannedInput> inputs,
            Comparison there,
            Optional<TotalProgram> total) {
        List<PlannedInput> made = inputs.stream()
                .filter(input -> !there.upToDate().containsKey(input.outputObject()))
                .toList();
        List<String> outputs = Stream.concat(
                        made.stream().map(PlannedInput::outputFileName),
                        total
                                .filter(program -> !there.upToDate().containsKey(program.outputObject()))
                                .map(TotalProgram::outputFileName)
                                .stream())
                .toList();
        checks.requireFree(request, outputs, there.stale());
        checks.requireFree(request, layout, made, there.stale());
    }

    /**
     * Plans a run that began earlier, with the tasks that it had then.
     *
     * @param program the program that the run began with, or a version of it that stores its outputs in the same way
     * @param outputFolder the folder for the results; created when it is missing
     * @throws BatchException {@code INVALID} for an output folder that cannot be written
     */
    public static RunPlan again(RunRecord record, TaskProgram program, Path outputFolder) {
        RunRequest request = record.request(program, outputFolder);
        new LocalChecks().requireWritable(request.outputFolder());
        PoolSpec pool = pool(record.id(), request);
        JobSpec job = job(record.id(), request, pool).withId(record.job());
        return new RunPlan(
                record.id(),
                request,
                Containers.of(record.id()),
                pool,
                job,
                record.inputs(),
                new ResultLayout(record.names()),
                Map.of(),
                Map.of(),
                record.replaceableIn(request.outputFolder()),
                record.tasks(),
                record.total());
    }

    private static TotalProgram totalOf(TaskProgram program) {
        return program.total()
                .orElseThrow(() -> new BatchException(ErrorCode.INVALID, "", "this program has no total"));
    }

    private static List<PlannedTask> tasks(RunRequest request, List<PlannedInput> inputs, Containers containers) {
        TaskProgram program = request.program();
        InputPieces pieces = new InputPieces(request);
        List<List<PlannedInput>> groups =
                request.grouping().group(pieces.of(inputs), request.pool().parallelTasks());
        boolean storesParts = request.wantTotal() && !totalOf(program).combinesResults();
        List<PlannedTask> tasks = new ArrayList<>(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            String taskId = Identifiers.requireLegal("task", program.taskIdPrefix() + i);
            TaskInputs work = new TaskInputs(
                    taskId,
                    groups.get(i),
                    taskId + ".manifest",
                    storesParts || pieces.needCounts(groups.get(i))
                            ? Optional.of(taskId + ".counts")
                            : Optional.empty(),
                    containers.output());
            tasks.add(bounded(new PlannedTask(work, program.command(work))));
        }
        return tasks;
    }

    /** What a task cannot have is refused before anything is uploaded for it. */
    private static PlannedTask bounded(PlannedTask task) {
        int files = task.command().files().size()
                + task.inputs().stream().mapToInt(input -> input.files().size()).sum();
        SpecLimits.requireResourceFiles("task " + task.id(), files);
        return task;
    }

    private static PlannedTotal total(
            RunRequest request, TotalProgram program, List<PlannedTask> tasks, Containers containers) {
        int inputs = tasks.stream().mapToInt(task -> task.inputs().size()).sum();
        if (program.combinesResults() && inputs > MAX_PARTS_OF_TOTAL) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "",
                    "the results of at most " + MAX_PARTS_OF_TOTAL + " inputs can be combined, not of " + inputs);
        }
        if (!program.combinesResults() && tasks.size() > MAX_PARTS_OF_TOTAL) {
            throw new BatchException(
                    ErrorCode.INVALID,
                    "",
                    "a total can have at most " + MAX_PARTS_OF_TOTAL + " tasks, not " + tasks.size()
                            + "; give each task more files");
        }
        String taskId = Identifiers.requireLegal("task", request.program().taskIdPrefix() + "Total");
        List<String> parts = IntStream.range(0, program.combinesResults() ? 0 : tasks.size())
                .mapToObj(i -> "counts-" + i)
                .toList();
        String outputObject = program.outputObject();
        TotalInputs work = new TotalInputs(taskId, parts, outputObject, taskId + ".manifest", containers.output());
        return new PlannedTotal(work, program.command(work), program.outputFileName());
    }

    private static PoolSpec pool(RunId id, RunRequest request) {
        PoolRequest wish = request.pool();
        return new PoolSpec(
                wish.id().orElseGet(id::pool),
                wish.vmSize(),
                wish.image(),
                wish.dedicatedNodes(),
                wish.spotNodes(),
                wish.slotsPerNode(),
                request.program().startTask(),
                new IdlePolicy.Keep(),
                tags(id, request),
                request.program().container().map(TaskContainer::image).stream().toList());
    }

    private static Map<String, String> tags(RunId id, RunRequest request) {
        return new RunTags(id, request.owner(), Optional.empty()).toMetadata();
    }

    private static JobSpec job(RunId id, RunRequest request, PoolSpec pool) {
        JobSpec job = JobSpec.of(request.jobId().orElseGet(id::job), pool.id())
                .withMaxTaskRetries(request.limits().maxRetries())
                // Should this client die, the provider ends the job on its own.
                .withMaxWallClockTime(request.limits().timeLimit().plus(RunTimes.MARGIN))
                .withMetadata(tags(id, request));
        return preparation(request.program())
                .map(task -> job.withNodeTasks(task, Optional.empty()))
                .orElse(job);
    }

    /** Brings the program to a node; what it brings is named when the plan is carried out. */
    private static Optional<JobNodeTask> preparation(TaskProgram program) {
        List<String> names = program.applicationNames();
        SpecLimits.requireResourceFiles("the program", names.size());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        List<String> command = new ArrayList<>(List.of("/bin/chmod"));
        if (names.stream().anyMatch(name -> name.indexOf('/') >= 0)) {
            command.add("-R");
        }
        command.add("a+rx");
        names.stream().map(name -> "./" + name.split("/", 2)[0]).distinct().forEach(command::add);
        String files = CommandLine.of(command);
        return Optional.of(program.preparationScript()
                .map(script -> new JobNodeTask(
                        CommandLine.shell(files + " && exec /bin/sh ./" + script), List.of(), Map.of(), true))
                .orElseGet(() -> new JobNodeTask(files, List.of(), Map.of(), false)));
    }
}
