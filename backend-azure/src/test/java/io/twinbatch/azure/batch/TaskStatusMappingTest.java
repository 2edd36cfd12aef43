package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.job.TaskStatus;
import io.twinbatch.api.task.FailureInfo;
import io.twinbatch.azure.client.model.NameValue;
import io.twinbatch.azure.client.model.TaskModel.TaskExecutionInfo;
import io.twinbatch.azure.client.model.TaskModel.TaskFailureInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskStatusMappingTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    private static TaskExecutionInfo info(Integer exitCode, String failureCode, String result, int requeues) {
        TaskFailureInfo failure =
                failureCode == null ? null : new TaskFailureInfo("usererror", failureCode, "why", null);
        return new TaskExecutionInfo(START, null, exitCode, failure, 0, null, requeues, null, result);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                // state, requeues, exit code, failure code, result, expected
                "active, 0, -, -, -, queued",
                "Active, 2, -, -, -, lost its node and requeued",
                "preparing, 0, -, -, -, preparing",
                "running, 1, -, -, -, running",
                "completed, 0, 0, -, success, succeeded",
                "Completed, 0, 0, -, Success, succeeded",
                "completed, 0, 0, -, -, succeeded",
                "completed, 0, 3, FailureExitCode, failure, failed with exit code 3",
                "completed, 0, 3, -, failure, failed with exit code 3",
                "completed, 0, 137, SomethingNew, failure, failed with exit code 137",
                "completed, 0, -, TaskEnded, failure, stopped: TaskEnded: why",
                "completed, 0, 137, TaskEnded, failure, stopped: TaskEnded: why",
                "completed, 0, 0, TaskEnded, failure, stopped: TaskEnded: why",
                "completed, 0, -, BlobNotFound, failure, could not start: BlobNotFound: why",
                "completed, 0, -, BlobAccessDenied, failure, could not start: BlobAccessDenied: why",
                "completed, 0, -, BlobDownloadTimedOut, failure, could not start: BlobDownloadTimedOut: why",
                "completed, 0, -, BlobDownloadMiscError, failure, could not start: BlobDownloadMiscError: why",
                "completed, 0, -, ResourceFileWriteFailed, failure, could not start: ResourceFileWriteFailed: why",
                "completed, 0, -, DiskFull, failure, could not start: DiskFull: why",
                "completed, 0, -, ApplicationPackageError, failure, could not start: ApplicationPackageError: why",
                "completed, 0, -, CommandProgramNotFound, failure, could not start: CommandProgramNotFound: why",
                "completed, 0, 127, CommandLaunchFailed, failure, could not start: CommandLaunchFailed: why",
                "completed, 0, -, Unknown, failure, could not start: Unknown: why",
                "completed, 0, 0, FileUploadContainerNotFound, failure,"
                        + " 'ran (exit code 0), but its output could not be uploaded: FileUploadContainerNotFound: why'",
                "completed, 0, 5, FileUploadAccessDenied, failure,"
                        + " 'ran (exit code 5), but its output could not be uploaded: FileUploadAccessDenied: why'",
                "completed, 0, 0, SomethingNew, failure,"
                        + " 'ran (exit code 0), but its output could not be uploaded: SomethingNew: why'",
                "completed, 0, -, -, failure, stopped: : the service gives no reason",
                "completed, 0, -, -, -, stopped: : the service gives no reason",
                "-, 0, -, -, -, queued"
            })
    void eachWayToBeAndToEndIsToldApart(
            String state, int requeues, Integer exitCode, String failureCode, String result, String expected) {
        TaskStatus status = TaskStatusMapping.read(state, info(exitCode, failureCode, result, requeues));
        assertThat(status.describe()).isEqualTo(expected);
        assertThat(status.isFinal()).isEqualTo("completed".equalsIgnoreCase(state));
    }

    @Test
    void aFailuresDetailsAreKeptWithoutTheSignaturesOfUrls() {
        TaskFailureInfo failure = new TaskFailureInfo(
                "usererror",
                "BlobNotFound",
                "One of the blobs was not found",
                List.of(
                        new NameValue("BlobSource", "https://x.blob.core.windows.net/c/a?sv=2&sig=abc"),
                        new NameValue("FilePath", "wd/a"),
                        new NameValue("Empty", null)));
        TaskExecutionInfo info = new TaskExecutionInfo(null, null, null, failure, 0, null, 0, null, "failure");
        assertThat(TaskStatusMapping.read("completed", info))
                .isEqualTo(new TaskStatus.CouldNotStart(new FailureInfo(
                        "BlobNotFound",
                        "One of the blobs was not found",
                        Map.of(
                                "BlobSource",
                                "https://x.blob.core.windows.net/c/a?***",
                                "FilePath",
                                "wd/a",
                                "Empty",
                                ""))));
    }
}
