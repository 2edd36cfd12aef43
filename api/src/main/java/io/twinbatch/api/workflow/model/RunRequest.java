package io.twinbatch.api.workflow.model;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a user wants to have run.
 *
 * @param inputs the inputs, in order
 * @param program what is run on them
 * @param outputFolder where the results go; made when it is missing
 * @param force whether results that exist are overwritten
 * @param skipExisting whether inputs are left out whose results are in the output folder already, made from the same
 *     content by the same program; see {@link TaskProgram#fingerprint()}
 * @param wantTotal whether one result over all inputs is made too
 * @param keepTree whether a result lies in the folders that the path of its input has
 * @param grouping how many inputs a task gets
 * @param splitSize how many bytes a piece has at most of an input that is larger and is therefore processed in pieces; empty
 *     when none is
 * @param pool the pool to be used and its nodes
 * @param jobId the job's identifier; empty for one made from the run's
 * @param limits how long and how often things are tried
 * @param keepJob whether the job stays afterwards, without asking
 * @param keepPool whether the pool stays afterwards, without asking
 * @param keepLogs which tasks leave what they wrote to their standard output and error in the output folder too
 * @param owner who wants it; empty when that is not known
 * @param notes what the caller wants to find again when the run is resumed, such as the options of its program; no
 *     secrets
 */
public record RunRequest(
        List<InputFile> inputs,
        TaskProgram program,
        Path outputFolder,
        boolean force,
        boolean skipExisting,
        boolean wantTotal,
        boolean keepTree,
        InputGrouping grouping,
        Optional<Long> splitSize,
        PoolRequest pool,
        Optional<JobId> jobId,
        Limits limits,
        boolean keepJob,
        boolean keepPool,
        KeptLogs keepLogs,
        Optional<RunOwner> owner,
        Map<String, String> notes) {
    /** How long a run is watched when nothing else is asked for. */
    public static final Duration DEFAULT_TIME_LIMIT = Duration.ofMinutes(20);

    public RunRequest {
        inputs = List.copyOf(inputs);
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(outputFolder, "outputFolder");
        Objects.requireNonNull(grouping, "grouping");
        Objects.requireNonNull(splitSize, "splitSize");
        Objects.requireNonNull(pool, "pool");
        Objects.requireNonNull(jobId, "jobId");
        Objects.requireNonNull(limits, "limits");
        Objects.requireNonNull(keepLogs, "keepLogs");
        Objects.requireNonNull(owner, "owner");
        notes = Map.copyOf(notes);
    }

    /** Begins a request; what is not set stays at its default. */
    public static Builder builder(List<InputFile> inputs, TaskProgram program, Path outputFolder) {
        return new Builder(inputs, program, outputFolder);
    }

    /**
     * The pool that the run is to use.
     *
     * @param id its identifier: a pool of that id that exists is used as it is and never deleted; empty for a new pool named
     *     after the run
     * @param vmSize the provider's name for the size of a node
     * @param image the operating system of the nodes
     * @param dedicatedNodes how many nodes that are not taken away a new pool gets; 0 or more
     * @param spotNodes how many cheaper ones that may be taken away; 0 or more, and at least 1 node together
     * @param slotsPerNode how many one-slot tasks a node runs at once; 1 to 256
     * @param slotsPerTask how many slots a task takes; at least 1, at most {@code slotsPerNode}
     */
    public record PoolRequest(
            Optional<PoolId> id,
            String vmSize,
            VmImage image,
            int dedicatedNodes,
            int spotNodes,
            int slotsPerNode,
            int slotsPerTask) {
        /** One node of the default size, two slots. */
        public static final PoolRequest DEFAULT =
                new PoolRequest(Optional.empty(), PoolSpec.DEFAULT_VM_SIZE, VmImage.UBUNTU_LTS, 1, 0, 2, 1);

        /** Throws {@link BatchException} with {@link ErrorCode#INVALID} when a number is out of its range. */
        public PoolRequest {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(vmSize, "vmSize");
            Objects.requireNonNull(image, "image");
            require(dedicatedNodes >= 0 && spotNodes >= 0, "a number of nodes is 0 or more");
            require(dedicatedNodes + spotNodes >= 1, "a run needs at least 1 node, not 0");
            require(
                    slotsPerNode >= 1 && slotsPerNode <= PoolSpec.MAX_SLOTS_PER_NODE,
                    "a node has 1 to " + PoolSpec.MAX_SLOTS_PER_NODE + " task slots, not " + slotsPerNode);
            require(slotsPerTask >= 1, "a task takes at least 1 slot, not " + slotsPerTask);
            require(
                    slotsPerTask <= slotsPerNode,
                    "a task that takes " + slotsPerTask + " slots never fits on a node with " + slotsPerNode
                            + "; ask for more slots per node");
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new BatchException(ErrorCode.INVALID, "", message);
            }
        }

        /** How many nodes a new pool gets. */
        public int nodes() {
            return dedicatedNodes + spotNodes;
        }

        /** How many tasks run at once when all nodes are ready. */
        public int parallelTasks() {
            return nodes() * (slotsPerNode / slotsPerTask);
        }
    }

    /**
     * How long and how often things are tried.
     *
     * @param timeLimit how long the run is watched, from the submission of its tasks, before it is ended
     * @param taskTimeLimit how long one try of a task may take; empty for no limit of its own
     * @param maxRetries how often a task is tried again after a non-zero exit code; 0 or more
     */
    public record Limits(Duration timeLimit, Optional<Duration> taskTimeLimit, int maxRetries) {
        private static final Duration MAX_DURATION = Duration.ofDays(6);

        /** {@link RunRequest#DEFAULT_TIME_LIMIT}, no limit per task, no retries. */
        public static final Limits DEFAULT = new Limits(DEFAULT_TIME_LIMIT, Optional.empty(), 0);

        /**
         * Throws {@link BatchException} with {@link ErrorCode#INVALID} when a value is out of its range. Six days is
         * the longest limit, since no store signs URLs for more than a week.
         */
        public Limits {
            Objects.requireNonNull(taskTimeLimit, "taskTimeLimit");
            require(isPositive(timeLimit), "a time limit is more than zero, not " + timeLimit);
            require(timeLimit.compareTo(MAX_DURATION) <= 0, "a time limit is at most 6 days, not " + timeLimit);
            require(taskTimeLimit.map(Limits::isPositive).orElse(true), "a time limit per task is more than zero");
            require(maxRetries >= 0, "a number of retries is 0 or more, not " + maxRetries);
        }

        private static boolean isPositive(Duration time) {
            return !time.isNegative() && !time.isZero();
        }

        private static void require(boolean condition, String message) {
            if (!condition) {
                throw new BatchException(ErrorCode.INVALID, "", message);
            }
        }
    }

    /** Collects the parts of a {@link RunRequest}. */
    public static final class Builder {
        private final List<InputFile> inputs;
        private final TaskProgram program;
        private final Path outputFolder;
        private boolean force;
        private boolean skipExisting;
        private boolean wantTotal;
        private boolean keepTree;
        private InputGrouping grouping = InputGrouping.ONE_PER_TASK;
        private Optional<Long> splitSize = Optional.empty();
        private PoolRequest pool = PoolRequest.DEFAULT;
        private Optional<JobId> jobId = Optional.empty();
        private Limits limits = Limits.DEFAULT;
        private boolean keepJob;
        private boolean keepPool;
        private KeptLogs keepLogs = KeptLogs.FAILED;
        private Optional<RunOwner> owner = Optional.empty();
        private Map<String, String> notes = Map.of();

        private Builder(List<InputFile> inputs, TaskProgram program, Path outputFolder) {
            this.inputs = inputs;
            this.program = program;
            this.outputFolder = outputFolder;
        }

        /** Whether results that exist are overwritten; not by default. */
        public Builder force(boolean value) {
            force = value;
            return this;
        }

        /** Whether inputs whose results are there already are left out; not by default. */
        public Builder skipExisting(boolean value) {
            skipExisting = value;
            return this;
        }

        /** Whether one result over all inputs is made too; not by default. */
        public Builder wantTotal(boolean value) {
            wantTotal = value;
            return this;
        }

        /** Whether results lie in folders as their inputs do; not by default. */
        public Builder keepTree(boolean value) {
            keepTree = value;
            return this;
        }

        /** How many inputs a task gets; one by default. */
        public Builder grouping(InputGrouping value) {
            grouping = value;
            return this;
        }

        /** The size from which on inputs are processed in pieces, which are no larger; by default none is. */
        public Builder splitSize(long bytes) {
            splitSize = Optional.of(bytes);
            return this;
        }

        /** The pool to be used and its nodes; {@link PoolRequest#DEFAULT} by default. */
        public Builder pool(PoolRequest value) {
            pool = value;
            return this;
        }

        /** The job's identifier; one made from the run's by default. */
        public Builder jobId(JobId value) {
            jobId = Optional.of(value);
            return this;
        }

        /** How long and how often things are tried; {@link Limits#DEFAULT} by default. */
        public Builder limits(Limits value) {
            limits = value;
            return this;
        }

        /** Whether the job stays afterwards, without asking; not by default. */
        public Builder keepJob(boolean value) {
            keepJob = value;
            return this;
        }

        /** Whether the pool stays afterwards, without asking; not by default. */
        public Builder keepPool(boolean value) {
            keepPool = value;
            return this;
        }

        /** Which tasks leave their logs beside the results; those that did not succeed by default. */
        public Builder keepLogs(KeptLogs value) {
            keepLogs = value;
            return this;
        }

        /** Who wants it; not known by default. */
        public Builder owner(RunOwner value) {
            owner = Optional.of(value);
            return this;
        }

        /** What the caller wants to find again when the run is resumed; nothing by default. */
        public Builder notes(Map<String, String> value) {
            notes = value;
            return this;
        }

        /** The request. */
        public RunRequest build() {
            return new RunRequest(
                    inputs,
                    program,
                    outputFolder,
                    force,
                    skipExisting,
                    wantTotal,
                    keepTree,
                    grouping,
                    splitSize,
                    pool,
                    jobId,
                    limits,
                    keepJob,
                    keepPool,
                    keepLogs,
                    owner,
                    notes);
        }
    }
}
