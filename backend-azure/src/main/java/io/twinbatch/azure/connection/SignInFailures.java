package io.twinbatch.azure.connection;

import com.azure.core.exception.ClientAuthenticationException;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one place where a failure to sign in with Microsoft Entra ID becomes a {@link BatchException}. The libraries report
 * every way that they tried, in dozens of lines; those stay in the cause.
 */
public final class SignInFailures {
    private static final Pattern REASON = Pattern.compile("AADSTS\\d+:[^\\r\\n]{0,200}");

    private SignInFailures() {}

    /**
     * What a failure to sign in means to the caller; empty when there is none among the causes.
     *
     * @param causes a failure and its causes
     */
    public static Optional<BatchException> in(List<Throwable> causes) {
        return ConnectionFailures.first(causes, ClientAuthenticationException.class)
                .map(SignInFailures::translate);
    }

    private static BatchException translate(ClientAuthenticationException failure) {
        Matcher reason = REASON.matcher(String.valueOf(failure.getMessage()));
        return new BatchException(
                ErrorCode.UNAUTHENTICATED,
                "Microsoft Entra ID",
                "signing in did not work"
                        + (reason.find() ? " (" + reason.group().strip() + ")" : "")
                        + "; run az login, or set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET of a service"
                        + " principal, or use the accounts' keys (AZURE_BATCH_ACCESS_KEY, AZURE_STORAGE_KEY)",
                failure);
    }
}
