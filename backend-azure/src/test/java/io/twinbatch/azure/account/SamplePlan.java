package io.twinbatch.azure.account;

import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.StartTask;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.InputGrouping;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.model.TaskCommand;
import io.twinbatch.api.workflow.model.TaskInputs;
import io.twinbatch.api.workflow.model.TaskProgram;
import io.twinbatch.api.workflow.plan.RunPlanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** A plan of one input, and of nodes as a test wants them. */
final class SamplePlan {
    private final Path folder;
    Optional<PoolId> poolId = Optional.empty();
    String vmSize = "standard_d2s_v5";
    VmImage image = VmImage.UBUNTU_LTS;
    int nodes = 4;
    boolean spot;
    int slots = 2;
    int inputsOfTask = 1;
    boolean uploadsItself;

    SamplePlan(Path folder) {
        this.folder = folder;
    }

    RunPlan plan() throws IOException {
        Path input = Files.writeString(folder.resolve("input.txt"), "text");
        List<InputFile> inputs = new ArrayList<>();
        for (int i = 0; i < inputsOfTask; i++) {
            inputs.add(InputFile.of(Files.writeString(folder.resolve("input" + i + ".txt"), "text")));
        }
        RunRequest request = RunRequest.builder(inputs, new Program(input, uploadsItself), folder.resolve("out"))
                .grouping(new InputGrouping.Fixed(inputsOfTask))
                .pool(new PoolRequest(poolId, vmSize, image, spot ? 0 : nodes, spot ? nodes : 0, slots, 1))
                .build();
        return new RunPlanner(Clock.systemUTC(), new SplittableRandom(1)).plan(new RunId("run-1"), request);
    }

    private record Program(Path file, boolean uploadsItself) implements TaskProgram {
        @Override
        public String taskIdPrefix() {
            return "task";
        }

        @Override
        public Map<String, Path> applicationFiles() {
            return Map.of("program.jar", file);
        }

        @Override
        public Optional<StartTask> startTask() {
            return Optional.empty();
        }

        @Override
        public TaskCommand command(TaskInputs work) {
            return TaskCommand.of("true");
        }

        @Override
        public Map<String, String> outputEnvironment(SignedUrl outputContainer) {
            return uploadsItself ? Map.of("OUTPUT", outputContainer.url().toString()) : Map.of();
        }

        @Override
        public Optional<TotalProgram> total() {
            return Optional.empty();
        }
    }
}
