package io.twinbatch.azure.stub;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;

/** An identity that is signed in, with a token that it remembers to have given. */
public final class FixedToken implements TokenCredential {
    /** The token. */
    public static final String TOKEN = "a-secret-token";

    private final List<String> scopes = new CopyOnWriteArrayList<>();

    @Override
    public Mono<AccessToken> getToken(TokenRequestContext request) {
        scopes.addAll(request.getScopes());
        return Mono.just(
                new AccessToken(TOKEN, OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
    }

    /** What tokens were asked for. */
    public List<String> scopes() {
        return List.copyOf(scopes);
    }
}
