package io.twinbatch.app.cli;

import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.workflow.collect.ResultRecorder;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.CollectedFile;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunEvents;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Ending;
import io.twinbatch.api.workflow.model.RunResult.InputResult;
import io.twinbatch.api.workflow.model.Sha256;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.run.BackendSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A backend that writes results of its own making, and fails where it is told to. */
final class FakeSession implements BackendSession {
    static final String STDERR = "starting\ncannot read \u001b[31minput\n";

    private final Clock clock;
    private final BackendInspector look;
    final Set<String> failing = new HashSet<>();
    final List<RunPlan> plans = new ArrayList<>();
    final List<JobId> terminated = new ArrayList<>();
    final List<Leftover> left = new ArrayList<>();
    Ending ending = Ending.COMPLETED;
    Optional<RuntimeException> thrown = Optional.empty();
    Runnable whileRunning = () -> {};
    boolean cancelled;

    /** Whether a cancellation interrupts the run by itself, as that of a real session does. */
    boolean interruptsItsRun;

    boolean closed;
    boolean deletedJob;
    List<Preflight.Finding> findings = List.of();
    final List<RunRecord> records = new ArrayList<>();
    final List<RunPlan> looked = new ArrayList<>();

    FakeSession(Clock clock, BackendInspector look) {
        this.clock = clock;
        this.look = look;
    }

    @Override
    public List<Preflight.Finding> preflight(RunPlan plan) {
        looked.add(plan);
        return findings;
    }

    @Override
    public ObjectStore store() {
        throw new UnsupportedOperationException("a run does not ask for it");
    }

    @Override
    public RunResult run(RunPlan plan, RunListener listener, CleanupChoice choice) {
        plans.add(plan);
        whileRunning.run();
        thrown.ifPresent(failure -> {
            throw failure;
        });
        listener.on(new RunEvent.Progress(
                new TaskCounts(0, 1, 1, 0),
                Duration.ofSeconds(1),
                plan.request().limits().timeLimit()));
        List<InputResult> results = new ArrayList<>();
        for (RunPlan.PlannedTask task : plan.tasks()) {
            task.inputs().forEach(input -> results.add(result(plan, task, input)));
        }
        note(plan, results, listener);
        deletedJob = choice.deleteJob(plan.job().id());
        return new RunResult(
                plan.id(),
                plan.pool().id(),
                plan.job().id(),
                clock.instant(),
                clock.instant(),
                results,
                plan.total().map(total -> done(plan, total.outputFileName())),
                ending,
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** What the results were made from, as a run on a backend notes it. */
    private void note(RunPlan plan, List<InputResult> results, RunListener listener) {
        Map<String, String> contents = results.stream()
                .collect(Collectors.toMap(
                        result -> result.input().outputObject(),
                        result -> result.input().file().contentHash(),
                        (one, other) -> one));
        ResultRecorder recorder = new ResultRecorder(plan, contents, new RunEvents(listener, clock));
        results.forEach(result ->
                recorder.add(result.input().outputObject(), result.input().outputFileName(), result.outcome()));
    }

    private InputResult result(RunPlan plan, RunPlan.PlannedTask task, PlannedInput input) {
        return new InputResult(
                input,
                Optional.of(task.id()),
                failing.contains(input.file().fileName())
                        ? new Outcome.TaskFailed(task.id(), new TaskStatus.Failed(3), STDERR)
                        : done(plan, input.outputFileName()));
    }

    private static Outcome done(RunPlan plan, String name) {
        Path output = plan.request().outputFolder().resolve(name);
        String rule = "-".repeat(30);
        try {
            Files.createDirectories(output.getParent());
            String text = "Word\tCount\n" + rule + "\nthe:\t12\nit's::\t7\n" + rule
                    + "\nNode: -\nTask: -\nJob:  -\nPool: -\n";
            Files.writeString(output, text);
            return new Outcome.Done(new CollectedFile(
                    output, text.length(), new Sha256().add(text).hex()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<RunRecord> record(String name) {
        return records.stream()
                .filter(record ->
                        record.id().value().equals(name) || record.job().value().equals(name))
                .findFirst();
    }

    @Override
    public ResumePlan continuation(RunRecord record, TaskProgram program, Path outputFolder) {
        return new ResumePlan(
                record, RunPlanner.again(record, program, outputFolder), Optional.empty(), Set.of(), Optional.empty());
    }

    @Override
    public RunResult resume(ResumePlan continuation, RunListener listener, CleanupChoice choice) {
        return run(continuation.plan(), listener, choice);
    }

    @Override
    public List<Leftover> leftovers() {
        return List.copyOf(left);
    }

    @Override
    public boolean delete(Leftover leftover) {
        thrown.ifPresent(failure -> {
            throw failure;
        });
        return left.remove(leftover);
    }

    @Override
    public BackendInspector inspector() {
        return look;
    }

    @Override
    public void terminate(JobId job) {
        terminated.add(job);
    }

    @Override
    public boolean cancel() {
        cancelled = true;
        return interruptsItsRun;
    }

    @Override
    public void close() {
        closed = true;
    }
}
