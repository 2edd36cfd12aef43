package io.twinbatch.local.record;

/**
 * That a pool was made for a job, and how long it lives.
 *
 * @param ofSchedule whether it serves all jobs of the job's schedule; one job otherwise
 * @param stays whether it outlives them
 */
public record AutoPool(boolean ofSchedule, boolean stays) {}
