package io.twinbatch.it.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What has happened so far. */
final class Tally {
    private final long started = System.nanoTime();
    private final List<Duration> openings = new ArrayList<>();
    private int kills;
    private int killsWhileOpening;
    private int jobs;
    private int tasks;
    private int tries;
    private int requeues;

    void killed(Life life) {
        kills++;
        life.opening().ifPresentOrElse(openings::add, () -> killsWhileOpening++);
    }

    void finished(ChaosJob job, int allTries) {
        jobs++;
        tasks += job.size();
        tries += allTries;
    }

    void requeued(int times) {
        requeues += times;
    }

    int kills() {
        return kills;
    }

    @Override
    public String toString() {
        List<Duration> sorted = openings.stream().sorted().toList();
        String opening = sorted.isEmpty()
                ? "never"
                : sorted.get(sorted.size() / 2).toMillis() + " ms in the middle, "
                        + sorted.get(sorted.size() - 1).toMillis() + " ms at most";
        return String.format(
                Locale.ROOT,
                "%.0f s: %d kills, %d of them before the engine was open; %d jobs with %d tasks done, each once; %d"
                        + " tries, %d times queued again; process start to open engine: %s",
                (System.nanoTime() - started) / 1e9,
                kills,
                killsWhileOpening,
                jobs,
                tasks,
                tries,
                requeues,
                opening);
    }
}
