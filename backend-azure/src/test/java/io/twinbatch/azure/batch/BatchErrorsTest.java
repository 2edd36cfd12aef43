package io.twinbatch.azure.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.azure.core.exception.ClientAuthenticationException;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.api.pool.PoolId;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchErrorsTest {
    private static BatchServiceException refusal(int status, String code) {
        return new BatchServiceException(status, code, "No luck.", Map.of("Key", "value"), "r-1", false, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ':',
            value = {
                "UNAUTHENTICATED: AuthenticationFailed InvalidAuthenticationInfo",
                "FORBIDDEN: AccountIsDisabled InsufficientAccountPermissions",
                "NOT_FOUND: PoolNotFound TaskNotFound JobNotFound JobScheduleNotFound NodeNotFound NodeUserNotFound"
                        + " ApplicationNotFound ResourceNotFound FileNotFound PathNotFound TaskFilesUnavailable"
                        + " TaskFilesCleanedup StorageAccountNotFound",
                "ALREADY_EXISTS: PoolExists JobExists TaskExists JobScheduleExists NodeUserExists ResourceAlreadyExists"
                        + " JobWithSameIdExists JobScheduleWithSameIdExists",
                "QUOTA: PoolQuotaReached ActiveJobAndScheduleQuotaReached AccountCoreQuotaReached",
                "THROTTLED: TooManyRequests TooManyEnableAutoScaleRequests ServerBusy",
                "UNAVAILABLE: InternalError OperationTimedOut IOError",
                "CONFLICT: ConditionNotMet PoolBeingDeleted PoolBeingCreated PoolBeingResized JobBeingDeleted"
                        + " JobBeingTerminated JobCompleted JobDisabled JobNotActive JobScheduleBeingDeleted"
                        + " JobScheduleBeingTerminated JobScheduleCompleted JobScheduleDisabled TaskCompleted"
                        + " OperationInvalidForCurrentState NodeBeingCreated NodeBeingStarted NodeBeingRebooted"
                        + " NodeBeingReimaged NodeStateUnusable NodeAlreadyInTargetSchedulingState NodeCountsMismatch"
                        + " JobPreparationTaskNotSpecified JobReleaseTaskNotSpecified JobPreparationTaskNotRunOnNode"
                        + " JobReleaseTaskNotRunOnNode",
                "INVALID: MissingRequiredHeader MissingRequiredProperty UnsupportedHeader UnsupportedProperty"
                        + " InvalidHeaderValue InvalidPropertyValue MissingRequiredQueryParameter"
                        + " UnsupportedQueryParameter InvalidQueryParameterValue OutOfRangeQueryParameterValue"
                        + " RequestUrlFailedToParse InvalidUri InvalidHttpVerb InvalidRequestBody InvalidInput"
                        + " OutOfRangeInput InvalidMetadata EmptyMetadataKey MetadataTooLarge"
                        + " MultipleConditionHeadersNotSupported HostInformationNotPresent UnsupportedRequestVersion"
                        + " OutOfRangePriority InvalidConstraintValue UnsupportedConstraint InvalidAutoScalingSettings"
                        + " AutoScalingFormulaSyntaxError AutoScaleFormulaTooLong InvalidApplicationPackageReferences"
                        + " InvalidRestAPIForAccountSetting UnsupportedHttpVerb TaskDependenciesNotSpecifiedOnJob"
                        + " TaskDependencyListTooLong TaskDependencyRangesTooLong TaskIdSameAsJobPreparationTask"
                        + " TaskIdSameAsJobReleaseTask ResourceTypeMismatch MissingContentLengthHeader RequestBodyTooLarge"
                        + " InvalidRange NotImplemented"
            })
    void everyDocumentedCodeMeansOneThingWhateverItsStatus(ErrorCode expected, String codes) {
        assertThat(codes.split(" ")).allSatisfy(code -> {
            assertThat(BatchErrors.codeOf(0, code)).isEqualTo(expected);
            assertThat(BatchErrors.codeOf(409, code)).isEqualTo(expected);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "304, CONFLICT",
        "400, INVALID",
        "401, UNAUTHENTICATED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "405, INVALID",
        "408, UNAVAILABLE",
        "409, CONFLICT",
        "411, INVALID",
        "412, CONFLICT",
        "413, INVALID",
        "416, INVALID",
        "418, UNKNOWN",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "501, INVALID",
        "502, UNAVAILABLE",
        "503, UNAVAILABLE",
        "504, UNAVAILABLE",
        "200, UNKNOWN"
    })
    void theStatusDecidesAboutACodeThatIsNotKnown(int status, ErrorCode expected) {
        assertThat(BatchErrors.codeOf(status, "NewInTheNextVersion")).isEqualTo(expected);
        assertThat(BatchErrors.codeOf(status, "")).isEqualTo(expected);
    }

    @Test
    void whatTheServiceSaidTravelsWithTheFailure() {
        BatchException failure = BatchErrors.translate("pool p", refusal(409, "PoolQuotaReached"));
        assertThat(failure.code()).isEqualTo(ErrorCode.QUOTA);
        assertThat(failure.resource()).isEqualTo("pool p");
        assertThat(failure.serviceError())
                .contains(new ServiceError(
                        "PoolQuotaReached", "No luck.", "r-1", Map.of("status", "409", "Key", "value")));
        assertThat(failure).hasMessageContaining("pool p: a quota").hasMessageContaining("[request r-1]");
    }

    @Test
    void aSignInThatFailsIsToldAsSuch() {
        assertThat(BatchErrors.translate("pools", new ClientAuthenticationException("no identity", null)))
                .hasMessageContaining("no identity")
                .extracting(BatchException::code)
                .isEqualTo(ErrorCode.UNAUTHENTICATED);
        BatchException ofTheCredential = new BatchException(ErrorCode.UNAUTHENTICATED, "sign-in", "run az login");
        assertThat(BatchErrors.translate("pools", new RuntimeException(ofTheCredential)))
                .isSameAs(ofTheCredential);
    }

    @Test
    void aServiceThatCannotBeReachedIsUnavailable() {
        for (IOException cause : new IOException[] {
            new ConnectException("refused"), new HttpTimeoutException("slow"), new IOException("reset")
        }) {
            BatchException failure = BatchErrors.translate("pools", new UncheckedIOException(cause));
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE);
            assertThat(failure).hasMessageContaining("the Batch service");
        }
    }

    @Test
    void anInterruptionIsKeptForTheCaller() {
        BatchException failure = BatchErrors.translate("pools", new RuntimeException(new InterruptedException()));
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failure.code()).isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void aFaultOfTheClientIsNotTakenForTheServices() {
        assertThat(BatchErrors.translate("pools", new IllegalStateException("bug"))
                        .code())
                .isEqualTo(ErrorCode.UNKNOWN);
    }

    @Test
    void aRefusalOfARealRequestIsTranslated() {
        try (StubBatchService service = new StubBatchService()) {
            service.on("GET /pools/p", Answer.error(403, "AuthenticationFailed", "Server failed to authenticate."));
            BatchException failure = catchThrowableOfType(
                    BatchException.class, () -> new BatchComputePool(service.client()).find(new PoolId("p")));
            assertThat(failure.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
            assertThat(failure.resource()).isEqualTo("pool p");
        }
    }
}
