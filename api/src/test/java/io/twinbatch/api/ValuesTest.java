package io.twinbatch.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.job.JobId;
import io.twinbatch.api.job.JobNodeTask;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.job.TaskCounts;
import io.twinbatch.api.job.TaskKey;
import io.twinbatch.api.job.TaskSpec;
import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.pool.IdlePolicy;
import io.twinbatch.api.pool.NodeState;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.pool.VmImage;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.api.task.NodePath;
import io.twinbatch.api.task.OutputFile;
import io.twinbatch.api.task.ResourceFile;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules that values keep from their making on. */
class ValuesTest {
    private static final ContainerName CONTAINER = new ContainerName("box");

    private static void assertInvalid(ThrowingCallable call) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(call)
                .returns(ErrorCode.INVALID, BatchException::code);
    }

    @Test
    void aJobOfAScheduleIsNamedByBoth() {
        assertThat(new JobId("schedule:job-17").value()).isEqualTo("schedule:job-17");
        for (String id : new String[] {"schedule:job-", ":job-1", "a:b", "a:job-1:job-2"}) {
            assertInvalid(() -> new JobId(id));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a b",
                "a.b",
                "a/b",
                "\u00e4",
                "12345678901234567890123456789012345678901234567890123456789012345"
            })
    void anIdOutsideTheAlphabetOrTooLongIsRefused(String id) {
        assertInvalid(() -> new PoolId(id));
        assertInvalid(() -> new JobId(id));
        assertInvalid(() -> new TaskKey(new JobId("job"), id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "-abc",
                "abc-",
                "a--b",
                "Abc",
                "a_c",
                "1234567890123456789012345678901234567890123456789012345678901234"
            })
    void anIllegalContainerNameIsRefused(String name) {
        assertInvalid(() -> new ContainerName(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "a-b", "1-2-3", "123456789012345678901234567890123456789012345678901234567890-12"})
    void aContainerNameHas3To63CharactersWithItsDashes(String name) {
        assertThat(new ContainerName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.", "a/", "/a", "a\\b", "a\nb", "../a", "a/../b", "./a", "a/./b"})
    void anIllegalObjectNameIsRefused(String name) {
        assertInvalid(() -> new ObjectKey(CONTAINER, name));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a/", "a//b", "..", "../a", "a/../b", "wd/../..", ".", "a\0b", "a\nb", "a\u001bb"})
    void aPathThatLeavesItsFolderIsRefused(String path) {
        SignedUrl url = new SignedUrl(URI.create("http://host/box?sig=secret"), Map.of(), Instant.EPOCH);
        assertInvalid(() -> NodePath.requireInside("file", path));
        assertInvalid(() -> new ResourceFile(url, path));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/../etc/passwd",
                "/a/../../etc",
                "..",
                "../",
                "../..",
                "../../x",
                "a/../b",
                "*/../../x",
                "../a/../../x",
                "a\0",
                "a\n"
            })
    void aPatternWithAWrongParentFolderIsRefused(String pattern) {
        SignedUrl url = new SignedUrl(URI.create("http://host/box?sig=secret"), Map.of(), Instant.EPOCH);
        assertInvalid(() -> new OutputFile(pattern, url, "", OutputFile.Condition.SUCCESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other/x", "a/../../other", "./a", "a\0", "a\r\nb"})
    void anOutputThatLeavesItsContainerIsRefused(String name) {
        SignedUrl url = new SignedUrl(URI.create("http://host/box?sig=secret"), Map.of(), Instant.EPOCH);
        assertInvalid(() -> new OutputFile("a", url, name, OutputFile.Condition.SUCCESS));
    }

    @ParameterizedTest
    @CsvSource({
        "../stdout.txt, logs",
        "/tmp/out/*.log, logs",
        "$HOME/{a,b}, ${X}",
        "**/*.csv, a/b/",
        "..data, ..x/y..",
        "../std*.txt, ''"
    })
    void aPatternOfTheDocumentedGrammarIsTaken(String pattern, String name) {
        SignedUrl url = new SignedUrl(URI.create("http://host/box?sig=secret"), Map.of(), Instant.EPOCH);
        assertThat(new OutputFile(pattern, url, name, OutputFile.Condition.SUCCESS).pattern())
                .isEqualTo(pattern);
    }

    @Test
    void aPathInsideItsFolderIsReturned() {
        assertThat(NodePath.requireInside("file", "a/..b/.c")).isEqualTo("a/..b/.c");
    }

    @Test
    void aSignedUrlShowsNoSignature() {
        SignedUrl url = new SignedUrl(URI.create("http://host/box?sig=secret"), Map.of(), Instant.EPOCH);

        assertThat(url.toString()).contains("http://host/box").doesNotContain("secret");
        assertThat(url.ofObject("a b/\u00e4+.txt")).hasToString("http://host/box/a%20b/%C3%A4%2B.txt?sig=secret");
    }

    @Test
    void numbersOfAPoolOutsideTheirRangeAreRefused() {
        PoolId id = new PoolId("p");
        assertInvalid(() -> PoolSpec.of(id, -1));
        assertInvalid(() -> PoolSpec.of(id, 1).withSlotsPerNode(0));
        assertInvalid(() -> PoolSpec.of(id, 1).withSlotsPerNode(257));
        assertThatIllegalArgumentException().isThrownBy(() -> new IdlePolicy.Release(Duration.ofMinutes(4)));
        assertThat(NodeState.IDLE.takesTasks()).isTrue();
        assertThat(NodeState.OFFLINE.takesTasks()).isFalse();
    }

    @Test
    void valuesOfAJobOutsideTheirRangeAreRefused() {
        JobSpec job = JobSpec.of(new JobId("j"), new PoolId("p"));
        assertInvalid(() -> job.withPriority(1001));
        assertInvalid(() -> job.withMaxTaskRetries(-1));
        assertInvalid(() -> job.withMaxWallClockTime(Duration.ZERO));
        JobNodeTask release = new JobNodeTask("x", List.of(), Map.of(), false);
        assertInvalid(() -> new JobSpec(
                job.id(),
                job.pool(),
                0,
                Optional.empty(),
                0,
                false,
                Optional.empty(),
                Optional.of(release),
                Map.of(),
                Map.of()));
    }

    @Test
    void valuesOfATaskOutsideTheirRangeAreRefused() {
        assertInvalid(() -> TaskSpec.builder("t", " ").build());
        assertInvalid(() -> TaskSpec.builder("t", "x").requiredSlots(0).build());
        assertInvalid(() -> TaskSpec.builder("t", "x").maxRetries(-1).build());
        assertInvalid(
                () -> TaskSpec.builder("t", "x").maxWallClockTime(Duration.ZERO).build());
        assertInvalid(() -> TaskSpec.builder("t", "x").dependsOn(Set.of("t")).build());
    }

    @Test
    void endingsAreToldFromStages() {
        assertThat(new TaskStatus.Running().isFinal()).isFalse();
        assertThat(new TaskStatus.Succeeded().isFinal()).isTrue();
        assertThat(new TaskStatus.Succeeded().isFailure()).isFalse();
        assertThat(new TaskStatus.Failed(3).describe()).isEqualTo("failed with exit code 3");
        assertThat(new TaskStatus.UploadFailed(0, FailureInfo.of("X", "no")).isFailure())
                .isTrue();
        assertThat(new TaskCounts(1, 2, 3, 4)).returns(7, TaskCounts::completed).returns(10, TaskCounts::total);
    }

    @Test
    void anExceptionQuotesTheProvider() {
        ServiceError error = new ServiceError("Quota", "too\nmany", "r-1", Map.of("limit", "5"));
        BatchException exception = new BatchException(ErrorCode.QUOTA, "pool p", "cannot be made", error, null);

        assertThat(exception).hasMessage("pool p: cannot be made (Quota: too many (limit=5) [request r-1])");
    }

    @Test
    void namesOfImagesAreToldApartWithoutTheirCase() {
        assertThat(new VmImage("Canonical", "Ubuntu-24_04-LTS", "Server")).isEqualTo(VmImage.UBUNTU_LTS);
    }
}
