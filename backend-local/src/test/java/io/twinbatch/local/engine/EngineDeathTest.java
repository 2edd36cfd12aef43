package io.twinbatch.local.engine;

import static io.twinbatch.local.engine.LocalRig.JOB;
import static io.twinbatch.local.engine.LocalRig.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.CommandLine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** An engine in a process of its own is killed in the middle of a job. */
class EngineDeathTest {
    private static final int TASKS = 60;

    @TempDir
    private Path folder;

    /** The process that is killed. */
    static final class Victim {
        private Victim() {}

        public static void main(String[] arguments) throws Exception {
            Path folder = Path.of(arguments[0]);
            try (LocalRig rig = new LocalRig(folder.resolve("state")).withJob(2, 2)) {
                rig.submit(foreverOnce(folder));
                List<TaskSpec> tasks = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    String script = "echo begun >> " + folder.resolve("t" + i) + "; sleep 0.05";
                    tasks.add(
                            TaskSpec.builder("t" + i, CommandLine.shell(script)).build());
                }
                rig.jobs().submit(JOB, tasks);
                int enough = Integer.parseInt(arguments[1]);
                LocalRig.await("some ends", () -> rig.jobs().counts(JOB).succeeded() >= enough);
                System.out.write((rig.jobs().counts(JOB).succeeded() + "\n").getBytes(StandardCharsets.UTF_8));
                System.out.flush();
                int unused = System.in.read();
            }
        }

        private static TaskSpec foreverOnce(Path folder) {
            Path seen = folder.resolve("seen");
            String beat = "(setsid sh -c \"while :; do echo x >> " + folder.resolve("beat") + "; sleep 0.05; done\" &)";
            String script = "[ -e " + seen + " ] && exit 0; " + beat + "; touch " + seen + "; sleep 600";
            return TaskSpec.builder("forever", CommandLine.shell(script)).build();
        }
    }

    @RepeatedTest(3)
    void everyTaskEndsWellUnderTheNextEngineAndNoProcessIsLeft(RepetitionInfo repetition) throws Exception {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Victim.class.getName(),
                        folder.toString(),
                        Integer.toString(10 * repetition.getCurrentRepetition()))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        int ended = Integer.parseInt(victim.inputReader().readLine());
        LocalRig.await("the task without end", () -> Files.exists(folder.resolve("seen")));
        victim.destroyForcibly().waitFor();
        assertThat(Processes.withEnvironment(folder.toString())).isNotEmpty();

        try (LocalRig rig = new LocalRig(folder.resolve("state"))) {
            assertThat(rig.jobs().counts(JOB).succeeded()).isGreaterThanOrEqualTo(ended);
            LocalRig.await("all ends", () -> rig.jobs().counts(JOB).completed() == TASKS + 1);
            assertThat(rig.jobs().counts(JOB).succeeded()).isEqualTo(TASKS + 1);
            Task forever = rig.task(key("forever"));
            assertThat(forever.status()).isEqualTo(new TaskStatus.Succeeded());
            assertThat(forever.requeues()).isEqualTo(1);
            assertThat(forever.retries()).isZero();
            try (Stream<Task> tasks = rig.jobs().tasks(JOB, TaskFilter.ALL)) {
                assertThat(tasks).allMatch(task -> task.requeues() <= 1 && task.retries() == 0);
            }
        }
        assertThat(Processes.withEnvironment(folder.toString())).isEmpty();
        for (int i = 0; i < TASKS; i++) {
            assertThat(folder.resolve("t" + i)).exists();
        }
    }
}
