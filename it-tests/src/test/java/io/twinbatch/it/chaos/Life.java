package io.twinbatch.it.chaos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One life of the process with the engine: from its start to its end, or until it is killed. */
final class Life {
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static final int SHOWN_LINES = 40;

    private final Process process;
    private final Path errors;
    private final long started = System.nanoTime();
    private final Thread reader;
    private final Listener listener;

    /** Hears of what the engine acknowledges. What it throws fails the life. */
    interface Listener {
        /** The engine has gone on from what was on disk. */
        void opened();

        /** A task is done. */
        void done(String task);

        /** All tasks have been told that were done before this life. */
        void known(Set<String> done);
    }

    // Guarded by this.
    private final Set<String> doneAtOnce = new HashSet<>();
    private final List<String> problems = new ArrayList<>();
    private Duration opening;
    private int doneHere;
    private boolean known;
    private boolean complete;
    private boolean over;

    private Life(Process process, Path errors, Listener listener) {
        this.process = process;
        this.errors = errors;
        this.listener = listener;
        reader = new Thread(this::read, "life");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Begins a life.
     *
     * @param listener hears of what it tells, at once
     */
    static Life begin(ChaosJob job, Path state, String containerUrl, Path errors, Listener listener) {
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:-UsePerfData",
                        "-Xshare:auto",
                        "-Djdk.lang.Process.launchMechanism=VFORK",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        state.toString(),
                        job.folder().toString(),
                        Integer.toString(job.number()),
                        Integer.toString(job.size()))
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().put(Victim.CONTAINER, containerUrl);
        try {
            return new Life(builder.start(), errors, listener);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                take(line);
            }
        } catch (IOException e) {
            // The stream of one that is killed may break off.
        } finally {
            synchronized (this) {
                over = true;
                notifyAll();
            }
        }
    }

    private void take(String line) {
        if (!line.endsWith(".")) {
            // The kill has cut it off.
            return;
        }
        String text = line.substring(0, line.length() - 1);
        String word = text.contains(" ") ? text.substring(0, text.indexOf(' ')) : text;
        String task = text.substring(word.length()).strip();
        try {
            switch (word) {
                case "open" -> listener.opened();
                case "done" -> listener.done(task);
                case "known" -> listener.known(Set.copyOf(doneAtOnce));
                default -> {
                    // There is nobody to hear of it.
                }
            }
            note(word, task);
        } catch (AssertionError | RuntimeException e) {
            problem(e.toString());
        }
    }

    private synchronized void note(String word, String task) {
        switch (word) {
            case "open" -> opening = Duration.ofNanos(System.nanoTime() - started);
            case "known" -> known = true;
            case "complete" -> complete = true;
            case "done" -> {
                if (known) {
                    doneHere++;
                } else {
                    doneAtOnce.add(task);
                }
            }
            default -> problems.add(word + " " + task);
        }
        notifyAll();
    }

    private synchronized void problem(String what) {
        problems.add(what);
        notifyAll();
    }

    long pid() {
        return process.pid();
    }

    /** How long the engine took to open, with the start of its process; empty when it has not. */
    synchronized Optional<Duration> opening() {
        return Optional.ofNullable(opening);
    }

    /** What should not have been said. */
    synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    void awaitOpen() {
        await(() -> opening != null);
    }

    /** Waits until so many tasks have ended in this life, or the most that can end have done so in all lives. */
    void awaitDone(int tasks, int most) {
        await(() -> doneHere >= tasks || doneHere + doneAtOnce.size() >= most);
    }

    void awaitComplete() {
        await(() -> complete);
    }

    synchronized boolean isComplete() {
        return complete;
    }

    private synchronized void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            long left = end - System.nanoTime();
            if (over || left <= 0 || !problems.isEmpty()) {
                throw new AssertionError(
                        (over ? "the engine's process ended by itself " + exitCode() : "the engine does not get on")
                                + ", problems: " + problems + ", standard error of all lives:\n" + lastErrors());
            }
            try {
                TimeUnit.NANOSECONDS.timedWait(this, left);
            } catch (InterruptedException e) {
                throw new AssertionError("interrupted", e);
            }
        }
    }

    private String exitCode() {
        return process.isAlive() ? "or has closed its output" : "with exit code " + process.exitValue();
    }

    private String lastErrors() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "cannot be read: " + e;
        }
    }

    /** Kills the process as a crash does, and nothing but it. */
    void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Has it close its engine and end. */
    void end() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        awaitEnd();
        if (process.exitValue() != 0) {
            throw new AssertionError("the engine's process ended with exit code " + process.exitValue());
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the engine's process does not end");
            }
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
