package io.twinbatch.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.exception.ClientAuthenticationException;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import reactor.core.publisher.Mono;

/**
 * Microsoft Entra ID, whose failures say what to do. The libraries underneath report every way that they tried, in
 * dozens of lines; those stay in the cause.
 */
final class EntraSignIn implements TokenCredential {
    private static final Pattern REASON = Pattern.compile("AADSTS\\d+:[^\\r\\n]{0,200}");

    private final Supplier<TokenCredential> ways;
    private TokenCredential credential;

    /** Signs in in these ways, which are asked for once, when a token is first needed. */
    EntraSignIn(Supplier<TokenCredential> ways) {
        this.ways = ways;
    }

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        return Mono.defer(() -> credential().getToken(request))
                .onErrorMap(RuntimeException.class, EntraSignIn::translate);
    }

    @Override
    public AccessToken getTokenSync(TokenRequestContext request) {
        try {
            return credential().getTokenSync(request);
        } catch (RuntimeException e) {
            throw translate(e);
        }
    }

    private synchronized TokenCredential credential() {
        if (credential == null) {
            credential = ways.get();
        }
        return credential;
    }

    private static RuntimeException translate(RuntimeException failure) {
        if (!(failure instanceof ClientAuthenticationException)) {
            return failure;
        }
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
