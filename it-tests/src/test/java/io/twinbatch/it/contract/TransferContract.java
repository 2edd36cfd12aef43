package io.twinbatch.it.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.storage.TransferListener;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.OutputFile.Condition;
import io.twinbatch.api.task.ResourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Resource files that are fetched to the node, and output files that it uploads. */
abstract class TransferContract {
    private static final Duration HOUR = Duration.ofHours(1);

    private final Supplier<Workbench> workbench;

    @TempDir
    private Path folder;

    /** A suite that runs inside another one. */
    TransferContract(Supplier<Workbench> workbench) {
        this.workbench = workbench;
    }

    private Workbench bench() {
        return workbench.get();
    }

    private JobId job() {
        return bench().job(bench().sharedPool(1, 4));
    }

    private ObjectKey put(ContainerName container, String name, String content) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), content);
        ObjectKey key = new ObjectKey(container, name);
        bench().objects().put(key, file, Map.of(), TransferListener.NONE);
        return key;
    }

    private String content(ContainerName container, String name) throws IOException {
        Path file = folder.resolve("fetched");
        bench().objects().get(new ObjectKey(container, name), file, TransferListener.NONE);
        return Files.readString(file);
    }

    private SignedUrl reading(ObjectKey key) {
        return bench().objects().signRead(key, HOUR);
    }

    private SignedUrl writing(ContainerName container) {
        return bench().objects().signContainer(container, Set.of(AccessRight.CREATE, AccessRight.WRITE), HOUR);
    }

    private Task run(TaskSpec.Builder task) throws InterruptedException {
        return bench().ended(bench().submit(job(), task.build()));
    }

    private static void assertNoSignature(Task task, SignedUrl url) {
        assertThat(task.status().describe())
                .doesNotContain(url.url().getRawQuery())
                .doesNotContain("sig=");
    }

    @Test
    void resourceFilesAreInTheirPlacesBeforeTheTaskStarts() throws Exception {
        ContainerName container = bench().container();
        TaskKey key = bench().submit(
                        job(),
                        Workbench.shell("t", "find . -type f | sort; cat a.txt \"in/ü b.txt\"")
                                .resourceFiles(List.of(
                                        new ResourceFile(reading(put(container, "x", "one\n")), "a.txt"),
                                        new ResourceFile(reading(put(container, "y/ü", "two\n")), "in/ü b.txt"),
                                        new ResourceFile(reading(put(container, "z", "")), "in/deep/empty")))
                                .build());
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo("./a.txt\n./in/deep/empty\n./in/ü b.txt\none\ntwo\n");
    }

    @Test
    void aProgramThatIsAResourceFileCanBeRunAsItIs() throws Exception {
        ContainerName container = bench().container();
        ObjectKey program = put(container, "program", "#!/bin/sh\necho from the program $1\n");
        TaskKey key = bench().submit(
                        job(),
                        TaskSpec.builder("t", "./program argument")
                                .resourceFiles(List.of(new ResourceFile(reading(program), "program")))
                                .build());
        bench().succeeded(key);
        assertThat(bench().stdout(key)).isEqualTo("from the program argument\n");
    }

    @Test
    void aResourceFileThatIsMissingKeepsTheTaskFromStarting() throws Exception {
        SignedUrl url = reading(new ObjectKey(bench().container(), "missing"));
        Task task = run(TaskSpec.builder("t", "/bin/true")
                .maxRetries(3)
                .resourceFiles(List.of(new ResourceFile(url, "wanted.txt"))));
        assertThat(task.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(((TaskStatus.CouldNotStart) task.status()).failure().code()).isEqualTo("BlobNotFound");
        assertThat(task.status().describe()).contains("wanted.txt");
        assertThat(task.exitCode()).isEmpty();
        assertThat(task.retries()).isZero();
        assertNoSignature(task, url);
    }

    @Test
    void aResourceFileThatMayNotBeReadKeepsTheTaskFromStarting() throws Exception {
        ContainerName container = bench().container();
        put(container, "x", "x");
        SignedUrl container403 = writing(container);
        SignedUrl url = new SignedUrl(container403.ofObject("x"), Map.of(), container403.expires());
        Task task = run(TaskSpec.builder("t", "/bin/true").resourceFiles(List.of(new ResourceFile(url, "x"))));
        assertThat(task.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(((TaskStatus.CouldNotStart) task.status()).failure().code()).isEqualTo("BlobAccessDenied");
        assertNoSignature(task, url);
    }

    @Test
    void outputFilesAreThereWhenTheTaskCountsAsDone() throws Exception {
        ContainerName container = bench().container();
        SignedUrl url = writing(container);
        String script = "echo out; echo problem >&2; mkdir -p r/s; for i in 1 2 3; do echo $i > r/$i.csv; done; "
                + "echo 4 > r/s/4.csv; echo x > r/skipped.txt; echo whole > single";
        Task task = run(Workbench.shell("t", script)
                .outputFiles(List.of(
                        new OutputFile("single", url, "named/single.txt", Condition.COMPLETION),
                        new OutputFile("r/*.csv", url, "flat", Condition.COMPLETION),
                        new OutputFile("r/**/*.csv", url, "deep/", Condition.COMPLETION),
                        new OutputFile("../std*.txt", url, "logs", Condition.COMPLETION),
                        new OutputFile("*.nothing", url, "none", Condition.COMPLETION))));
        assertThat(task.status()).isEqualTo(new TaskStatus.Succeeded());
        assertThat(bench().objectNames(container))
                .containsExactly(
                        "deep/1.csv",
                        "deep/2.csv",
                        "deep/3.csv",
                        "deep/s/4.csv",
                        "flat/1.csv",
                        "flat/2.csv",
                        "flat/3.csv",
                        "logs/stderr.txt",
                        "logs/stdout.txt",
                        "named/single.txt");
        assertThat(content(container, "named/single.txt")).isEqualTo("whole\n");
        assertThat(content(container, "deep/s/4.csv")).isEqualTo("4\n");
        assertThat(content(container, "logs/stdout.txt")).isEqualTo("out\n");
        assertThat(content(container, "logs/stderr.txt")).isEqualTo("problem\n");
    }

    @ParameterizedTest
    @CsvSource({"0, always on-success", "7, always on-failure"})
    void outputFilesAreUploadedAfterTheEndingsThatTheyAreFor(int exitCode, String expected) throws Exception {
        ContainerName container = bench().container();
        SignedUrl url = writing(container);
        Task task = run(Workbench.shell("t", "echo x > f; exit " + exitCode)
                .outputFiles(List.of(
                        new OutputFile("f", url, "on-success", Condition.SUCCESS),
                        new OutputFile("f", url, "on-failure", Condition.FAILURE),
                        new OutputFile("f", url, "always", Condition.COMPLETION))));
        assertThat(task.exitCode()).hasValue(exitCode);
        assertThat(bench().objectNames(container)).containsExactly(expected.split(" "));
    }

    @Test
    void theOutputOfATaskThatCouldNotStartIsNotUploaded() throws Exception {
        ContainerName container = bench().container();
        Task task = run(TaskSpec.builder("t", "no-such-program")
                .outputFiles(List.of(new OutputFile("../*", writing(container), "", Condition.COMPLETION))));
        assertThat(task.status()).isInstanceOf(TaskStatus.CouldNotStart.class);
        assertThat(bench().objectNames(container)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3})
    void anUploadThatFailsIsItsOwnEnding(int exitCode) throws Exception {
        ContainerName missing = new ContainerName(bench().container() + "-gone");
        SignedUrl url = writing(missing);
        Task task = run(Workbench.shell("t", "echo x > f; exit " + exitCode)
                .maxRetries(0)
                .outputFiles(List.of(new OutputFile("f", url, "f", Condition.COMPLETION))));
        assertThat(task.status()).isInstanceOf(TaskStatus.UploadFailed.class);
        TaskStatus.UploadFailed failed = (TaskStatus.UploadFailed) task.status();
        assertThat(failed.exitCode()).isEqualTo(exitCode);
        assertThat(failed.failure().code()).isEqualTo("FileUploadContainerNotFound");
        assertThat(task.exitCode()).hasValue(exitCode);
        assertThat(bench().jobs().counts(task.key().job()).failed()).isEqualTo(1);
        assertNoSignature(task, url);
    }

    @Test
    void anUploadThatIsNotAllowedIsItsOwnEnding() throws Exception {
        ContainerName container = bench().container();
        SignedUrl readOnly = bench().objects().signContainer(container, Set.of(AccessRight.READ), HOUR);
        Task task = run(Workbench.shell("t", "echo x > f")
                .outputFiles(List.of(new OutputFile("f", readOnly, "f", Condition.SUCCESS))));
        assertThat(task.status()).isInstanceOf(TaskStatus.UploadFailed.class);
        assertThat(((TaskStatus.UploadFailed) task.status()).failure().code()).isEqualTo("FileUploadAccessDenied");
        assertNoSignature(task, readOnly);
    }

    @Test
    void nothingOutsideTheTasksFolderIsUploaded() throws Exception {
        ContainerName container = bench().container();
        SignedUrl url = writing(container);
        Task task = run(Workbench.shell("t", "ln -s /etc/passwd leak.txt; ln -s /etc etc; echo x > own.txt")
                .outputFiles(List.of(
                        new OutputFile("*.txt", url, "", Condition.SUCCESS),
                        new OutputFile("etc/passwd", url, "leak", Condition.SUCCESS),
                        new OutputFile("etc/*", url, "leaks", Condition.SUCCESS))));
        assertThat(task.status()).isEqualTo(new TaskStatus.Succeeded());
        assertThat(bench().objectNames(container)).containsExactly("own.txt");
    }
}
