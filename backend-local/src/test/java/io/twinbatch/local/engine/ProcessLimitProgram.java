package io.twinbatch.local.engine;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskFilter;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.local.store.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An engine whose user may have only a few more processes than it needs for itself, with a job of many tasks at once. It
 * says how many have succeeded, how many ran at once at most, and how many processes are left that nobody has heard the
 * end of.
 */
final class ProcessLimitProgram {
    private static final PoolId POOL = new PoolId("crowd");
    private static final JobId JOB = new JobId("crowd");
    private static final int POLL_MILLIS = 10;

    private ProcessLimitProgram() {}

    /** Arguments: the state folder, the number of tasks, and how many processes and threads more there may be. */
    public static void main(String[] arguments) throws Exception {
        int tasks = Integer.parseInt(arguments[1]);
        try (StateFolder folder = StateFolder.take(Path.of(arguments[0]));
                Engine engine = Engine.open(folder, System.getenv(), Clock.systemUTC())) {
            LocalJobQueue jobs = new LocalJobQueue(engine);
            new LocalComputePool(engine).create(PoolSpec.of(POOL, 1).withSlotsPerNode(tasks));
            jobs.create(JobSpec.of(JOB, POOL));
            limitThisUser(Integer.parseInt(arguments[2]));
            jobs.submit(
                    JOB,
                    IntStream.range(0, tasks)
                            .mapToObj(task -> TaskSpec.builder("task" + task, "/bin/sh -c 'exec sleep 0.4'")
                                    .build())
                            .toList());
            long most = 0;
            List<Task> all = tasks(jobs);
            while (!all.stream().allMatch(task -> task.status().isFinal())) {
                most = Math.max(most, ProcessHandle.current().children().count());
                Thread.sleep(POLL_MILLIS);
                all = tasks(jobs);
            }
            long succeeded = all.stream()
                    .filter(task -> task.status() instanceof TaskStatus.Succeeded)
                    .count();
            all.stream()
                    .filter(task -> !(task.status() instanceof TaskStatus.Succeeded))
                    .forEach(System.out::println);
            System.out.println("succeeded " + succeeded);
            System.out.println("at once " + most);
            System.out.println("left " + ProcessHandle.current().children().count());
        }
    }

    private static List<Task> tasks(LocalJobQueue jobs) {
        try (Stream<Task> tasks = jobs.tasks(JOB, TaskFilter.ALL)) {
            return tasks.toList();
        }
    }

    private static void limitThisUser(int more) throws IOException, InterruptedException {
        String self = Long.toString(ProcessHandle.current().pid());
        String most = Long.toString(threadsOfThisUser() + more);
        int code = new ProcessBuilder("prlimit", "--pid", self, "--nproc=" + most + ":" + most)
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("prlimit: exit code " + code);
        }
    }

    private static long threadsOfThisUser() throws IOException {
        String user = word(Path.of("/proc/self/status"), "Uid:");
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().chars().allMatch(Character::isDigit))
                    .map(process -> process.resolve("status"))
                    .filter(status -> word(status, "Uid:").equals(user))
                    .mapToLong(status -> Long.parseLong("0" + word(status, "Threads:")))
                    .sum();
        }
    }

    /** The first word behind a name in a file about a process; empty when that has ended. */
    private static String word(Path status, String name) {
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(name.length()).strip().replaceFirst("\\s.*", ""))
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }
}
