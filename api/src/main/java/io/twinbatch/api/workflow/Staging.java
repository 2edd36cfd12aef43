package io.twinbatch.api.workflow;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.RunEvent.ContainersCreated;
import io.twinbatch.api.workflow.RunEvent.Uploading;
import io.twinbatch.api.workflow.RunPlan.PlannedTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** Creates the containers, and brings the files to them that the nodes are going to fetch. */
final class Staging {
    private final ObjectStore store;
    private final Transfers transfers;
    private final Clock clock;

    Staging(ObjectStore store, Transfers transfers, Clock clock) {
        this.store = store;
        this.transfers = transfers;
        this.clock = clock;
    }

    /** The name of the object that holds a small file of a task, in the input container. */
    static String commandFileObject(String taskId, String path) {
        return taskId + "/" + path;
    }

    /** Creates the containers; notes each one as owned before it asks for it, for the answer may be lost. */
    void createContainers(RunPlan plan, Owned owned, Events events) {
        Instant lease = clock.instant().plus(RunTimes.lifetime(plan)).plus(RunTimes.STAGING);
        Map<String, String> metadata = RunMarks.unleased(plan).until(lease).toMetadata();
        for (ContainerName container : plan.containers().all()) {
            owned.addContainer(container);
            if (!store.createContainer(container, metadata) && !isOfRun(container, plan.id())) {
                owned.removeContainer(container);
                throw new BatchException(
                        ErrorCode.ALREADY_EXISTS, "container " + container, "another run has a container of that name");
            }
        }
        events.tell(new ContainersCreated(plan.containers()));
    }

    /** A container that is there already is this run's when only the answer to its creation was lost. */
    private boolean isOfRun(ContainerName container, RunId run) {
        try (Stream<ContainerInfo> found = store.listContainers(container.value())) {
            return found.anyMatch(info -> info.name().equals(container) && run.owns(info.metadata()));
        }
    }

    /** Uploads application files, inputs and the small files of the tasks. */
    void upload(RunPlan plan, Events events) throws InterruptedException {
        List<Upload> uploads = uploads(plan);
        long bytes = uploads.stream().mapToLong(Upload::size).sum();
        TransferProgress progress = new TransferProgress(events, Uploading::new, uploads.size(), bytes);
        List<Callable<Void>> calls = new ArrayList<>(uploads.size());
        for (Upload upload : uploads) {
            calls.add(() -> {
                upload.send(store, progress);
                progress.fileDone();
                return null;
            });
        }
        transfers.all(calls);
    }

    private static List<Upload> uploads(RunPlan plan) {
        List<Upload> uploads = new ArrayList<>();
        plan.request()
                .program()
                .applicationFiles()
                .forEach((name, path) -> uploads.add(
                        new FileUpload(new ObjectKey(plan.containers().application(), name), path, sizeOf(path))));
        ContainerName container = plan.containers().input();
        for (PlannedTask task : plan.tasks()) {
            for (PlannedInput input : task.inputs()) {
                uploads.add(new FileUpload(
                        new ObjectKey(container, input.inputObject()),
                        input.file().path(),
                        input.file().size()));
            }
            uploads.addAll(commandFiles(container, task.id(), task.command()));
        }
        plan.total().ifPresent(total -> uploads.addAll(commandFiles(container, total.id(), total.command())));
        return uploads;
    }

    private static List<Upload> commandFiles(ContainerName container, String taskId, TaskCommand command) {
        List<Upload> uploads = new ArrayList<>();
        command.files()
                .forEach((path, text) ->
                        uploads.add(new TextUpload(new ObjectKey(container, commandFileObject(taskId, path)), text)));
        return uploads;
    }

    private static long sizeOf(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "application file " + path, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /** One object to be stored. */
    private sealed interface Upload {
        long size();

        void send(ObjectStore store, TransferProgress progress);
    }

    private record FileUpload(ObjectKey key, Path source, long size) implements Upload {
        @Override
        public void send(ObjectStore store, TransferProgress progress) {
            store.put(key, source, Map.of(), progress);
        }
    }

    private record TextUpload(ObjectKey key, String text) implements Upload {
        @Override
        public long size() {
            return text.getBytes(StandardCharsets.UTF_8).length;
        }

        @Override
        public void send(ObjectStore store, TransferProgress progress) {
            try {
                Path file = Files.createTempFile("twinbatch-list-", ".txt");
                try {
                    Files.writeString(file, text);
                    store.put(key, file, Map.of(), progress);
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write a temporary file", e);
            }
        }
    }
}
