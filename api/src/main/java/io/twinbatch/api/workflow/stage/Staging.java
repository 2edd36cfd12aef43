package io.twinbatch.api.workflow.stage;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.storage.ObjectInfo;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SourceFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunEvent.ContainersCreated;
import io.twinbatch.api.workflow.model.RunEvent.Uploading;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunResult.Resource;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Creates the containers, and brings the files to them that the nodes are going to fetch. */
public final class Staging {
    private final ObjectStore store;
    private final Transfers transfers;
    private final Clock clock;

    public Staging(ObjectStore store, Transfers transfers, Clock clock) {
        this.store = store;
        this.transfers = transfers;
        this.clock = clock;
    }

    /** The name of the object that holds a small file of a task, in the input container. */
    static String commandFileObject(String taskId, String path) {
        return taskId + "/" + path;
    }

    /** Creates the containers; notes each one as owned before it asks for it, for the answer may be lost. */
    public void createContainers(RunPlan plan, CreatedResources owned, RunEvents events) {
        requireContainers(plan, owned);
        events.publish(new ContainersCreated(plan.containers()));
    }

    private void requireContainers(RunPlan plan, CreatedResources owned) {
        Instant lease = clock.instant().plus(RunTimes.lifetime(plan)).plus(RunTimes.STAGING);
        Map<String, String> metadata = RunTags.unleased(plan).until(lease).toMetadata();
        for (ContainerName container : plan.containers().all()) {
            owned.addContainer(container);
            try {
                requireContainer(container, metadata, plan.id());
            } catch (BatchException e) {
                if (!e.code().isTransient()) {
                    owned.removeContainer(container);
                }
                throw e;
            }
            owned.created(Resource.CONTAINER, container.value());
        }
    }

    private void requireContainer(ContainerName container, Map<String, String> metadata, RunId run) {
        if (!store.createContainer(container, metadata) && !isOfRun(container, run)) {
            throw new BatchException(
                    ErrorCode.ALREADY_EXISTS, "container " + container, "another run has a container of that name");
        }
    }

    /** A container that is there already is this run's when only the answer to its creation was lost. */
    private boolean isOfRun(ContainerName container, RunId run) {
        try (Stream<ContainerInfo> found = store.listContainers(container.value())) {
            return found.anyMatch(info -> info.name().equals(container) && run.owns(info.metadata()));
        }
    }

    /**
     * Uploads application files, inputs and the small files of the tasks.
     *
     * @return the SHA-256 of the content of each input, by the name of its result object; empty when the program has no
     *     fingerprint, so that nobody needs them
     */
    public Map<String, String> upload(RunPlan plan, RunEvents events) throws InterruptedException {
        Map<String, String> hashes = new ConcurrentHashMap<>();
        upload(uploads(plan, hashes), events);
        Map<String, String> contents = InputContents.of(plan, hashes);
        contents.putAll(new SplitContents(transfers).of(plan, hashes));
        return contents;
    }

    /** Whether the containers, and all that was uploaded, are still there. */
    public boolean isWhole(RunPlan plan) {
        return plan.containers().all().stream().allMatch(store::containerExists)
                && missing(plan, new HashMap<>()).isEmpty();
    }

    /**
     * Brings back what the store has lost, also the containers. What this machine has no file of stays lost.
     *
     * @return the SHA-256 of the content of each input that was uploaded anew, as {@link #upload} does
     */
    public Map<String, String> restore(RunPlan plan, CreatedResources owned, RunEvents events)
            throws InterruptedException {
        requireContainers(plan, owned);
        Map<String, String> hashes = new ConcurrentHashMap<>();
        List<Upload> uploads = missing(plan, hashes).stream()
                .filter(upload -> upload.source().map(Files::isReadable).orElse(true))
                .toList();
        if (!uploads.isEmpty()) {
            upload(uploads, events);
        }
        return InputContents.of(plan, hashes);
    }

    private List<Upload> missing(RunPlan plan, Map<String, String> hashes) {
        Set<ObjectKey> there = objects(plan.containers().application());
        there.addAll(objects(plan.containers().input()));
        return uploads(plan, hashes).stream()
                .filter(upload -> !there.contains(upload.key()))
                .toList();
    }

    /** The objects of a container; none when it is gone. */
    public Set<ObjectKey> objects(ContainerName container) {
        try (Stream<ObjectInfo> objects = store.list(container, "")) {
            return objects.map(ObjectInfo::key).collect(Collectors.toCollection(HashSet::new));
        } catch (BatchException e) {
            if (e.code() != ErrorCode.NOT_FOUND) {
                throw e;
            }
            return new HashSet<>();
        }
    }

    private void upload(List<Upload> uploads, RunEvents events) throws InterruptedException {
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

    private static List<Upload> uploads(RunPlan plan, Map<String, String> hashes) {
        List<Upload> uploads = new ArrayList<>();
        TaskProgram program = plan.request().program();
        ContainerName application = plan.containers().application();
        program.applicationFiles()
                .forEach((name, path) -> uploads.add(
                        new FileUpload(new ObjectKey(application, name), path, sizeOf(path), Optional.empty())));
        program.applicationTexts()
                .forEach((name, text) -> uploads.add(new TextUpload(new ObjectKey(application, name), text)));
        ContainerName container = plan.containers().input();
        Set<String> stored = new HashSet<>();
        for (PlannedTask task : plan.tasks()) {
            for (PlannedInput input : task.inputs()) {
                input.files().stream()
                        .filter(file -> stored.add(file.object()))
                        .map(file -> new FileUpload(
                                new ObjectKey(container, file.object()), file.path(), file.size(), file.range()))
                        .forEach(file -> uploads.add(new HashedUpload(file, hashes)));
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

    /** A run may be resumed where its program's files are not; what the store has is not uploaded again. */
    private static long sizeOf(Path path) {
        if (!Files.exists(path)) {
            return 0;
        }
        try {
            return SourceFile.sizeOf(path);
        } catch (IOException e) {
            throw new BatchException(
                    ErrorCode.INVALID, "application file " + path, "it cannot be read: " + FailureReason.of(e), e);
        }
    }

    /** One object to be stored. */
    private sealed interface Upload {
        ObjectKey key();

        long size();

        /** The file that it is made from; empty when it is made from none. */
        default Optional<Path> source() {
            return Optional.empty();
        }

        void send(ObjectStore store, TransferProgress progress);
    }

    private record FileUpload(ObjectKey key, Path path, long size, Optional<FileRange> range) implements Upload {
        @Override
        public Optional<Path> source() {
            return Optional.of(path);
        }

        @Override
        public void send(ObjectStore store, TransferProgress progress) {
            boolean ignored = put(store, progress).sha256().isPresent();
        }

        ObjectInfo put(ObjectStore store, TransferProgress progress) {
            return range.map(part -> store.putPart(key, path, part, Map.of(), progress))
                    .orElseGet(() -> store.put(key, path, Map.of(), progress));
        }
    }

    /** An input whose content is noted, as it was sent. */
    private record HashedUpload(FileUpload file, Map<String, String> hashes) implements Upload {
        @Override
        public ObjectKey key() {
            return file.key();
        }

        @Override
        public Optional<Path> source() {
            return file.source();
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void send(ObjectStore store, TransferProgress progress) {
            file.put(store, progress)
                    .sha256()
                    .ifPresent(hash -> hashes.put(file.key().name(), hash));
        }
    }

    private record TextUpload(ObjectKey key, String text) implements Upload {
        @Override
        public long size() {
            return SmallObjects.size(text);
        }

        @Override
        public void send(ObjectStore store, TransferProgress progress) {
            new SmallObjects(store).put(key, text, progress);
        }
    }
}
