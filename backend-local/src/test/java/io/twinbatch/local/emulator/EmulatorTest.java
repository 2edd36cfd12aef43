package io.twinbatch.local.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.proxy.HostName;
import io.twinbatch.local.emulator.http.JobTokens;
import io.twinbatch.local.emulator.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorTest {
    @TempDir
    private Path folder;

    @Test
    void aClientThatTrustsTheCertificateSignsInWithATokenOverHttps() throws Exception {
        try (Emulator emulator = open(https(Set.of()))) {
            HttpClient client = HttpClient.newBuilder()
                    .sslContext(trusting(emulator.certificate().orElseThrow()))
                    .build();
            URI pools = URI.create(emulator.endpoint() + "/pools?api-version=2024-07-01.20.0");
            HttpRequest request = HttpRequest.newBuilder(pools)
                    .header("Authorization", "Bearer " + token())
                    .timeout(Duration.ofSeconds(10))
                    .build();

            assertThat(emulator.endpoint().getScheme()).isEqualTo("https");
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(202);
        }
    }

    @Test
    void theCertificateIsKeptForThisUserAloneAndMadeAgainForAnotherName() throws IOException {
        String first = pemOf(https(Set.of()));
        String again = pemOf(https(Set.of()));
        String other = pemOf(https(Set.of("emulator.example", "10.1.2.3")));

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("tls/emulator.p12"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aDamagedCertificateIsMadeAgain() throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        Files.writeString(folder.resolve("tls/emulator.p12"), "damaged");

        assertThat(pemOf(https(Set.of()))).startsWith("-----BEGIN CERTIFICATE-----\n");
    }

    @Test
    void theEndpointIsWhereClientsOnThisMachineReachIt() {
        try (Emulator emulator = open(EmulatorConfig.onPort(0))) {
            assertThat(emulator.endpoint().toString()).matches("http://127\\.0\\.0\\.1:\\d+");
            assertThat(emulator.certificate()).isEmpty();
        }
        EmulatorConfig everywhere = new EmulatorConfig(
                "0.0.0.0", 0, EmulatorConfig.DEFAULT_ACCOUNT, EmulatorConfig.DEFAULT_KEY, Set.of(), Optional.empty());
        try (Emulator emulator = open(everywhere)) {
            assertThat(emulator.endpoint().getHost()).isEqualTo("127.0.0.1");
        }
    }

    @Test
    void whatCannotBeServedIsRefused() {
        assertInvalid("127.0.0.1", 70_000, "account1", "a2V5", "port");
        assertInvalid("127.0.0.1", 0, "Account", "a2V5", "lower-case");
        assertInvalid("127.0.0.1", 0, "account1", "not base64", "base64");
        assertInvalid("127.0.0.1", 0, "account1", "", "base64");
    }

    @Test
    void theWellKnownKeySaysWhatItIs() {
        byte[] key = Base64.getDecoder().decode(EmulatorConfig.DEFAULT_KEY);

        assertThat(key).hasSize(64);
        assertThat(new String(key, StandardCharsets.US_ASCII)).contains("public");
        assertThat(EmulatorConfig.onPort(0).toString()).doesNotContain(EmulatorConfig.DEFAULT_KEY);
    }

    private static void assertInvalid(String address, int port, String account, String key, String word) {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> new EmulatorConfig(address, port, account, key, Set.of(), Optional.empty()))
                .withMessageContaining(word);
    }

    private EmulatorConfig https(Set<String> names) {
        return new EmulatorConfig(
                HostName.LOOPBACK,
                0,
                EmulatorConfig.DEFAULT_ACCOUNT,
                EmulatorConfig.DEFAULT_KEY,
                names,
                Optional.of(folder.resolve("tls")));
    }

    private static Emulator open(EmulatorConfig config) {
        return Emulator.open(config, request -> Reply.empty(202, Map.of()), JobTokens.NONE, Clock.systemUTC());
    }

    private static String pemOf(EmulatorConfig config) throws IOException {
        try (Emulator emulator = open(config)) {
            return Files.readString(emulator.certificate().orElseThrow());
        }
    }

    private static SSLContext trusting(Path pem) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream bytes = Files.newInputStream(pem)) {
            store.setCertificateEntry(
                    "emulator", CertificateFactory.getInstance("X.509").generateCertificate(bytes));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String token() {
        String claims = "{\"aud\":\"https://batch.core.windows.net/\",\"exp\":"
                + Instant.now().plusSeconds(600).getEpochSecond() + "}";
        return encode("{\"alg\":\"RS256\"}") + "." + encode(claims) + ".c2ln";
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
