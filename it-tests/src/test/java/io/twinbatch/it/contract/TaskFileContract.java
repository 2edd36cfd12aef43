package io.twinbatch.it.contract;

import static io.twinbatch.it.contract.Refusals.assertNotFound;
import static io.twinbatch.it.contract.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.task.TaskFile;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files in a task's folder, while it runs and afterwards. */
abstract class TaskFileContract {
    private final Supplier<Workbench> workbench;

    /** A suite that runs inside another one. */
    TaskFileContract(Supplier<Workbench> workbench) {
        this.workbench = workbench;
    }

    private Workbench bench() {
        return workbench.get();
    }

    private PoolId pool() {
        return bench().sharedPool(1, 4);
    }

    private TaskKey ended(String script) throws InterruptedException {
        TaskKey key = bench().submit(bench().job(pool()), "t", script);
        bench().succeeded(key);
        return key;
    }

    @Test
    void filesAreReadWhileTheTaskRunsAndAfterwards() throws Exception {
        JobId job = bench().job(pool());
        String go = "$AZ_BATCH_NODE_SHARED_DIR/go-" + job;
        TaskKey key = bench().submit(
                        job,
                        "t",
                        "echo first; echo problem >&2; echo work > result; while [ ! -e " + go
                                + " ]; do sleep 0.02; done; echo second; echo done >> result");
        bench().awaitContent(key, TaskFile.STDOUT);
        bench().awaitContent(key, TaskFile.STDERR);
        bench().awaitContent(key, "wd/result");
        assertThat(bench().stdout(key)).isEqualTo("first\n");
        assertThat(bench().read(key, TaskFile.STDERR)).isEqualTo("problem\n");
        assertThat(bench().read(key, "wd/result")).isEqualTo("work\n");
        assertThat(bench().task(key).status().isFinal()).isFalse();

        bench().succeeded(bench().submit(job, "signal", "touch " + go));
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo("first\nsecond\n");
        assertThat(bench().read(key, "wd/result")).isEqualTo("work\ndone\n");
    }

    @Test
    void aFileIsReadFromAPositionOn() throws Exception {
        TaskKey key = ended("printf 0123456789");
        assertThat(Workbench.text(bench().jobs().readFile(key, TaskFile.STDOUT, 0)))
                .isEqualTo("0123456789");
        assertThat(Workbench.text(bench().jobs().readFile(key, TaskFile.STDOUT, 9)))
                .isEqualTo("9");
        assertThat(Workbench.text(bench().jobs().readFile(key, TaskFile.STDOUT, 10)))
                .isEmpty();
        assertThat(Workbench.text(bench().jobs().readFile(key, TaskFile.STDOUT, 1L << 40)))
                .isEmpty();
    }

    @Test
    void allFilesAndFoldersAreListed() throws Exception {
        Instant before = Instant.now().minusSeconds(60);
        TaskKey key = ended("mkdir -p out/deep empty; printf abc > out/deep/f.bin; printf x > .hidden; echo five");
        List<TaskFile> files = bench().jobs().files(key);
        assertThat(files)
                .extracting(TaskFile::path)
                .contains(
                        "stdout.txt",
                        "stderr.txt",
                        "wd",
                        "wd/out",
                        "wd/out/deep",
                        "wd/out/deep/f.bin",
                        "wd/empty",
                        "wd/.hidden");
        assertThat(files)
                .filteredOn(TaskFile::folder)
                .extracting(TaskFile::path)
                .contains("wd", "wd/out", "wd/out/deep", "wd/empty")
                .doesNotContain("stdout.txt", "wd/out/deep/f.bin");
        assertThat(size(files, "wd/out/deep/f.bin")).isEqualTo(3);
        assertThat(size(files, "stdout.txt")).isEqualTo(5);
        assertThat(files).allMatch(file -> file.lastModified().isAfter(before));
    }

    private static long size(List<TaskFile> files, String path) {
        return files.stream()
                .filter(file -> file.path().equals(path))
                .findFirst()
                .orElseThrow()
                .size();
    }

    @Test
    void filesAreListedWhileTheTaskMakesAndRemovesThem() throws Exception {
        TaskKey key = bench().submit(
                        bench().job(pool()),
                        "t",
                        "touch begun; i=0; while [ $i -lt 150 ]; do mkdir -p a/b; touch a/b/$i a/c$i; rm -r a; i=$((i+1)); done");
        bench().await("the task's end", () -> {
            if (bench().task(key).node().isPresent()) {
                listUnlessTooEarly(key);
            }
            return bench().task(key).status().isFinal();
        });
        bench().succeeded(key);
    }

    private void listUnlessTooEarly(TaskKey key) {
        try {
            assertThat(bench().jobs().files(key)).isNotNull();
        } catch (BatchException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.NOT_FOUND);
        }
    }

    @Test
    void aTaskThatHasNotBeenOnANodeHasNoFiles() {
        TaskKey key = bench().submit(bench().job(bench().newPool()), "t", "true");
        assertNotFound(() -> bench().jobs().files(key));
        assertNotFound(() -> bench().jobs().readFile(key, TaskFile.STDOUT, 0));
    }

    @Test
    void theFilesOfANodeThatIsGoneAreGone() throws Exception {
        PoolId pool = bench().pool(1);
        TaskKey key = bench().submit(bench().job(pool), "t", "true");
        bench().succeeded(key);
        bench().pools().delete(pool);
        bench().await("the pool's end", () -> bench().pools().find(pool).isEmpty());
        assertNotFound(() -> bench().jobs().files(key));
        assertNotFound(() -> bench().jobs().readFile(key, TaskFile.STDOUT, 0));
    }

    @ParameterizedTest
    @CsvSource({"none", "wd/none", "stdout.txt/none", "wd"})
    void aFileThatIsNotThereIsToldSo(String path) throws Exception {
        TaskKey key = ended("true");
        assertNotFound(() -> bench().jobs().readFile(key, path, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "..",
                "../other",
                "wd/../../x",
                "/etc/passwd",
                "/no/such/file",
                "wd/file-link",
                "wd/folder-link/passwd"
            })
    void aPathThatLeavesTheTasksFolderIsRefused(String path) throws Exception {
        TaskKey key = ended("ln -s /etc/passwd file-link; ln -s /etc folder-link");
        assertRefused(ErrorCode.INVALID, () -> bench().jobs().readFile(key, path, 0));
    }
}
