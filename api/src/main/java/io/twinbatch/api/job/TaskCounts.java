package io.twinbatch.api.job;

/**
 * How many tasks of a job are where.
 *
 * @param queued waiting for a node or for other tasks
 * @param running preparing, running or uploading
 * @param succeeded ended well
 * @param failed ended badly
 */
public record TaskCounts(int queued, int running, int succeeded, int failed) {
    /** How many tasks have ended. */
    public int completed() {
        return succeeded + failed;
    }

    /** How many tasks the job has. */
    public int total() {
        return queued + running + completed();
    }
}
