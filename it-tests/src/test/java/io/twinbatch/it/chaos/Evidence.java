package io.twinbatch.it.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What the tasks of a job have left, and what of it has been acknowledged. */
final class Evidence {
    private final ChaosJob job;
    private final ObjectStore store;
    private final ContainerName container;

    /** How often each task had been begun when it was first told to be done. */
    private final Map<String, Integer> triesWhenDone = new HashMap<>();

    private final Set<String> wholeResults = new HashSet<>();
    private final Set<String> wholeObjects = new HashSet<>();

    Evidence(ChaosJob job, ObjectStore store, ContainerName container) {
        this.job = job;
        this.store = store;
        this.container = container;
        try {
            Files.createDirectories(job.tries());
            Files.createDirectories(job.results());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An engine has told that a task is done: its result has to be there by now. */
    synchronized void acknowledged(String task) {
        if (!triesWhenDone.containsKey(task)) {
            requireResult(task);
            if (ChaosJob.uploads(task)) {
                requireObject(task);
            }
            triesWhenDone.put(task, tries(task));
        }
    }

    synchronized Set<String> acknowledged() {
        return Set.copyOf(triesWhenDone.keySet());
    }

    /** How often a task has been begun. */
    private int tries(String task) {
        Path file = job.tries().resolve(task);
        return Files.exists(file) ? read(file).split("\n").length : 0;
    }

    private void requireResult(String task) {
        assertThat(read(job.results().resolve(task))).as("result of %s", task).isEqualTo(job.result(task));
        wholeResults.add(task);
    }

    private void requireObject(String task) {
        assertThat(fetch(job.objectName(task))).as("object of %s", task).isEqualTo(job.upload(task));
        wholeObjects.add(task);
    }

    /** While no engine runs: whatever is there is whole. */
    synchronized void requireWhole() {
        names(job.results()).stream()
                .filter(name -> !wholeResults.contains(name))
                .forEach(this::requireResult);
        try (Stream<ObjectInfo> objects = store.list(container, job.id() + "/")) {
            objects.map(object -> object.key().name())
                    .map(name -> name.substring(name.indexOf('/') + 1))
                    .filter(task -> !wholeObjects.contains(task))
                    .forEach(this::requireObject);
        }
    }

    /** When all is over: every result is there once, and nothing was run again that had been told to be done. */
    synchronized void requireEverythingOnce() {
        List<String> tasks = job.taskIds();
        assertThat(triesWhenDone.keySet()).containsExactlyInAnyOrderElementsOf(tasks);
        assertThat(names(job.results())).containsExactlyInAnyOrderElementsOf(tasks);
        try (Stream<ObjectInfo> objects = store.list(container, job.id() + "/")) {
            assertThat(objects.map(object -> object.key().name()))
                    .containsExactlyInAnyOrderElementsOf(tasks.stream()
                            .filter(ChaosJob::uploads)
                            .map(job::objectName)
                            .toList());
        }
        wholeResults.clear();
        wholeObjects.clear();
        requireWhole();
        for (String task : tasks) {
            assertThat(tries(task))
                    .as("how often %s was begun, against when it was told to be done", task)
                    .isEqualTo(triesWhenDone.get(task));
        }
    }

    /** How often tasks were begun altogether. */
    int allTries() {
        return job.taskIds().stream().mapToInt(this::tries).sum();
    }

    private byte[] fetch(String name) {
        try {
            Path file = Files.createTempFile(job.folder(), "fetched", "");
            store.get(new ObjectKey(container, name), file, TransferListener.NONE);
            byte[] bytes = Files.readAllBytes(file);
            Files.delete(file);
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> names(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return new HashSet<>(
                    files.map(file -> file.getFileName().toString()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("not there or not readable: " + file, e);
        }
    }
}
