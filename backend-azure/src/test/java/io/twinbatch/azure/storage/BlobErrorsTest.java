package io.twinbatch.azure.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.TransferListener;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlobErrorsTest {
    private static final ContainerName CONTAINER = new ContainerName("inputs");
    private static final ObjectKey KEY = new ObjectKey(CONTAINER, "x");

    @ParameterizedTest
    @CsvSource({
        "400, InvalidInput, INVALID",
        "400, InvalidAuthenticationInfo, UNAUTHENTICATED",
        "401, NoAuthenticationInformation, UNAUTHENTICATED",
        "403, AuthenticationFailed, UNAUTHENTICATED",
        "403, AuthorizationPermissionMismatch, FORBIDDEN",
        "403, AuthorizationFailure, FORBIDDEN",
        "403, KeyBasedAuthenticationNotPermitted, FORBIDDEN",
        "404, BlobNotFound, NOT_FOUND",
        "404, ContainerNotFound, NOT_FOUND",
        "409, BlobAlreadyExists, ALREADY_EXISTS",
        "409, LeaseIdMissing, CONFLICT",
        "412, ConditionNotMet, CONFLICT",
        "413, RequestBodyTooLarge, INVALID",
        "416, InvalidRange, INVALID",
        "418, Teapot, UNKNOWN"
    })
    void anAnswerBecomesTheCodeThatACallerBranchesOn(int status, String code, ErrorCode expected, @TempDir Path folder)
            throws IOException {
        try (StubService service = StubService.failing(status, code, "No luck.")) {
            BatchException failure = fails(() -> service.store().get(KEY, folder.resolve("x"), TransferListener.NONE));

            assertThat(failure.code()).isEqualTo(expected);
            assertThat(failure.resource()).isEqualTo("object inputs/x");
            assertThat(failure.serviceError())
                    .contains(new ServiceError(code, "No luck.", "r-1", Map.of("status", Integer.toString(status))));
            assertThat(failure.getCause()).isNotNull();
            assertThat(service.requests()).isEqualTo(1);
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @ParameterizedTest
    @CsvSource({"429, TooManyRequests, THROTTLED", "503, ServerBusy, THROTTLED", "500, InternalError, UNAVAILABLE"})
    void aPassingFailureIsTriedAgainBeforeItIsReported(int status, String code, ErrorCode expected) throws IOException {
        try (StubService service = StubService.failing(status, code, "Later.")) {
            BatchException failure = fails(() -> service.store().containerExists(CONTAINER));

            assertThat(failure.code()).isEqualTo(expected);
            assertThat(service.requests()).isBetween(2, 6);
        }
    }

    @Test
    void anAnswerWithoutABodyStillTellsItsCode() throws IOException {
        try (StubService service = StubService.failing(403, "AuthenticationFailed", "Not shown.")) {
            BatchException failure = fails(() -> service.store().head(KEY));

            assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(failure.serviceError()).map(ServiceError::code).contains("AuthenticationFailed");
        }
    }

    @Test
    void azuritesWordForAWrongKeyIsUnderstood() throws IOException {
        String words = "Server failed to authenticate the request. Make sure the value is formed correctly.";
        try (StubService service = StubService.failing(403, "AuthorizationFailure", words)) {
            assertThat(fails(() -> service.store().containerExists(CONTAINER)).code())
                    .isEqualTo(ErrorCode.UNAUTHENTICATED);
        }
    }

    @Test
    void aContainerThatIsBeingDeletedIsInTheWay() throws IOException {
        try (StubService service = StubService.failing(409, "ContainerBeingDeleted", "Being deleted.")) {
            assertThat(fails(() -> service.store().createContainer(CONTAINER, Map.of()))
                            .code())
                    .isEqualTo(ErrorCode.CONFLICT);
            assertThat(service.store().containerExists(CONTAINER)).isFalse();
            assertThat(service.store().deleteContainer(CONTAINER)).isFalse();
        }
    }

    @Test
    void aConnectionThatFailsIsUnavailable() {
        for (Exception cause : new Exception[] {
            new ConnectException("refused"),
            new UnknownHostException("nowhere"),
            new HttpTimeoutException("slow"),
            new TimeoutException("slow"),
            new SSLHandshakeException("no trust"),
            new IOException("broken pipe")
        }) {
            assertThat(BlobErrors.translate("object x", new IllegalStateException(cause))
                            .code())
                    .as(cause.toString())
                    .isEqualTo(ErrorCode.UNAVAILABLE);
        }
    }

    @Test
    void anInterruptionIsKept() {
        BatchException failure =
                BlobErrors.translate("object x", new IllegalStateException(new InterruptedException()));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.getMessage()).contains("interrupted");
    }

    @Test
    void whatNobodyKnowsIsUnknownAndKeepsItsCause() {
        IllegalStateException cause = new IllegalStateException("what?");

        BatchException failure = BlobErrors.translate("object x", cause);

        assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN);
        assertThat(failure).hasCause(cause).hasMessageContaining("what?");
        assertThat(BlobErrors.translate("other", failure)).isSameAs(failure);
    }

    private static BatchException fails(Runnable call) {
        BatchException failure = catchThrowableOfType(BatchException.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
