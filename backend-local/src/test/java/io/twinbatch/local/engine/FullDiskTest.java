package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.CommandLine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small disk of its own, filled up; skipped, and reported so, where none can be mounted. */
class FullDiskTest {
    private static final int TASKS = 2000;

    @TempDir
    private Path temp;

    private Path disk;

    @BeforeEach
    void mount() throws Exception {
        Path point = Files.createDirectory(temp.resolve("disk"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", point.toString()),
                "a disk can be mounted by the superuser alone");
        disk = point;
    }

    @AfterEach
    void unmount() throws Exception {
        if (disk != null) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[512];
        try (OutputStream stream = Files.newOutputStream(file)) {
            while (true) {
                stream.write(block);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    @Test
    void aFullDiskIsToldEverythingIsEndedAndTheNextEngineGoesOn() throws Exception {
        Path seen = temp.resolve("seen");
        Path ballast = disk.resolve("ballast");
        TaskKey running = key("running");
        try (LocalRig rig = new LocalRig(disk.resolve("state")).withJob(1, 1)) {
            String script = "[ -e " + seen + " ] && exit 0; touch " + seen + "; sleep 600";
            rig.submit(TaskSpec.builder("running", CommandLine.shell(script)).build());
            rig.submit(TaskSpec.builder("queued", "/bin/true").build());
            LocalRig.await("the first try", () -> Files.exists(seen));
            fill(ballast);

            List<TaskSpec> many = IntStream.range(0, TASKS)
                    .mapToObj(i -> TaskSpec.builder("t" + i, "/bin/true").build())
                    .toList();
            BatchException refusal =
                    catchThrowableOfType(BatchException.class, () -> rig.jobs().submit(JOB, many));
            assertThat(refusal.code()).isEqualTo(ErrorCode.QUOTA);
            assertThat(refusal).hasMessageContaining("the disk is full");
            LocalRig.await(
                    "the end of all processes",
                    () -> Processes.withEnvironment(temp.toString()).isEmpty());
            assertThat(catchThrowableOfType(
                                    BatchException.class, () -> rig.jobs().terminate(JOB))
                            .code())
                    .isEqualTo(ErrorCode.QUOTA);
            assertThat(rig.jobs().task(running)).isPresent();
        }
        assertThat(Processes.withEnvironment(temp.toString())).isEmpty();

        BatchException stillFull = catchThrowableOfType(BatchException.class, () -> {
            try (LocalRig rig = new LocalRig(disk.resolve("state"))) {
                rig.submit(TaskSpec.builder("another", "/bin/true").build());
            }
        });
        assertThat(stillFull.code()).isIn(ErrorCode.QUOTA, ErrorCode.INVALID);

        Files.delete(ballast);
        try (LocalRig rig = new LocalRig(disk.resolve("state"))) {
            assertThat(rig.ended(running).status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(rig.ended(key("queued")).status()).isEqualTo(new TaskStatus.Succeeded());
        }
    }
}
