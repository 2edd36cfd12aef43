package io.twinbatch.task.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.task.FakeStore;
import io.twinbatch.task.FakeStore.Reply;
import io.twinbatch.task.TaskException;
import io.twinbatch.task.TaskExitCode;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stores here have names that cannot be resolved: what does not go to the proxy fails. */
class StoreRouteTest {
    private static final String STORE = "http://store.example.invalid/out?" + FakeStore.SECRET;
    private static final String SECURE_STORE = "https://store.example.invalid/out?" + FakeStore.SECRET;
    private static final String CREDENTIALS_IN_BASE64 = "dXNlcjpwQHNz";

    @TempDir
    private Path folder;

    private File file;

    @BeforeEach
    void write() throws IOException {
        file = Files.writeString(folder.resolve("result"), "content").toFile();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"})
    void anUploadGoesThroughTheProxyThatTheEnvironmentNames(String variable) throws Exception {
        try (FakeStore proxy = new FakeStore()) {
            upload(STORE, Map.of(variable, "http://user:p%40ss@" + authority(proxy)));

            assertThat(proxy.requests()).containsExactly("PUT http://store.example.invalid/out/x?" + FakeStore.SECRET);
            assertThat(proxy.contents()).containsEntry("/out/x", "content");
            assertThat(proxy.lastHeader("Proxy-authorization")).isEqualTo("Basic " + CREDENTIALS_IN_BASE64);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"no_proxy", "NO_PROXY"})
    void anExceptionOfTheEnvironmentIsReachedDirectly(String variable) throws Exception {
        try (FakeStore proxy = new FakeStore()) {
            TaskException failure =
                    failure(STORE, Map.of("HTTP_PROXY", "http://" + authority(proxy), variable, ".example.invalid"));

            assertThat(proxy.requests()).isEmpty();
            assertThat(failure).hasMessageContaining("the host name cannot be resolved");
            assertThat(failure.getMessage()).doesNotContain("proxy");
        }
    }

    @Test
    void thisMachineIsReachedDirectly() throws Exception {
        try (FakeStore proxy = new FakeStore();
                FakeStore store = new FakeStore()) {
            upload(store.signedUrl(), Map.of("HTTP_PROXY", "http://" + authority(proxy)));

            assertThat(proxy.requests()).isEmpty();
            assertThat(store.contents()).containsEntry("/account/out/x", "content");
        }
    }

    @Test
    void aProxyThatRefusesIsAskedOnceAndNamedWithItsVariable() throws Exception {
        try (FakeStore proxy = new FakeStore()) {
            proxy.plan(Reply.of(407));

            TaskException failure = failure(STORE, Map.of("HTTP_PROXY", "http://user:p%40ss@" + authority(proxy)));

            assertThat(proxy.requests()).hasSize(1);
            assertThat(failure.getMessage())
                    .contains("http://***@" + authority(proxy) + " (HTTP_PROXY)", "407", "user and password")
                    .doesNotContain("p@ss", "p%40ss", FakeStore.SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    void anUploadOverHttpsAsksForATunnelWithCredentialsAndARefusalEndsIt(String variable) throws Exception {
        List<String> heads = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket proxy = refusingProxy(heads)) {
            String authority = "127.0.0.1:" + proxy.getLocalPort();

            TaskException failure = failure(SECURE_STORE, Map.of(variable, "http://user:p%40ss@" + authority));

            assertThat(heads)
                    .anySatisfy(head -> assertThat(head)
                            .startsWith("CONNECT store.example.invalid:443 ")
                            .containsIgnoringCase("Proxy-Authorization: Basic " + CREDENTIALS_IN_BASE64));
            assertThat(failure.getMessage())
                    .contains("http://***@" + authority + " (" + variable + ")", "403")
                    .doesNotContain("tries", "p@ss");
        }
    }

    @Test
    void aMalformedSettingIsRefusedByItsNameAlone() throws TaskException {
        SignedContainer container = SignedContainer.parse(SECURE_STORE, "the signed URL");

        TaskException failure = catchThrowableOfType(
                TaskException.class, () -> StoreRoute.to(container, Map.of("HTTPS_PROXY", "socks5://secret:1")));

        assertThat(failure.code()).isEqualTo(TaskExitCode.USAGE);
        assertThat(failure).hasMessageContaining("HTTPS_PROXY").hasMessageNotContaining("secret");
    }

    /** Asks for a password first, as a proxy does; then refuses the store. */
    private static ServerSocket refusingProxy(List<String> heads) throws IOException {
        ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            while (!server.isClosed()) {
                try (Socket client = server.accept()) {
                    String head = head(client);
                    heads.add(head);
                    String status = head.toLowerCase(Locale.ROOT).contains("proxy-authorization")
                            ? "403 Forbidden\r\n"
                            : "407 Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n";
                    client.getOutputStream()
                            .write(("HTTP/1.1 " + status + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                    // The test has ended, or a client has left.
                }
            }
        });
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    private static String head(Socket client) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private static String authority(FakeStore server) {
        return URI.create(server.account()).getAuthority();
    }

    private void upload(String signedUrl, Map<String, String> environment) throws TaskException {
        SignedContainer container = SignedContainer.parse(signedUrl, "the signed URL");
        StoreRoute route = StoreRoute.to(container, environment);
        new Uploader(container, route, "results", Map.of(), UploadRetry.USUAL, millis -> {}).put("x", file);
    }

    private TaskException failure(String signedUrl, Map<String, String> environment) {
        return catchThrowableOfType(TaskException.class, () -> upload(signedUrl, environment));
    }
}
