package io.twinbatch.azure;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.azure.connection.ConnectionFailures;
import io.twinbatch.azure.connection.SignInFailures;
import java.util.List;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** Microsoft Entra ID, signed in to when somebody first needs a token; its failures say what to do. */
final class EntraSignIn implements TokenCredential {
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
        // What a proxy refuses is no refusal of the service.
        return ConnectionFailures.first(ConnectionFailures.causes(failure), BatchException.class)
                .or(() -> SignInFailures.in(List.of(failure)))
                .<RuntimeException>map(known -> known)
                .orElse(failure);
    }
}
