package io.twinbatch.api.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.time.ManualTime;
import io.twinbatch.api.time.PollInterval;
import io.twinbatch.api.time.Waiter;
import io.twinbatch.api.workflow.model.CleanupChoice;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.ResumePlan;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRecord;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.api.workflow.resume.RunRecords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A workflow over fakes, with inputs in a temporary folder. */
public final class Fixture {
    /** Keeps job and pool, as a user does who answers no. */
    static final CleanupChoice KEEP = new CleanupChoice() {
        @Override
        public boolean deleteJob(JobId job) {
            return false;
        }

        @Override
        public boolean deletePool(PoolId pool) {
            return false;
        }
    };

    public final ManualTime time = new ManualTime();
    public final MemoryObjectStore store = new MemoryObjectStore();
    public final ScriptedComputePool pools = new ScriptedComputePool();
    public final RecordingListener listener = new RecordingListener();
    public final TestProgram program;
    public final ScriptedJobQueue queue;
    final Workflow workflow;
    final Path folder;
    public final Path output;

    public Fixture(Path folder) throws IOException {
        this.folder = folder;
        this.output = folder.resolve("out");
        Path jar = Files.writeString(folder.resolve("program.jar"), "jar");
        this.program = new TestProgram(store, Map.of("program.jar", jar));
        this.queue = new ScriptedJobQueue(program::run);
        queue.clock(time);
        Waiter waiter = new Waiter(time, new PollInterval(Duration.ofSeconds(1), Duration.ofSeconds(10)));
        this.workflow = new Workflow(store, pools, queue, time, waiter, 4);
    }

    public InputFile input(String path) throws IOException {
        Path file = folder.resolve("in").resolve(path);
        Files.createDirectories(file.getParent());
        return InputFile.of(Files.writeString(file, "text of " + path));
    }

    public List<InputFile> inputs(int count) throws IOException {
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            inputs.add(input("file" + i + ".txt"));
        }
        return inputs;
    }

    public RunRequest.Builder request(int inputs) throws IOException {
        return RunRequest.builder(inputs(inputs), program, output);
    }

    public RunPlan plan(RunRequest request) {
        return new RunPlanner(time, new Random(1)).plan(request);
    }

    public RunResult run(RunPlan plan) {
        return workflow.run(plan, listener, CleanupChoice.DELETE);
    }

    /** The hooks of all fakes. */
    List<CallHook> hooks() {
        return List.of(store.hook, pools.hook, queue.hook);
    }

    /** What a run has noted, by one of its names. */
    RunRecord record(String name) {
        return new RunRecords(store).named(name).orElseThrow();
    }

    ResumePlan continuation(RunPlan plan) {
        return workflow.continuation(record(plan.id().value()), program, output);
    }

    RunResult resume(RunPlan plan) {
        return workflow.resume(continuation(plan), listener, CleanupChoice.DELETE);
    }

    void assertNothingLeft(RunPlan plan) {
        assertThat(store.containers()).isEmpty();
        assertThat(pools.find(plan.pool().id())).isEmpty();
        assertThat(queue.list()).isEmpty();
    }

    public List<Path> outputs() throws IOException {
        if (!Files.exists(output)) {
            return List.of();
        }
        try (var files = Files.list(output)) {
            return files.sorted().toList();
        }
    }
}
