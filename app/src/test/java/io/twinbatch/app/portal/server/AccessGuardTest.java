package io.twinbatch.app.portal.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.app.portal.server.AccessGuard.Decision;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessGuardTest {
    private static final String HOST = "127.0.0.1:10180";

    private final AccessToken token = AccessToken.random();
    private final AccessGuard guard = new AccessGuard(token, Set.of("lab-7"), 10_180);
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", HOST));
    private Map<String, String> cookies = Map.of();

    private Decision get(String given) {
        return decide("GET", Optional.ofNullable(given));
    }

    private Decision decide(String method, Optional<String> given) {
        return guard.decide(method, name -> Optional.ofNullable(headers.get(name)), cookies, given);
    }

    /** Comes with the token, and keeps the cookie. */
    private String signIn() {
        String cookie = ((Decision.SignedIn) get(token.value())).cookie();
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        cookies = Map.of(pair[0], pair[1]);
        return cookie;
    }

    private static int status(Decision decision) {
        return decision instanceof Decision.Refused refused ? refused.status() : 200;
    }

    @Test
    void nobodyGetsInWithoutTheToken() {
        assertThat(status(get(null))).isEqualTo(401);
        assertThat(status(get(""))).isEqualTo(401);
        assertThat(status(get(AccessToken.random().value()))).isEqualTo(401);
        cookies = Map.of("twinbatch-portal-10180", token.value());
        assertThat(status(get(null))).as("the token is no cookie").isEqualTo(401);
    }

    @Test
    void theTokenIsExchangedForACookieThatNoScriptAndNoOtherSiteCanUse() {
        String cookie = signIn();

        assertThat(cookie)
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=/")
                .doesNotContain(token.value());
        assertThat(get(null)).isEqualTo(new Decision.Pass());
    }

    @Test
    void aCookieOfAnotherPortalOnThisMachineIsNoUse() {
        signIn();

        AccessGuard other = new AccessGuard(AccessToken.random(), Set.of(), 10_181);

        assertThat(status(
                        other.decide("GET", name -> Optional.ofNullable(headers.get(name)), cookies, Optional.empty())))
                .isEqualTo(401);
    }

    @Test
    void aProgramSendsTheTokenInAHeader() {
        headers.put("Authorization", "Bearer " + token.value());

        assertThat(get(null)).isEqualTo(new Decision.Pass());
        headers.put("Authorization", "Bearer x");
        assertThat(status(get(null))).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"127.0.0.1:10180", "localhost", "LOCALHOST:10180", "[::1]:10180", "lab-7:10180", "a.localhost"})
    void itAnswersByItsOwnNames(String host) {
        signIn();
        headers.put("Host", host);

        assertThat(status(get(null))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"evil.example", "127.0.0.1.evil.example", "evil.example:10180", "localhost@evil.example", "", " "
            })
    void aNameOfAnotherSiteThatLeadsHereIsRefusedAlsoWithTheToken(String host) {
        signIn();
        headers.put("Host", host);

        assertThat(status(get(null))).isEqualTo(403);
        assertThat(status(get(token.value()))).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, http://evil.example",
        "Origin, null",
        "Origin, https://127.0.0.1:10180",
        "Origin, http://127.0.0.1:8080",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void whatAPageOfAnotherSiteSendsIsRefused(String header, String value) {
        signIn();
        headers.put(header, value);

        assertThat(status(get(null))).isEqualTo(403);
    }

    @Test
    void aLinkFromElsewhereOpensAPageAndNothingElseIsChangedFromElsewhere() {
        signIn();
        headers.putAll(
                Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document"));
        assertThat(status(get(null))).isEqualTo(200);
        headers.put("Sec-Fetch-Dest", "iframe");
        assertThat(status(get(null))).isEqualTo(403);

        headers.keySet().retainAll(Set.of("Host"));
        assertThat(status(decide("POST", Optional.empty())))
                .as("a form names its origin")
                .isEqualTo(403);
        headers.put("Origin", "http://" + HOST);
        assertThat(status(decide("POST", Optional.empty()))).isEqualTo(200);
    }
}
