package io.twinbatch.api.workflow.model;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.storage.ContainerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that a run is going to create and execute, before anything is touched. It holds no secrets: signed URLs
 * are made when the plan is carried out.
 *
 * @param id the run's identifier
 * @param request what was asked for
 * @param containers the containers
 * @param pool the pool, should it not exist yet
 * @param job the job; its preparation task still without the program's files
 * @param inputs all inputs, in order, those that need no task among them
 * @param layout where results lie that the program has named itself
 * @param upToDate the inputs that need no task, by the names of their result objects, and where their results are
 * @param stale why results that exist do not count, by their names in the output folder; asked with {@code skipExisting}
 * @param replaceable results that exist and are up to date, and are made again for a result of all inputs: what is made now
 *     takes their place
 * @param tasks the tasks of the first phase, in order
 * @param total the task of the second phase; empty when no total is wanted
 */
public record RunPlan(
        RunId id,
        RunRequest request,
        Containers containers,
        PoolSpec pool,
        JobSpec job,
        List<PlannedInput> inputs,
        ResultLayout layout,
        Map<String, Outcome.UpToDate> upToDate,
        Map<String, Stale> stale,
        Set<Path> replaceable,
        List<PlannedTask> tasks,
        Optional<PlannedTotal> total) {
    public RunPlan {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(containers, "containers");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(job, "job");
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(layout, "layout");
        upToDate = Map.copyOf(upToDate);
        stale = Map.copyOf(stale);
        replaceable = Set.copyOf(replaceable);
        tasks = List.copyOf(tasks);
        Objects.requireNonNull(total, "total");
    }

    /** The total when it is wanted and need not be made. */
    public Optional<Outcome> upToDateTotal() {
        return request.program()
                .total()
                .filter(total -> request.wantTotal())
                .map(total -> upToDate.get(total.outputObject()));
    }

    /** The ids of its tasks, in order, that of the total last. */
    public List<String> taskIds() {
        return Stream.concat(tasks.stream().map(PlannedTask::id), total.stream().map(PlannedTotal::id))
                .toList();
    }

    /** The same plan with its tasks in another job. */
    public RunPlan withJob(JobId other) {
        return new RunPlan(
                id,
                request,
                containers,
                pool,
                job.withId(other),
                inputs,
                layout,
                upToDate,
                stale,
                replaceable,
                tasks,
                total);
    }

    /**
     * The containers of a run.
     *
     * @param application for the files that every node gets
     * @param input for the inputs
     * @param output for the results
     */
    public record Containers(ContainerName application, ContainerName input, ContainerName output) {
        public Containers {
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(input, "input");
            Objects.requireNonNull(output, "output");
        }

        /** What the names of the containers for application files begin with. */
        public static final String APPLICATION = "application";

        /** The containers of a run. */
        public static Containers of(RunId run) {
            return new Containers(run.container(APPLICATION), run.container("input"), run.container("output"));
        }

        /** All three. */
        public List<ContainerName> all() {
            return List.of(application, input, output);
        }
    }

    /**
     * A task of the first phase.
     *
     * @param work its identifier, inputs and the names of what it leaves
     * @param command what it runs
     */
    public record PlannedTask(TaskInputs work, TaskCommand command) {
        public PlannedTask {
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(command, "command");
        }

        /** Its identifier. */
        public String id() {
            return work.taskId();
        }

        /** Its inputs, in order. */
        public List<PlannedInput> inputs() {
            return work.inputs();
        }
    }

    /**
     * The task of the second phase.
     *
     * @param work its identifier, its inputs on the node and the names of what it leaves
     * @param command what it runs
     * @param outputFileName the name of its result in the output folder
     */
    public record PlannedTotal(TotalInputs work, TaskCommand command, String outputFileName) {
        public PlannedTotal {
            Objects.requireNonNull(work, "work");
            Objects.requireNonNull(command, "command");
            Objects.requireNonNull(outputFileName, "outputFileName");
        }

        /** Its identifier. */
        public String id() {
            return work.taskId();
        }
    }
}
