package io.twinbatch.task.upload;

/** Waits; a test's waits for nothing. */
public interface RetrySleeper {
    void sleep(long millis) throws InterruptedException;

    /** The real one. */
    final class Real implements RetrySleeper {
        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }
}
