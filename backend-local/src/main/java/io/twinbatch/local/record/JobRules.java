package io.twinbatch.local.record;

import java.util.Optional;

/**
 * What was asked for of a job beyond what the neutral API can say.
 *
 * @param maxParallelTasks how many of its tasks run at once; below zero for any number
 * @param endsWithItsTasks whether it is terminated when all its tasks have ended
 * @param actsOnTaskFailure whether the endings of its tasks decide about it
 * @param preparation about its preparation task
 * @param release about its release task
 * @param manager the task that manages it
 * @param autoPool about the pool that was made for it; empty when none was
 * @param schedule the schedule that has made it
 * @param document what a client of the emulator wrote, completed, of properties that the engine does not model;
 *     empty for a job of the API
 */
public record JobRules(
        int maxParallelTasks,
        boolean endsWithItsTasks,
        boolean actsOnTaskFailure,
        NodeTaskRules preparation,
        NodeTaskRules release,
        Optional<Manager> manager,
        Optional<AutoPool> autoPool,
        Optional<String> schedule,
        Optional<String> document) {
    /** What a job of the API asks for. */
    public static final JobRules DEFAULT = new JobRules(
            -1,
            false,
            false,
            NodeTaskRules.PREPARATION,
            NodeTaskRules.RELEASE,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /**
     * The task that manages a job.
     *
     * @param taskId its id
     * @param endsJob whether the job is terminated when it has ended
     */
    public record Manager(String taskId, boolean endsJob) {}

    /** Whether a further task may run beside so many. */
    public boolean allowsBeside(int running) {
        return maxParallelTasks < 0 || running < maxParallelTasks;
    }
}
