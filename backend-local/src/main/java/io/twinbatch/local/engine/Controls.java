package io.twinbatch.local.engine;

/**
 * The parts that carry out orders.
 *
 * @param pools about pools
 * @param nodes about nodes
 * @param users about user accounts of nodes
 * @param jobs about jobs
 * @param submission about new tasks
 * @param tasks about single tasks
 * @param schedules about job schedules
 */
record Controls(
        PoolControl pools,
        NodeControl nodes,
        NodeUsers users,
        JobControl jobs,
        Submission submission,
        TaskCommands tasks,
        ScheduleControl schedules) {}
