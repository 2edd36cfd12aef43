package io.twinbatch.api.workflow.resume;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.storage.ContainerInfo;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan.Containers;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.stage.SmallObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of runs in an object store, each in its run's container for the program, which no task can write to.
 */
public final class RunRecords {
    /** No application file begins with a dot. */
    private static final String OBJECT = ".twinbatch-run";

    private final ObjectStore store;

    /** The records of a store. */
    public RunRecords(ObjectStore store) {
        this.store = Objects.requireNonNull(store, "store");
    }

    /** Stores a record; the one that the run had before is replaced. */
    public void write(RunRecord record) {
        new SmallObjects(store).put(key(record.id()), RunRecordText.write(record), TransferListener.NONE);
    }

    /** Where the record of a run lies. */
    public static ObjectKey key(RunId run) {
        return keyIn(Containers.of(run).application());
    }

    /** Where the record lies of the run that has a container for its program. */
    public static ObjectKey keyIn(ContainerName application) {
        return new ObjectKey(application, OBJECT);
    }

    /** Whether an object is the record of a run. */
    public static boolean isRecord(ObjectKey key) {
        return key.name().equals(OBJECT);
    }

    /** Whether a run has a record. */
    public boolean isThere(RunId run) {
        return store.head(key(run)).isPresent();
    }

    /**
     * The record of a run; empty when the run has none: it was never there, has ended, or had not uploaded all inputs.
     *
     * @throws BatchException {@code INVALID} when the record cannot be read; otherwise when the store cannot be asked
     */
    public Optional<RunRecord> find(RunId run) {
        ObjectKey key = key(run);
        return BatchException.ifFound(() -> new SmallObjects(store).get(key))
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .map(text -> RunRecordText.read("the record of run " + run, text));
    }

    /**
     * The record of the run that a user calls by its identifier, by that of its job, or by that of a job that it had
     * before it was resumed; empty when no run of that name has one.
     *
     * @throws BatchException as {@link #find} does
     */
    public Optional<RunRecord> named(String name) {
        List<RunId> runs;
        try (Stream<ContainerInfo> containers = store.listContainers(Containers.APPLICATION + "-")) {
            runs = containers
                    .flatMap(container -> RunTags.of(container.metadata()).stream())
                    .map(RunTags::run)
                    .toList();
        }
        Optional<RunId> byItself = runs.stream()
                .filter(run -> name.equals(run.value()) || isJobOf(run.job(), name))
                .findFirst();
        if (byItself.isPresent()) {
            return find(byItself.get());
        }
        return runs.stream()
                .flatMap(run -> find(run).stream())
                .filter(record -> record.job().value().equals(name)
                        || record.asked()
                                .jobId()
                                .filter(job -> isJobOf(job, name))
                                .isPresent())
                .findFirst();
    }

    private static boolean isJobOf(JobId first, String name) {
        return name.equals(first.value()) || name.startsWith(first.value() + ResumePlan.NEXT_JOB);
    }
}
