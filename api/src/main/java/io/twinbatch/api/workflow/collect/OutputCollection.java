package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunEvent.Downloading;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.stage.SmallObjects;
import io.twinbatch.api.workflow.stage.TransferProgress;
import io.twinbatch.api.workflow.stage.Transfers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Brings the results of tasks that ended well into the output folder, checked against the tasks' manifests. */
public final class OutputCollection {
    private final ObjectStore store;
    private final Transfers transfers;
    private final SmallObjects objects;
    private final ManifestReader reader = new ManifestReader();

    public OutputCollection(ObjectStore store, Transfers transfers) {
        this.store = store;
        this.transfers = transfers;
        this.objects = new SmallObjects(store);
    }

    /**
     * Collects the outputs of some tasks. What goes wrong with one of them is its outcome, and stops none of the
     * others.
     *
     * @param contents the SHA-256 of each input's content, by the name of its result object, to be noted with the results
     * @param into takes the outcomes, by the names of the objects, as they become known on several threads
     * @return the tasks that have left nothing at all, not even their manifest
     */
    public Set<String> collect(
            RunPlan plan,
            List<ExpectedOutputs> tasks,
            Map<String, String> contents,
            ConcurrentMap<String, Outcome> into,
            RunEvents events)
            throws InterruptedException {
        Set<String> leftNothing = ConcurrentHashMap.newKeySet();
        List<Callable<List<Wanted>>> looks = new ArrayList<>(tasks.size());
        tasks.forEach(task -> looks.add(() -> wanted(plan, task, leftNothing)));
        List<Wanted> all = transfers.all(looks).stream().flatMap(List::stream).toList();
        all.forEach(wanted -> wanted.problem().ifPresent(problem -> into.put(wanted.object(), problem)));
        List<Wanted> there =
                all.stream().filter(wanted -> wanted.problem().isEmpty()).toList();
        long bytes = there.stream().mapToLong(wanted -> wanted.entry().size()).sum();
        TransferProgress progress = new TransferProgress(events, Downloading::new, there.size(), bytes);
        ResultRecorder notes = new ResultRecorder(plan, contents, events);
        try (DownloadStaging arrivals = new DownloadStaging(plan.request().outputFolder(), plan.id())) {
            VerifiedDownload download = new VerifiedDownload(store, plan, arrivals, progress);
            List<Callable<Void>> calls = new ArrayList<>(there.size());
            there.forEach(wanted -> calls.add(() -> {
                Outcome outcome =
                        download.get(wanted.task().taskId(), wanted.object(), wanted.fileName(), wanted.entry());
                into.put(wanted.object(), outcome);
                notes.add(wanted.object(), wanted.fileName(), outcome);
                progress.fileDone();
                return null;
            }));
            transfers.all(calls);
        }
        return Set.copyOf(leftNothing);
    }

    /** An expected output: its entry in the manifest, or what is wrong. */
    private record Wanted(
            ExpectedOutputs task, String object, String fileName, Manifest.Entry entry, Optional<Outcome> problem) {}

    private List<Wanted> wanted(RunPlan plan, ExpectedOutputs task, Set<String> leftNothing) {
        Map<String, Outcome> problems = new HashMap<>();
        Manifest manifest = new Manifest(Map.of());
        ObjectKey key = new ObjectKey(plan.containers().output(), task.manifestObject());
        try {
            manifest = manifest(task.taskId(), key);
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                leftNothing.add(task.taskId());
            }
            Outcome problem = manifestProblem(task.taskId(), key, e);
            task.fileNames().keySet().forEach(object -> problems.put(object, problem));
        }
        List<Wanted> wanted = new ArrayList<>();
        for (Map.Entry<String, String> names : task.fileNames().entrySet()) {
            String object = names.getKey();
            Manifest.Entry entry = manifest.entry(object).orElse(null);
            if (entry == null) {
                problems.putIfAbsent(
                        object, new Outcome.OutputMissing(task.taskId(), "its manifest does not list " + object));
            }
            wanted.add(new Wanted(task, object, names.getValue(), entry, Optional.ofNullable(problems.get(object))));
        }
        return wanted;
    }

    private static Outcome manifestProblem(String taskId, ObjectKey key, BatchException e) {
        return switch (e.code()) {
            case NOT_FOUND -> new Outcome.OutputMissing(taskId, "its manifest " + key + " is missing");
            case INVALID -> new Outcome.OutputMissing(taskId, "its manifest cannot be used: " + e.getMessage());
            default -> new Outcome.NotDownloaded(key.toString(), e);
        };
    }

    private Manifest manifest(String taskId, ObjectKey key) {
        // One character per byte: whatever is not plain ASCII is refused by the reader.
        return reader.read("task " + taskId, new String(objects.get(key), StandardCharsets.ISO_8859_1));
    }
}
