package io.twinbatch.azure.batch;

import com.azure.core.exception.ClientAuthenticationException;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.azure.client.BatchServiceException;
import io.twinbatch.azure.connection.ConnectionFailures;
import io.twinbatch.azure.connection.KeyRefusals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one place where a failure of the Batch client becomes a {@link BatchException}. The service's codes are at <a
 * href="https://learn.microsoft.com/rest/api/batchservice/batch-status-and-error-codes">Batch status and error
 * codes</a>.
 */
public final class BatchErrors {
    private static final ConnectionFailures CONNECTION = new ConnectionFailures("the Batch service");
    private static final String QUOTA_SUFFIX = "QuotaReached";

    /** What each documented code means; the status decides about any other. */
    private static final Map<ErrorCode, Set<String>> CODES = Map.of(
            ErrorCode.UNAUTHENTICATED,
            Set.of("AuthenticationFailed", "InvalidAuthenticationInfo"),
            ErrorCode.FORBIDDEN,
            Set.of("AccountIsDisabled", "InsufficientAccountPermissions", "AuthorizationFailure"),
            ErrorCode.ALREADY_EXISTS,
            Set.of(
                    "PoolExists",
                    "JobExists",
                    "TaskExists",
                    "JobScheduleExists",
                    "JobWithSameIdExists",
                    "JobScheduleWithSameIdExists",
                    "NodeUserExists",
                    "ResourceAlreadyExists"),
            ErrorCode.NOT_FOUND,
            Set.of(
                    "PoolNotFound",
                    "JobNotFound",
                    "JobScheduleNotFound",
                    "TaskNotFound",
                    "NodeNotFound",
                    "NodeUserNotFound",
                    "ApplicationNotFound",
                    "ResourceNotFound",
                    "FileNotFound",
                    "PathNotFound",
                    "StorageAccountNotFound",
                    "TaskFilesUnavailable",
                    "TaskFilesCleanedup"),
            ErrorCode.THROTTLED,
            Set.of("TooManyRequests", "TooManyEnableAutoScaleRequests", "ServerBusy"),
            ErrorCode.UNAVAILABLE,
            Set.of("InternalError", "OperationTimedOut", "IOError"),
            ErrorCode.CONFLICT,
            Set.of(
                    "ConditionNotMet",
                    "PoolBeingCreated",
                    "PoolBeingDeleted",
                    "PoolBeingResized",
                    "JobBeingDeleted",
                    "JobBeingTerminated",
                    "JobCompleted",
                    "JobDisabled",
                    "JobNotActive",
                    "JobPreparationTaskNotSpecified",
                    "JobPreparationTaskNotRunOnNode",
                    "JobReleaseTaskNotSpecified",
                    "JobReleaseTaskNotRunOnNode",
                    "JobScheduleBeingDeleted",
                    "JobScheduleBeingTerminated",
                    "JobScheduleCompleted",
                    "JobScheduleDisabled",
                    "NodeAlreadyInTargetSchedulingState",
                    "NodeBeingCreated",
                    "NodeBeingRebooted",
                    "NodeBeingReimaged",
                    "NodeBeingStarted",
                    "NodeCountsMismatch",
                    "NodeStateUnusable",
                    "OperationInvalidForCurrentState",
                    "TaskCompleted"),
            ErrorCode.INVALID,
            Set.of(
                    "AutoScaleFormulaTooLong",
                    "AutoScalingFormulaSyntaxError",
                    "EmptyMetadataKey",
                    "HostInformationNotPresent",
                    "InvalidApplicationPackageReferences",
                    "InvalidAutoScalingSettings",
                    "InvalidConstraintValue",
                    "InvalidHeaderValue",
                    "InvalidHttpVerb",
                    "InvalidInput",
                    "InvalidMetadata",
                    "InvalidPropertyValue",
                    "InvalidQueryParameterValue",
                    "InvalidRange",
                    "InvalidRequestBody",
                    "InvalidRestAPIForAccountSetting",
                    "InvalidUri",
                    "MetadataTooLarge",
                    "MissingContentLengthHeader",
                    "MissingRequiredHeader",
                    "MissingRequiredProperty",
                    "MissingRequiredQueryParameter",
                    "MultipleConditionHeadersNotSupported",
                    "NotImplemented",
                    "OutOfRangeInput",
                    "OutOfRangePriority",
                    "OutOfRangeQueryParameterValue",
                    "RequestBodyTooLarge",
                    "RequestEntityTooLarge",
                    "RequestUrlFailedToParse",
                    "ResourceTypeMismatch",
                    "TaskDependenciesNotSpecifiedOnJob",
                    "TaskDependencyListTooLong",
                    "TaskDependencyRangesTooLong",
                    "TaskIdSameAsJobPreparationTask",
                    "TaskIdSameAsJobReleaseTask",
                    "UnsupportedConstraint",
                    "UnsupportedHeader",
                    "UnsupportedHttpVerb",
                    "UnsupportedProperty",
                    "UnsupportedQueryParameter",
                    "UnsupportedRequestVersion"));

    private BatchErrors() {}

    /**
     * What a failed call means to the caller.
     *
     * @param resource the kind and name of what the call was about
     * @param failure what the call threw; a {@link BatchException} in it comes back as it is
     */
    public static BatchException translate(String resource, Throwable failure) {
        List<Throwable> chain = ConnectionFailures.causes(failure);
        Optional<BatchException> known = ConnectionFailures.first(chain, BatchException.class);
        if (known.isPresent()) {
            // A credential that cannot sign in says so itself, inside what the client throws.
            return known.get();
        }
        Optional<BatchServiceException> refusal = ConnectionFailures.first(chain, BatchServiceException.class);
        if (refusal.isPresent()) {
            return of(codeOf(refusal.get()), resource, refusal.get());
        }
        Optional<ClientAuthenticationException> signIn =
                ConnectionFailures.first(chain, ClientAuthenticationException.class);
        if (signIn.isPresent()) {
            String message = "no sign-in to the Batch service: " + FailureReason.of(signIn.get());
            return new BatchException(ErrorCode.UNAUTHENTICATED, resource, message, failure);
        }
        return CONNECTION
                .translate(resource, failure)
                .orElseGet(() -> new BatchException(
                        ErrorCode.UNKNOWN,
                        resource,
                        "the client of the Batch service failed: " + FailureReason.of(failure),
                        failure));
    }

    /** A refusal under another code than the service's own, where an operation gives it another meaning. */
    static BatchException of(ErrorCode code, String resource, BatchServiceException refusal) {
        Map<String, String> details = new HashMap<>(refusal.values());
        details.put("status", Integer.toString(refusal.status()));
        ServiceError said = new ServiceError(refusal.code(), refusal.serviceMessage(), refusal.requestId(), details);
        return new BatchException(
                code, resource, isKeyRefusal(refusal) ? KeyRefusals.WORDS : words(code), said, refusal);
    }

    /** What a refusal means. */
    static ErrorCode codeOf(BatchServiceException refusal) {
        return isKeyRefusal(refusal) ? ErrorCode.FORBIDDEN : codeOf(refusal.status(), refusal.code());
    }

    private static boolean isKeyRefusal(BatchServiceException refusal) {
        return KeyRefusals.matches(refusal.code(), refusal.values().values());
    }

    /**
     * What a status and a code of the service mean.
     *
     * @param status the HTTP status; 0 when there is none, as for one task of a collection
     */
    static ErrorCode codeOf(int status, String serviceCode) {
        if (serviceCode.endsWith(QUOTA_SUFFIX)) {
            return ErrorCode.QUOTA;
        }
        return CODES.entrySet().stream()
                .filter(entry -> entry.getValue().contains(serviceCode))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseGet(() -> byStatus(status));
    }

    private static ErrorCode byStatus(int status) {
        return switch (status) {
            case 400, 405, 411, 413, 414, 415, 416, 501 -> ErrorCode.INVALID;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 304, 409, 412 -> ErrorCode.CONFLICT;
            case 408 -> ErrorCode.UNAVAILABLE;
            case 429 -> ErrorCode.THROTTLED;
            default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.UNKNOWN;
        };
    }

    private static String words(ErrorCode code) {
        return switch (code) {
            case NOT_FOUND -> "it does not exist";
            case ALREADY_EXISTS -> "it exists already";
            case INVALID -> "the Batch service refuses the request as wrong";
            case UNAUTHENTICATED ->
                "the Batch service does not accept the account's key or identity; check account, key or sign-in, and the"
                        + " clock of this machine";
            case FORBIDDEN -> "the Batch service does not allow it";
            case THROTTLED -> "the Batch service is too busy; try again later";
            case QUOTA -> "a quota of the Batch account is used up; delete what is not needed, or ask for more";
            case UNAVAILABLE -> "the Batch service is failing; try again later";
            case CONFLICT -> "its state does not allow it now";
            case TIMEOUT, UNKNOWN -> "the Batch service answered with something unexpected";
        };
    }
}
