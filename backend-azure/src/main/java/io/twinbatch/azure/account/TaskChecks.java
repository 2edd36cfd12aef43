package io.twinbatch.azure.account;

import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.task.ResourceFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResultPart;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTask;
import io.twinbatch.api.workflow.model.RunPlan.PlannedTotal;
import io.twinbatch.api.workflow.model.TaskProgram.TotalProgram;
import io.twinbatch.api.workflow.stage.SignedTasks;
import io.twinbatch.azure.batch.TaskUpload;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether the largest requests of a plan are of a size that the service takes. Each file of a task takes the length of its
 * name and of its signature, so that the number of files that fit depends on both.
 */
final class TaskChecks {
    /** About what a signed URL has beside the names. */
    private static final int SIGNATURE = 400;

    private final AccountUsage use;
    private final ObjectStore store;

    TaskChecks(AccountUsage use, ObjectStore store) {
        this.use = use;
        this.store = store;
    }

    /** The request of the largest task, and those of the total and of the program's files that are too large. */
    List<Finding> check(RunPlan plan) {
        SignedTasks tasks = new SignedTasks(store, plan);
        return Stream.of(
                        plan.tasks().stream()
                                .max(Comparator.comparingLong(TaskChecks::estimate))
                                .map(task -> first(tasks.of(task), task)),
                        plan.total()
                                .map(total -> total(tasks.of(total, parts(plan)), total))
                                .filter(TaskChecks::isFailure),
                        Optional.of(program(tasks.programFiles())).filter(TaskChecks::isFailure))
                .flatMap(Optional::stream)
                .toList();
    }

    private static boolean isFailure(Finding finding) {
        return finding.result() == Result.FAILED;
    }

    private static long estimate(PlannedTask task) {
        return task.inputs().stream()
                .map(PlannedInput::files)
                .flatMap(List::stream)
                .mapToLong(file ->
                        SIGNATURE + file.object().length() + file.nodePath().length())
                .sum();
    }

    /** What a total of all results is made of, as far as the plan says it. */
    private static List<ResultPart> parts(RunPlan plan) {
        boolean combines = plan.request()
                .program()
                .total()
                .filter(TotalProgram::combinesResults)
                .isPresent();
        return combines
                ? plan.inputs().stream()
                        .map(input -> new ResultPart(input.outputObject(), input.outputFileName()))
                        .toList()
                : List.of();
    }

    private Finding first(TaskSpec spec, PlannedTask task) {
        int inputs = task.inputs().size();
        long bytes = use.requestBytes(spec);
        String remedy = inputs > 1
                ? "use --files-per-task=" + fitting(inputs, bytes) + " or less"
                : "give the row fewer files, or bring them as one archive";
        return finding("task " + spec.id(), spec.resourceFiles().size(), bytes, remedy);
    }

    private Finding total(TaskSpec spec, PlannedTotal total) {
        int files = spec.resourceFiles().size();
        long bytes = use.requestBytes(spec);
        boolean combines = total.work().countsPaths().isEmpty();
        return finding(
                "task " + spec.id(),
                files,
                bytes,
                combines
                        ? "combine the results of " + fitting(files, bytes) + " inputs or less, or leave out --combine"
                        : "have " + fitting(files, bytes)
                                + " tasks or less by a larger --files-per-task, or leave out --total");
    }

    private Finding program(List<ResourceFile> files) {
        long bytes = use.requestBytes(
                TaskSpec.builder("preparation", "true").resourceFiles(files).build());
        return finding("program", files.size(), bytes, "bring fewer files by --program, such as one archive");
    }

    /** With room for names that are longer than the others. */
    private static long fitting(int count, long bytes) {
        return Math.max(1, count * (long) TaskUpload.MAX_REQUEST_BYTES * 9 / 10 / bytes);
    }

    private static Finding finding(String what, int files, long bytes, String remedy) {
        String sum = what + " with " + files + " files: " + bytes + " bytes, at most " + TaskUpload.MAX_REQUEST_BYTES;
        return bytes < TaskUpload.MAX_REQUEST_BYTES
                ? Findings.passed("request size", sum)
                : Findings.failed("request size", sum, remedy);
    }
}
