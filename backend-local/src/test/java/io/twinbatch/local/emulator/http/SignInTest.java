package io.twinbatch.local.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.local.emulator.EmulatorConfig;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures were computed by another program, in another language, from the service's description. */
class SignInTest {
    private static final String DATE = "Fri, 20 Nov 2026 12:00:00 GMT";
    private static final Instant NOW = Instant.parse("2026-11-20T12:01:00Z");
    private static final String TASK_TOKEN = "token-of-a-task-that-runs";
    private static final String POOLS = "/pools?api-version=2024-07-01.20.0";
    private static final String POOLS_SIGNATURE = "8ElnzxtJ09JI82eKG9UKfv2/mvt7b5xtpASzL9BjJVU=";

    @Test
    void aPlainRequestIsLetThrough() {
        check(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", DATE)), NOW);
    }

    @Test
    void anEscapedSlashTheServicesOwnDateAndItsOwnRangeAreSignedAsTheyAreSent() {
        Map<String, String> headers = Map.of(
                "ocp-date", DATE,
                "date", "Fri, 20 Nov 2026 11:59:59 GMT",
                "ocp-range", "bytes=0-9",
                "content-length", "0",
                "client-request-id", "unsigned");

        check(
                request(
                        "GET",
                        "/jobs/j1/tasks/t%2F1/files/wd%2Fout.txt?api-version=2022-10-01.16.0&timeout=30",
                        "4zm5cPWyizTpttsG0BX9VjUST0+oypwmg6WHECGxqZI=",
                        headers),
                NOW);
    }

    @Test
    void aBodyIsSignedByItsLengthAndType() {
        Map<String, String> headers = Map.of(
                "ocp-date",
                DATE,
                "content-length",
                "2",
                "content-type",
                "application/json; odata=minimalmetadata; charset=utf-8");

        check(
                request(
                        "POST",
                        "/jobs?timeout=30&api-version=2024-07-01.20.0",
                        "f7CxRXpH0gHcKxu+Lm667OSpu2rnivRUHQPrl8OB6AA=",
                        headers),
                NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/pools?%24filter=state%20eq%20%27active%27&$select=id%2C%20state&api-version=2024-07-01.20.0",
                "/pools?api-version=2024-07-01.20.0&$select=id,+state&$filter=state%20eq%20'active'"
            })
    void parametersAreSignedDecodedAndInOrderHoweverTheyAreSent(String target) {
        check(request("GET", target, "9/NhVCzHL3PqgQrQUDBQQlntwzbAPaj0Gft5+Gt2Jc0=", Map.of("date", DATE)), NOW);
    }

    @Test
    void conditionsAreSigned() {
        Map<String, String> headers = Map.of(
                "date", DATE,
                "if-match", "0x8D",
                "if-unmodified-since", DATE,
                "content-length", "2",
                "content-type", "application/json");

        check(
                request(
                        "PATCH",
                        "/pools/p?api-version=2024-07-01.20.0",
                        "9At6UNQvqAXljuzJCzgcSU4JSOLx5i3E84/JJZJ46qA=",
                        headers),
                NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0d0fgimINImP7Q8+I0HIKXw1Cfr0iVXXrPZQQkK72ig=", "I+D3x+w30yc1WDFhdMFbPLWwwDZchd049/1ORdgO+xk="})
    void aPlusIsSignedAsWhatItStandsForOrAsTheJavaClientsReadIt(String signature) {
        check(request("GET", "/pools?api-version=2024-07-01.20.0&$filter=a%2Bb", signature, Map.of("date", DATE)), NOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T12:15:01Z", "2026-11-20T11:44:59Z", "2027-11-20T12:00:00Z"})
    void aRequestOfAnotherTimeIsRefused(String now) {
        ServiceFault fault = refusal(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", DATE)), Instant.parse(now));

        assertThat(fault.status()).isEqualTo(403);
        assertThat(fault.code()).isEqualTo("AuthenticationFailed");
        assertThat(fault.values().get("AuthenticationErrorDetail")).contains("15 minutes");
    }

    @Test
    void whatWasChangedAfterSigningIsRefused() {
        assertRefused(request("DELETE", POOLS, POOLS_SIGNATURE, Map.of("date", DATE)));
        assertRefused(request("GET", POOLS + "&timeout=1", POOLS_SIGNATURE, Map.of("date", DATE)));
        assertRefused(request("GET", POOLS.replace("pools", "jobs"), POOLS_SIGNATURE, Map.of("date", DATE)));
        assertRefused(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", DATE.replace("12:00:00", "12:00:01"))));
        assertRefused(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", DATE, "if-match", "*")));
        assertRefused(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", DATE, "ocp-range", "bytes=0-1")));
        assertRefused(request("GET", POOLS, "AElnzxtJ09JI82eKG9UKfv2/mvt7b5xtpASzL9BjJVU=", Map.of("date", DATE)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SharedKey",
                "SharedKey ",
                "SharedKey twinbatchdev",
                "SharedKey :",
                "SharedKey other:8ElnzxtJ09JI82eKG9UKfv2/mvt7b5xtpASzL9BjJVU=",
                "SharedKey twinbatchdev:",
                "SharedKeyLite twinbatchdev:8ElnzxtJ09JI82eKG9UKfv2/mvt7b5xtpASzL9BjJVU=",
                "Basic dTpw",
                ""
            })
    void aHeaderOfAnotherFormIsRefused(String authorization) {
        HttpExchange request = withAuthorization("GET", POOLS, List.of(authorization), Map.of("date", DATE), false);

        assertThat(refusal(request, NOW).status()).isEqualTo(403);
    }

    @Test
    void aRequestWithoutASignatureIsAskedForOneAndOneWithTwoIsRefused() {
        ServiceFault fault = refusal(withAuthorization("GET", POOLS, List.of(), Map.of("date", DATE), false), NOW);
        String authorization = "SharedKey twinbatchdev:" + POOLS_SIGNATURE;

        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.headers()).containsKey("WWW-Authenticate");
        assertThat(refusal(
                                withAuthorization(
                                        "GET",
                                        POOLS,
                                        List.of(authorization, authorization),
                                        Map.of("date", DATE),
                                        false),
                                NOW)
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-11-20T12:00:00Z", "Fri, 99 Nov 2026 12:00:00 GMT"})
    void aRequestWithoutALegibleDateIsRefused(String date) {
        assertRefused(request("GET", POOLS, POOLS_SIGNATURE, Map.of("date", date)));
        assertRefused(request("GET", POOLS, POOLS_SIGNATURE, Map.of()));
    }

    @Test
    void noRefusalTellsTheKeyOrTheRightSignature() {
        ServiceFault fault = refusal(request("GET", POOLS, "x", Map.of("date", DATE)), NOW);

        assertThat(fault.getMessage() + fault.values())
                .doesNotContain(EmulatorConfig.DEFAULT_KEY)
                .doesNotContain(POOLS_SIGNATURE);
    }

    @Test
    void aTokenForTheServiceIsAcceptedOverHttps() {
        long later = NOW.getEpochSecond() + 60;

        checkToken(claims("https://batch.core.windows.net/", later), true);
        checkToken(claims("https://batch.core.windows.net", later), true);
    }

    @Test
    void aTokenIsRefusedOverHttpForAnotherAudienceExpiredOrOfAnotherShape() {
        long later = NOW.getEpochSecond() + 60;

        assertTokenRefused(claims("https://batch.core.windows.net/", later), false, "HTTPS");
        assertTokenRefused(claims("https://management.azure.com/", later), true, "audience");
        assertTokenRefused(claims("https://batch.core.windows.net/", NOW.getEpochSecond()), true, "expired");
        assertTokenRefused("{\"aud\":\"https://batch.core.windows.net/\"}", true, "expires");
        assertTokenRefused("[]", true, "claims");
        assertTokenRefused("{", true, "claims");
    }

    private static String claims(String audience, long expiry) {
        return "{\"aud\":\"" + audience + "\",\"exp\":" + expiry + "}";
    }

    private static void checkToken(String claims, boolean secure) {
        check(withAuthorization("GET", POOLS, List.of("Bearer " + token(claims)), Map.of(), secure), NOW);
    }

    private static void assertTokenRefused(String claims, boolean secure, String word) {
        ServiceFault fault =
                refusal(withAuthorization("GET", POOLS, List.of("Bearer " + token(claims)), Map.of(), secure), NOW);

        assertThat(fault.status()).isEqualTo(401);
        assertThat(fault.values().get("AuthenticationErrorDetail")).contains(word);
    }

    private static String token(String claims) {
        return encode("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "." + encode(claims) + ".c2ln";
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(HttpExchange request) {
        assertThat(refusal(request, NOW).status()).isEqualTo(403);
    }

    private static ServiceFault refusal(HttpExchange request, Instant now) {
        return catchThrowableOfType(ServiceFault.class, () -> signIn(now).check(request));
    }

    private static void check(HttpExchange request, Instant now) {
        assertThatCode(() -> signIn(now).check(request)).doesNotThrowAnyException();
    }

    private static SignIn signIn(Instant now) {
        SharedKey key = new SharedKey(EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY);
        return new SignIn(key, SignInTest::job, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static Optional<String> job(String token) {
        return token.equals(TASK_TOKEN) ? Optional.of("s:job-1") : Optional.empty();
    }

    private static HttpExchange ofTask(String method, String target, String token) {
        return withAuthorization(method, target, List.of("Bearer " + token), Map.of(), false);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /jobs/s:job-1?a=b",
        "GET, /jobs/S%3AJob-1/tasks?a=b",
        "POST, /jobs/s:job-1/tasks?a=b",
        "POST, /jobs/s:job-1/terminate?a=b",
        "DELETE, /jobs/s:job-1/tasks/t?a=b"
    })
    void theTokenOfATaskAllowsTheOperationsOnItsJob(String method, String target) {
        check(ofTask(method, target, TASK_TOKEN), NOW);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/jobs?a=b",
                "/jobs/other?a=b",
                "/jobs/s:job-1%2Ftasks?a=b",
                "/jobs/../pools?a=b",
                "/pools?a=b",
                "/pools/p/nodes?a=b",
                "/jobschedules/s/jobs?a=b"
            })
    void theTokenOfATaskAllowsNothingElse(String target) {
        ServiceFault fault = refusal(ofTask("GET", target, TASK_TOKEN), NOW);
        assertThat(fault.status()).isEqualTo(403);
        assertThat(fault.code()).isEqualTo("InsufficientAccountPermissions");
        assertThat(fault.getMessage()).doesNotContain(TASK_TOKEN);
    }

    @Test
    void anUnknownTokenIsNoTokenOfATask() {
        ServiceFault fault = refusal(ofTask("GET", "/jobs/s:job-1?a=b", TASK_TOKEN + "x"), NOW);
        assertThat(fault.status()).isEqualTo(401);
    }

    private static HttpExchange request(String method, String target, String signature, Map<String, String> headers) {
        return withAuthorization(method, target, List.of("SharedKey twinbatchdev:" + signature), headers, false);
    }

    private static HttpExchange withAuthorization(
            String method, String target, List<String> authorization, Map<String, String> headers, boolean secure) {
        Map<String, List<String>> all = new HashMap<>();
        headers.forEach((name, value) -> all.put(name, List.of(value)));
        if (!authorization.isEmpty()) {
            all.put("authorization", authorization);
        }
        String[] parts = target.split("\\?", 2);
        return new HttpExchange(method, parts[0], parts[1], all, secure, "127.0.0.1:10100");
    }
}
