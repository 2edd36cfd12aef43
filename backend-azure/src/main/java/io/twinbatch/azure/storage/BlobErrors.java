package io.twinbatch.azure.storage;

import com.azure.core.http.HttpHeaderName;
import com.azure.storage.blob.models.BlobStorageException;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.error.FailureReason;
import io.twinbatch.api.error.ServiceError;
import io.twinbatch.azure.connection.ConnectionFailures;
import io.twinbatch.azure.connection.KeyRefusals;
import io.twinbatch.azure.connection.SignInFailures;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place where a failure of the storage client becomes a {@link BatchException}. The service's codes are at <a
 * href="https://learn.microsoft.com/rest/api/storageservices/blob-service-error-codes">Blob service error codes</a>.
 */
final class BlobErrors {
    /** Wrong credentials come with 403 or 400 as often as with 401. */
    private static final Set<String> BAD_CREDENTIALS = Set.of(
            "AuthenticationFailed",
            "InvalidAuthenticationInfo",
            "NoAuthenticationInformation",
            "InvalidAuthorizationHeader");

    private static final Set<String> EXISTING =
            Set.of("ContainerAlreadyExists", "BlobAlreadyExists", "ResourceAlreadyExists");
    private static final Set<String> THROTTLING = Set.of("ServerBusy", "OperationTimedOut");
    private static final ConnectionFailures CONNECTION = new ConnectionFailures("the object store");
    private static final String MISSING_ROLE = "AuthorizationPermissionMismatch";
    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("x-ms-request-id");
    private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");
    private static final Pattern XML_MESSAGE = Pattern.compile("<Message>([^<]*)</Message>");

    private BlobErrors() {}

    /**
     * What a failed call means to the caller.
     *
     * @param resource the kind and name of what the call was about
     * @param failure what the call threw; a {@link BatchException} in it comes back as it is
     */
    static BatchException translate(String resource, Throwable failure) {
        List<Throwable> chain = ConnectionFailures.causes(failure);
        // A credential that cannot sign in says so itself, but the client may throw away all but the cause of that.
        Optional<BatchException> known =
                ConnectionFailures.first(chain, BatchException.class).or(() -> SignInFailures.in(chain));
        if (known.isPresent()) {
            return known.get();
        }
        Optional<BlobStorageException> answer = ConnectionFailures.first(chain, BlobStorageException.class);
        if (answer.isPresent()) {
            return fromAnswer(resource, answer.get());
        }
        return CONNECTION
                .translate(resource, failure)
                .orElseGet(() -> new BatchException(
                        ErrorCode.UNKNOWN,
                        resource,
                        "the object store's client failed: " + FailureReason.of(failure),
                        failure));
    }

    /** The service's error code of a failure, such as {@code BlobNotFound}; empty when it gave none. */
    static String serviceCode(BlobStorageException answer) {
        // A failed HEAD request has no body, and then the client knows the code from a header.
        if (answer.getErrorCode() != null) {
            return answer.getErrorCode().toString();
        }
        return find(XML_CODE, answer.getMessage()).orElse("");
    }

    private static BatchException fromAnswer(String resource, BlobStorageException answer) {
        String serviceCode = serviceCode(answer);
        String message = find(XML_MESSAGE, answer.getMessage())
                .map(BlobErrors::firstLine)
                .orElse("");
        // Azurite says AuthorizationFailure for a wrong key too; only its message distinguishes that from a missing
        // right.
        ErrorCode code = message.startsWith("Server failed to authenticate")
                ? ErrorCode.UNAUTHENTICATED
                : code(answer.getStatusCode(), serviceCode);
        ServiceError said = new ServiceError(
                serviceCode, message, requestId(answer), Map.of("status", Integer.toString(answer.getStatusCode())));
        return new BatchException(code, resource, words(code, serviceCode), said, answer);
    }

    private static ErrorCode code(int status, String serviceCode) {
        if (BAD_CREDENTIALS.contains(serviceCode)) {
            return ErrorCode.UNAUTHENTICATED;
        }
        if (THROTTLING.contains(serviceCode)) {
            return ErrorCode.THROTTLED;
        }
        return switch (status) {
            case 400, 411, 413, 414, 416 -> ErrorCode.INVALID;
            case 401 -> ErrorCode.UNAUTHENTICATED;
            case 403 -> ErrorCode.FORBIDDEN;
            case 404 -> ErrorCode.NOT_FOUND;
            case 409 -> EXISTING.contains(serviceCode) ? ErrorCode.ALREADY_EXISTS : ErrorCode.CONFLICT;
            case 412 -> ErrorCode.CONFLICT;
            case 429 -> ErrorCode.THROTTLED;
            case 507 -> ErrorCode.QUOTA;
            default -> status >= 500 ? ErrorCode.UNAVAILABLE : ErrorCode.UNKNOWN;
        };
    }

    private static String words(ErrorCode code, String serviceCode) {
        if (KeyRefusals.matches(serviceCode, Set.of())) {
            return KeyRefusals.WORDS;
        }
        if (serviceCode.equals(MISSING_ROLE)) {
            return "the identity that is signed in has no right to do it; assign it the role Storage Blob Data"
                    + " Contributor on the storage account, or sign in with the account's key";
        }
        return switch (code) {
            case NOT_FOUND -> "it does not exist";
            case ALREADY_EXISTS -> "it exists already";
            case INVALID -> "the object store refuses the request as malformed";
            case UNAUTHENTICATED ->
                "the object store does not accept the account's key or identity; check name, key or"
                        + " sign-in, and the clock of this machine";
            case FORBIDDEN -> "the object store does not allow it";
            case THROTTLED -> "the object store is too busy; try again later";
            case QUOTA -> "the object store is full";
            case UNAVAILABLE -> "the object store is failing; try again later";
            case CONFLICT -> "its state does not allow it now";
            case TIMEOUT, UNKNOWN -> "the object store answered with an error";
        };
    }

    private static String requestId(BlobStorageException answer) {
        if (answer.getResponse() == null) {
            return "";
        }
        String id = answer.getResponse().getHeaders().getValue(REQUEST_ID);
        return id == null ? "" : id;
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** The service puts its request id and the time on the lines below. */
    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("").strip();
    }
}
