package io.twinbatch.it.chaos;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** When an engine is killed. */
interface KillPlan {
    /** How many of a hundred kills may come while the engine starts. */
    int EARLY_PERCENT = 15;

    /** Whether there is to be one more kill after so many. */
    boolean continues(int kills);

    /** Returns at the moment at which a life is to end, or when it has completed its job. */
    void awaitMoment(Life life, int kills, int done);

    /**
     * So many kills, spread over a job: most after a random number of tasks, some right after the engine has opened, and
     * some while it starts.
     */
    static KillPlan spread(Random random, int wanted, ChaosJob job) {
        int most = job.size() - ChaosJob.GATED;
        return new KillPlan() {
            private static final int START_MILLIS = 600;
            private static final int OPEN_MILLIS = 60;

            @Override
            public boolean continues(int kills) {
                return kills < wanted;
            }

            @Override
            public void awaitMoment(Life life, int kills, int done) {
                int kind = random.nextInt(100);
                if (kind < EARLY_PERCENT) {
                    pause(random.nextInt(START_MILLIS));
                } else if (kind < 2 * EARLY_PERCENT) {
                    life.awaitOpen();
                    pause(random.nextInt(OPEN_MILLIS));
                } else {
                    int pace = 2 * Math.max(0, most - done) / (wanted - kills);
                    life.awaitOpen();
                    life.awaitDone(random.nextInt(pace + 1), most);
                }
            }
        };
    }

    /** One kill after the other, each a random time after the engine has opened or, now and then, before, until the time is up. */
    static KillPlan until(Random random, long endNanos, Duration longest) {
        return new KillPlan() {
            @Override
            public boolean continues(int kills) {
                return System.nanoTime() < endNanos;
            }

            @Override
            public void awaitMoment(Life life, int kills, int done) {
                if (random.nextInt(100) >= EARLY_PERCENT) {
                    life.awaitOpen();
                }
                pause(random.nextLong(longest.toMillis()));
            }
        };
    }

    private static void pause(long millis) {
        LockSupport.parkNanos(Duration.ofMillis(millis).toNanos());
    }
}
