package io.twinbatch.api.workflow.collect;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.collect.Manifest.NamedOutput;
import io.twinbatch.api.workflow.collect.Wanted.Arrival;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.RunEvent.Downloading;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.stage.SmallObjects;
import io.twinbatch.api.workflow.stage.TransferProgress;
import io.twinbatch.api.workflow.stage.Transfers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

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
        List<JoinedResult> joined = JoinedResult.complete(there);
        List<Arrival> parts = joined.stream().flatMap(JoinedResult::arrivals).toList();
        List<Arrival> whole = there.stream()
                .filter(wanted -> wanted.piece().isEmpty())
                .flatMap(wanted -> wanted.arrivals().stream())
                .toList();
        long bytes = Stream.concat(whole.stream(), parts.stream())
                .mapToLong(file -> file.entry().size())
                .sum();
        int files = whole.size() + parts.size();
        TransferProgress progress = new TransferProgress(events, Downloading::new, files, bytes);
        ResultRecorder notes = new ResultRecorder(plan, contents, events);
        try (DownloadStaging folder = DownloadStaging.open(plan.request().outputFolder(), plan.id())) {
            VerifiedDownload download = new VerifiedDownload(store, plan, folder, progress);
            List<Callable<Void>> calls = new ArrayList<>(files);
            joined.forEach(result -> result.arrivals()
                    .forEach(part -> calls.add(() -> count(progress, result.fetch(part, download, folder.next())))));
            whole.forEach(file -> calls.add(() -> {
                Outcome outcome =
                        download.get(file.wanted().task().taskId(), file.object(), file.fileName(), file.entry());
                file.wanted().arrived(file, outcome).ifPresent(result -> {
                    into.put(file.wanted().object(), result);
                    notes.add(file.wanted().object(), file.wanted().fileName(), result);
                });
                return count(progress, outcome.isDone());
            }));
            transfers.all(calls);
            List<Callable<Void>> joins = new ArrayList<>(joined.size());
            joined.forEach(result -> joins.add(() -> join(plan, result, download, folder, into, notes)));
            transfers.all(joins);
        }
        return Set.copyOf(leftNothing);
    }

    /** Deletes what a run keeps in the output folder until it ends. Its results stay. */
    public static void end(RunPlan plan) {
        DownloadStaging.delete(plan.request().outputFolder(), plan.id());
    }

    private static Void count(TransferProgress progress, boolean there) {
        if (there) {
            progress.fileDone();
        }
        return null;
    }

    private static Void join(
            RunPlan plan,
            JoinedResult result,
            VerifiedDownload download,
            DownloadStaging folder,
            ConcurrentMap<String, Outcome> into,
            ResultRecorder notes)
            throws InterruptedException {
        Map<String, Outcome> outcomes = result.join(plan, download, folder);
        into.putAll(outcomes);
        PlannedInput whole = result.whole();
        notes.add(whole.outputObject(), whole.outputFileName(), outcomes.get(whole.outputObject()));
        return null;
    }

    /**
     * The results that the tasks of a plan have stored, in the order of the inputs.
     *
     * @param problem takes what is wrong with one of them; nothing when all are there
     */
    public List<ResultPart> stored(RunPlan plan, Consumer<Outcome> problem) throws InterruptedException {
        TaskProgram program = plan.request().program();
        List<Callable<List<Wanted>>> looks = new ArrayList<>(plan.tasks().size());
        plan.tasks().forEach(task -> looks.add(() -> wanted(plan, ExpectedOutputs.of(task, program), new HashSet<>())));
        List<Wanted> all = transfers.all(looks).stream().flatMap(List::stream).toList();
        all.stream().flatMap(wanted -> wanted.problem().stream()).findFirst().ifPresent(problem);
        return all.stream()
                .flatMap(wanted -> wanted.arrivals().stream())
                .map(file -> new ResultPart(file.object(), place(file)))
                .toList();
    }

    /** Results of the pieces of an input, which have one name in the output folder, lie in folders of their own. */
    private static String place(Arrival file) {
        return file.wanted()
                .piece()
                .map(piece -> "piece-" + piece.piece().orElseThrow().number() + "/" + file.fileName())
                .orElse(file.fileName());
    }

    private List<Wanted> wanted(RunPlan plan, ExpectedOutputs task, Set<String> leftNothing) {
        Manifest manifest;
        ObjectKey key = new ObjectKey(plan.containers().output(), task.manifestObject());
        try {
            manifest = manifest(task.taskId(), key);
        } catch (BatchException e) {
            if (e.code() == ErrorCode.NOT_FOUND && task.failure().isEmpty()) {
                leftNothing.add(task.taskId());
            }
            Outcome problem = task.failure().orElseGet(() -> manifestProblem(task.taskId(), key, e));
            return task.fileNames().entrySet().stream()
                    .map(names -> new Wanted(task, names.getKey(), names.getValue(), problem))
                    .toList();
        }
        return task.fileNames().entrySet().stream()
                .map(names -> wanted(plan, task, names.getKey(), names.getValue(), manifest))
                .toList();
    }

    private static Wanted wanted(
            RunPlan plan, ExpectedOutputs task, String object, String fileName, Manifest manifest) {
        PlannedInput input = task.named().get(object);
        List<NamedOutput> outputs = input == null
                ? List.of(new NamedOutput(task.countsOfPiece().orElse(object), fileName))
                : manifest.filesOf(object).stream()
                        .map(file ->
                                new NamedOutput(file.object(), plan.layout().place(input, file.path())))
                        .toList();
        Optional<String> missing = outputs.stream()
                .map(NamedOutput::object)
                .filter(name -> manifest.entry(name).isEmpty())
                .findFirst();
        if (outputs.isEmpty() || missing.isPresent()) {
            String problem = "its manifest does not list " + missing.orElse("a result of " + object);
            return new Wanted(
                    task,
                    object,
                    fileName,
                    task.failure().orElseGet(() -> new Outcome.OutputMissing(task.taskId(), problem)));
        }
        Wanted wanted = new Wanted(task, object, fileName);
        outputs.forEach(output -> wanted.expect(
                output.object(), output.path(), manifest.entry(output.object()).orElseThrow()));
        return wanted;
    }

    private static Outcome manifestProblem(String taskId, ObjectKey key, BatchException e) {
        return switch (e.code()) {
            case NOT_FOUND -> new Outcome.OutputMissing(taskId, "its manifest " + key + " is missing");
            case INVALID -> new Outcome.OutputMissing(taskId, "its manifest cannot be used: " + e.getMessage());
            default -> new Outcome.NotDownloaded(key.toString(), false, e);
        };
    }

    private Manifest manifest(String taskId, ObjectKey key) {
        // One character per byte: whatever is not plain ASCII is refused by the reader.
        return reader.read("task " + taskId, new String(objects.get(key), StandardCharsets.ISO_8859_1));
    }
}
