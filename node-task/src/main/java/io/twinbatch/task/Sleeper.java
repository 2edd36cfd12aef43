package io.twinbatch.task;

/** Waits; a test's waits for nothing. */
interface Sleeper {
    void sleep(long millis) throws InterruptedException;

    /** The real one. */
    final class Real implements Sleeper {
        @Override
        public void sleep(long millis) throws InterruptedException {
            Thread.sleep(millis);
        }
    }
}
