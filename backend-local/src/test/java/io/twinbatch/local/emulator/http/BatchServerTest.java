package io.twinbatch.local.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchServerTest {
    private static final String VERSION = "?api-version=2024-07-01.20.0";

    private final BlockingQueue<Request> seen = new LinkedBlockingQueue<>();
    private final BatchServer server = open(0);

    private static final String FILE = "0123456789";

    private BatchServer open(int port) {
        return BatchServer.open(
                new ServerConfig(
                        "127.0.0.1",
                        port,
                        EmulatorConfig.DEFAULT_ACCOUNT,
                        EmulatorConfig.DEFAULT_KEY,
                        Set.of("batch.example"),
                        Optional.empty()),
                this::answer,
                Clock.systemUTC());
    }

    private Reply answer(Request request) {
        seen.add(request);
        return switch (request.path().get(0)) {
            case "file" ->
                new Reply(
                        200,
                        Map.of("Content-Type", "text/plain"),
                        new Reply.Bytes(
                                FILE.length(), () -> new ByteArrayInputStream(FILE.getBytes(StandardCharsets.UTF_8))));
            case "short" -> new Reply(200, Map.of(), new Reply.Bytes(100, () -> new ByteArrayInputStream(new byte[5])));
            case "none" -> Reply.empty(202, Map.of("ETag", "0x8D"));
            case "long" ->
                Reply.json(200, Map.of(), JsonNodeFactory.instance.objectNode().put("value", "x".repeat(5000)));
            case "missing" -> throw new ServiceFault(404, "PoolNotFound", "The specified pool does not exist.");
            case "lost" -> new Reply(200, Map.of(), new Reply.Lost());
            case "broken" -> throw new IllegalStateException("a mistake");
            default ->
                Reply.json(200, Map.of(), JsonNodeFactory.instance.objectNode().put("value", "ok"));
        };
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void anAnswerSaysWhoGaveIt() throws IOException {
        RawConnection.Answer answer = exchange(Signer.head(
                "GET", "/pools" + VERSION, Map.of("client-request-id", "mine", "return-client-request-id", "true")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("request-id").orElseThrow()).matches("[0-9a-f-]{36}");
        assertThat(answer.header("client-request-id")).contains("mine");
        assertThat(answer.header("dataserviceversion")).contains("3.0");
        assertThat(answer.header("content-type")).contains("application/json; odata=minimalmetadata");
        assertThat(answer.header("date")).isPresent();
        assertThat(answer.header("server")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"value\":\"ok\"}");
        assertThat(exchange(Signer.get("/pools")).header("client-request-id")).isEmpty();
    }

    @Test
    void anAnswerWithoutABodyHasNoType() throws IOException {
        RawConnection.Answer answer = exchange(Signer.get("/none"));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("etag")).contains("0x8D");
        assertThat(answer.header("content-type")).isEmpty();
        assertThat(answer.header("content-length")).contains("0");
    }

    @Test
    void aRefusalIsWordedAsTheServiceWordsIt() throws IOException {
        RawConnection.Answer answer = exchange(Signer.get("/missing"));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .startsWith("{\"odata.metadata\":\"http://localhost/$metadata#Microsoft.Azure.Batch.Protocol.Entities"
                        + ".Container.errors/@Element\",\"code\":\"PoolNotFound\",\"message\":{\"lang\":\"en-US\","
                        + "\"value\":\"The specified pool does not exist.\\nRequestId:"
                        + answer.header("request-id").orElseThrow() + "\\nTime:");
    }

    @Test
    void aMistakeOfTheEmulatorItselfIsAnsweredAndTakesNothingDown() throws IOException {
        assertThat(exchange(Signer.get("/broken")).status()).isEqualTo(500);
        assertThat(exchange(Signer.get("/pools")).status()).isEqualTo(200);
    }

    @Test
    void thePartsOfAPathAreDecodedAfterTheyAreTakenApart() throws Exception {
        exchange(Signer.get("/jobs/j/tasks/t/files/wd%2Fa%20b%2B+c%C3%BC.txt"));
        exchange(Signer.get("/jobs/"));
        exchange(Signer.get("/jobs//tasks"));

        assertThat(seen.take().path()).isEqualTo(List.of("jobs", "j", "tasks", "t", "files", "wd/a b++cü.txt"));
        assertThat(seen.take().path()).isEqualTo(List.of("jobs"));
        assertThat(seen.take().path()).isEqualTo(List.of("jobs", "", "tasks"));
    }

    @Test
    void parametersAreDecoded() throws Exception {
        exchange(Signer.get("/pools?%24filter=id%20eq%20'a%2Bb'&$select=id,+state&empty="));

        assertThat(seen.take().query())
                .containsEntry("$filter", "id eq 'a+b'")
                .containsEntry("$select", "id, state")
                .containsEntry("empty", "");
    }

    @Test
    void aBodyComesAsItWasSentInWhateverPieces() throws Exception {
        String body = "{\"id\":\"ü\"}";
        exchange(Signer.head(
                        "POST", "/jobs" + VERSION, Map.of("Content-Length", "11", "Content-Type", "application/json"))
                + body);
        exchange(Signer.head("POST", "/jobs" + VERSION, Map.of("Transfer-Encoding", "chunked"))
                + "4\r\n{\"id\r\n7\r\n\":\"ü\"}\r\n0\r\n\r\n");

        assertThat(seen.take().body()).isEqualTo(body);
        assertThat(seen.take().body()).isEqualTo(body);
    }

    @Test
    void aPackedBodyIsUnpackedAndOneThatIsTooLongThenIsRefused() throws Exception {
        assertThat(sendPacked(packed("{\"a\":1}".getBytes(StandardCharsets.UTF_8)))
                        .status())
                .isEqualTo(200);
        assertThat(seen.take().body()).isEqualTo("{\"a\":1}");
        assertThat(sendPacked(packed(new byte[50_000_000])).status()).isEqualTo(413);
        assertThat(sendPacked(new byte[] {1, 2, 3}).status()).isEqualTo(400);
        assertThat(exchange(Signer.head(
                                "POST", "/jobs" + VERSION, Map.of("Content-Encoding", "br", "Content-Length", "0")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aClientThatWaitsForAGoGetsOneOnlyWhenItsRequestIsAcceptable() throws IOException {
        Map<String, String> headers = Map.of("Content-Length", "2", "Expect", "100-continue");
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.head("POST", "/jobs" + VERSION, headers));
            assertThat(connection.answer().status()).isEqualTo(100);
            assertThat(connection.send("{}").answer().status()).isEqualTo(200);
        }
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(
                    "POST /jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
            assertThat(connection.answer().status()).isEqualTo(401);
        }
    }

    @Test
    void aBodyOverTheLimitIsRefusedAndItsSenderReadsTheRefusal() throws IOException {
        String tooLong = Integer.toString(RequestBody.MAX_BYTES * 5);
        RawConnection.Answer answer = exchange(Signer.head("POST", "/jobs" + VERSION, Map.of("Content-Length", tooLong))
                + "x".repeat(RequestBody.MAX_BYTES * 5));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.body()).contains("RequestBodyTooLarge", "{\"key\":\"MaxLimit\",\"value\":\"1048576\"}");
    }

    @Test
    void aBodyAtTheLimitIsAccepted() throws IOException {
        Map<String, String> headers = Map.of("Content-Length", Integer.toString(RequestBody.MAX_BYTES));
        String head = Signer.head("POST", "/jobs" + VERSION, headers);

        assertThat(exchange(head + "x".repeat(RequestBody.MAX_BYTES)).status()).isEqualTo(200);
    }

    @Test
    void aBodyThatIsNoTextIsRefused() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.head("POST", "/jobs" + VERSION, Map.of("Content-Length", "2")));
            assertThat(connection
                            .send(new byte[] {(byte) 0xff, (byte) 0xfe})
                            .answer()
                            .status())
                    .isEqualTo(400);
        }
    }

    @Test
    void longAnswersArePackedForThoseWhoAskForIt() throws IOException {
        for (String accept : List.of("gzip", "deflate, gzip;q=0.5", "gzip, br")) {
            RawConnection.Answer answer =
                    exchange(Signer.head("GET", "/long" + VERSION, Map.of("Accept-Encoding", accept)));
            byte[] unpacked = new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
            assertThat(answer.header("content-encoding")).contains("gzip");
            assertThat(unpacked).hasSize(5012);
        }
        for (String accept : List.of("gzip;q=0", "deflate", "identity", "xgzip")) {
            assertThat(exchange(Signer.head("GET", "/long" + VERSION, Map.of("Accept-Encoding", accept)))
                            .body())
                    .hasSize(5012);
        }
    }

    @Test
    void headNeverHasABody() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.head("HEAD", "/file" + VERSION, Map.of()));
            RawConnection.Answer file = connection.answer(true);
            assertThat(file.header("content-length")).contains("10");
            connection.send(Signer.head("HEAD", "/missing" + VERSION, Map.of()));
            assertThat(connection.answer(true).status()).isEqualTo(404);
            connection.send(Signer.head("HEAD", "/long" + VERSION, Map.of("Connection", "close")));
            assertThat(connection.answer(true).status()).isEqualTo(200);
            assertThat(connection.rest()).isEmpty();
        }
    }

    @Test
    void filesAreSentAsTheyAreAndOneThatShrinksBreaksTheConnection() throws IOException {
        RawConnection.Answer answer = exchange(Signer.get("/file"));
        assertThat(answer.body()).isEqualTo(FILE);
        assertThat(answer.header("content-type")).contains("text/plain");
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.get("/short"));
            assertThat(connection.answer().bytes()).hasSize(5);
        }
    }

    @Test
    void anAnswerThatIsToBeLostIsNotSent() throws Exception {
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.get("/lost"));
            assertThat(connection.rest()).isEmpty();
        }
        assertThat(seen.take().path()).isEqualTo(List.of("lost"));
    }

    @Test
    void requestsThatAreSentAheadAreAnsweredInOrder() throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            connection.send(Signer.get("/pools") + Signer.get("/missing") + Signer.get("/file"));
            assertThat(connection.answer().status()).isEqualTo(200);
            assertThat(connection.answer().status()).isEqualTo(404);
            assertThat(connection.answer().body()).isEqualTo(FILE);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GARBAGE\r\n\r\n",
                "GET /pools\r\n\r\n",
                "GET /pools HTTP/0.9\r\n\r\n",
                "GET /pools HTTP/1.1\r\n\r\n",
                "GET /pools HTTP/3.0\r\nHost: localhost\r\n\r\n",
                "GET /pools HTTP/9.9\r\nHost: localhost\r\n\r\n",
                "GET  HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%zz?api-version=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /%ff%fe HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a/%2e%2e/b HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /a;b=c/%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET /x?%zz=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://localhost:80/%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "GET http://[:::::/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nab",
                "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: rot13\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: miracles\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nNo colon\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\n : x\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: \u00ff\u0001\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
                "\u0016\u0003\u0001\u0002\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
            })
    void whatIsNoProperRequestIsRefusedAndNotAsTheServersFault(String request) throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            String answer = connection.send(request).end().rest();
            assertThat(answer).matches("(?s)HTTP/1\\.1 4\\d\\d.*");
        }
        assertThat(exchange(Signer.get("/pools")).status()).isEqualTo(200);
    }

    @Test
    void headersThatAreTooLongAreRefused() throws IOException {
        RawConnection.Answer many =
                exchange("GET / HTTP/1.1\r\nHost: localhost\r\n" + "X-Header: 0123456789\r\n".repeat(3000) + "\r\n");
        RawConnection.Answer target = exchange("GET /" + "x".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

        assertThat(many.status()).isEqualTo(431);
        assertThat(target.status()).isEqualTo(414);
        assertThat(many.body()).contains("\"code\":");
    }

    @Test
    void anybodyMayAskWhetherItIsWell() throws IOException {
        assertThat(exchange("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n").body())
                .isEqualTo("{\"status\":\"ok\"}");
        assertThat(exchange("DELETE /health HTTP/1.1\r\nHost: localhost\r\n\r\n")
                        .status())
                .isEqualTo(405);
    }

    @Test
    void aVersionHasToBeNamedAndKnown() throws IOException {
        RawConnection.Answer none = exchange(Signer.head("GET", "/pools", Map.of()));
        RawConnection.Answer other = exchange(Signer.head("GET", "/pools?api-version=2031-01-01.1.0", Map.of()));

        assertThat(none.status()).isEqualTo(400);
        assertThat(none.body()).contains("MissingRequiredQueryParameter", "api-version");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.body())
                .contains("UnsupportedRequestVersion", "2019-08-01.10.0, ", ", 2025-06-01, 2026-10-01.");
        assertThat(exchange(Signer.head("GET", "/pools?api-version=2018-12-01.8.0", Map.of()))
                        .body())
                .contains("UnsupportedRequestVersion");
        assertThat(exchange(Signer.head("GET", "/pools?api-version=2022-10-01.16.0", Map.of()))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownVerbAndAParameterGivenTwiceAreRefused() throws IOException {
        assertThat(exchange(Signer.head("TRACE", "/pools" + VERSION, Map.of())).status())
                .isEqualTo(405);
        assertThat(exchange(Signer.head("GET", "/pools" + VERSION + "&timeout=1&timeout=1", Map.of()))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aTakenPortIsSaidWithAWayOut() {
        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> open(server.address().getPort()))
                .withMessageContaining("choose another port");
    }

    private RawConnection.Answer exchange(String request) throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            return connection.send(request).answer();
        }
    }

    private RawConnection.Answer sendPacked(byte[] body) throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            Map<String, String> headers =
                    Map.of("Content-Encoding", "gzip", "Content-Length", Integer.toString(body.length));
            return connection
                    .send(Signer.head("POST", "/jobs" + VERSION, headers))
                    .send(body)
                    .answer();
        }
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
