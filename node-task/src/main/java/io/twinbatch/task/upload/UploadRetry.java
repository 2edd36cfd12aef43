package io.twinbatch.task.upload;

/**
 * How often an upload is tried, and how long the pauses are.
 *
 * @param tries how often at most, the first time included
 * @param firstPauseMillis the longest that the first pause may be; each further one may be twice as long
 * @param longestPauseMillis but no longer than this
 * @param longestAskedMillis the longest pause that a service may ask for
 */
public record UploadRetry(int tries, long firstPauseMillis, long longestPauseMillis, long longestAskedMillis) {
    public static final UploadRetry USUAL = new UploadRetry(5, 1_000, 16_000, 60_000);

    /** Whether another try may help: the service is overloaded, failed, or gave up waiting. */
    static boolean isWorthAnotherTry(int status) {
        return status >= 500 || status == 408 || status == 429;
    }

    /**
     * The pause after a try that failed.
     *
     * @param tried how many tries there were, 1 or more
     * @param askedMillis how long the service asked to wait; 0 when it did not ask
     * @param luck from 0 to below 1: many tasks that fail together shall not come back together
     */
    long pauseMillis(int tried, long askedMillis, double luck) {
        long longest = Math.min(longestPauseMillis, firstPauseMillis << Math.min(tried - 1, 30));
        long own = longest / 2 + (long) (luck * (longest - longest / 2));
        return Math.max(own, Math.min(askedMillis, longestAskedMillis));
    }
}
