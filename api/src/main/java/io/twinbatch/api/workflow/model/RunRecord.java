package io.twinbatch.api.workflow.model;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.RunRequest.Limits;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is needed to resume a run after its client has ended: it lies beside the run's program in the object store
 * from the moment when all inputs are there, so that any machine with the same credentials can take over. It holds no
 * secrets.
 *
 * @param id the run
 * @param job the job that has its tasks, or is to have them
 * @param asked what was asked for, as far as it matters after the inputs have been uploaded
 * @param tasks the tasks of the first phase, in order
 * @param total the task of the second phase; empty when no total is wanted
 * @param contents the SHA-256 of each input's content, by the name of its result object; empty when results are not to
 *     be recognised by later runs
 * @param names the names of all inputs, also of those that needed no task, for a program that names its results;
 *     empty for others
 * @param replaceable the results in the output folder that the run may replace although it does not overwrite others, by
 *     their names there
 */
public record RunRecord(
        RunId id,
        JobId job,
        Asked asked,
        List<PlannedTask> tasks,
        Optional<PlannedTotal> total,
        Map<String, String> contents,
        List<ResultLayout.Names> names,
        Set<String> replaceable) {
    public RunRecord {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(job, "job");
        Objects.requireNonNull(asked, "asked");
        tasks = List.copyOf(tasks);
        Objects.requireNonNull(total, "total");
        contents = Map.copyOf(contents);
        names = List.copyOf(names);
        replaceable = Set.copyOf(replaceable);
    }

    /**
     * What was asked for.
     *
     * @param outputFolder where the results were to go: a folder of the machine on which the run began
     * @param force whether results that exist are overwritten
     * @param pool the pool to be used and its nodes
     * @param jobId the job's identifier; empty for one made from the run's
     * @param limits how long and how often things are tried
     * @param keepJob whether the job stays afterwards, without asking
     * @param keepPool whether the pool stays afterwards, without asking
     * @param keepLogs which tasks leave their logs beside the results
     * @param owner who wants it; empty when that is not known
     * @param notes what the caller wanted to find again
     */
    public record Asked(
            String outputFolder,
            boolean force,
            PoolRequest pool,
            Optional<JobId> jobId,
            Limits limits,
            boolean keepJob,
            boolean keepPool,
            KeptLogs keepLogs,
            Optional<RunOwner> owner,
            Map<String, String> notes) {
        public Asked {
            Objects.requireNonNull(outputFolder, "outputFolder");
            Objects.requireNonNull(pool, "pool");
            Objects.requireNonNull(jobId, "jobId");
            Objects.requireNonNull(limits, "limits");
            Objects.requireNonNull(keepLogs, "keepLogs");
            Objects.requireNonNull(owner, "owner");
            notes = Map.copyOf(notes);
        }

        static Asked of(RunRequest request) {
            return new Asked(
                    request.outputFolder().toAbsolutePath().toString(),
                    request.force(),
                    request.pool(),
                    request.jobId(),
                    request.limits(),
                    request.keepJob(),
                    request.keepPool(),
                    request.keepLogs(),
                    request.owner(),
                    request.notes());
        }
    }

    /** The record of a plan whose inputs have been uploaded. */
    public static RunRecord of(RunPlan plan, Map<String, String> contents) {
        return new RunRecord(
                plan.id(),
                plan.job().id(),
                Asked.of(plan.request()),
                plan.tasks(),
                plan.total(),
                contents,
                plan.layout().names(),
                plan.replaceable().stream()
                        .map(path ->
                                plan.request().outputFolder().relativize(path).toString())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    /** The same run with inputs of which some were uploaded anew. */
    public RunRecord withContents(Map<String, String> uploaded) {
        Map<String, String> all = new HashMap<>(contents);
        all.putAll(uploaded);
        return new RunRecord(id, job, asked, tasks, total, all, names, replaceable);
    }

    /** The same run with another job. */
    public RunRecord withJob(JobId other) {
        return new RunRecord(id, other, asked, tasks, total, contents, names, replaceable);
    }

    /** The results that the run may replace; none when it continues into another output folder than it began with. */
    public Set<Path> replaceableIn(Path outputFolder) {
        return outputFolder.toAbsolutePath().toString().equals(asked.outputFolder())
                ? replaceable.stream().map(outputFolder::resolve).collect(Collectors.toUnmodifiableSet())
                : Set.of();
    }

    /** The inputs of its tasks, in the order of the tasks, each whole. */
    public List<PlannedInput> inputs() {
        return tasks.stream()
                .flatMap(task -> task.inputs().stream())
                .map(PlannedInput::whole)
                .distinct()
                .toList();
    }

    /**
     * The request that the run began with, but for the inputs that needed no task.
     *
     * @param program the program that the run began with, or a version of it that stores its outputs in the same way
     * @param outputFolder the folder for the results
     */
    public RunRequest request(TaskProgram program, Path outputFolder) {
        RunRequest.Builder request = RunRequest.builder(
                        inputs().stream().map(PlannedInput::file).toList(), program, outputFolder)
                .force(asked.force())
                .wantTotal(total.isPresent())
                .pool(asked.pool())
                .limits(asked.limits())
                .keepJob(asked.keepJob())
                .keepPool(asked.keepPool())
                .keepLogs(asked.keepLogs())
                .notes(asked.notes());
        asked.jobId().ifPresent(request::jobId);
        asked.owner().ifPresent(request::owner);
        return request.build();
    }
}
