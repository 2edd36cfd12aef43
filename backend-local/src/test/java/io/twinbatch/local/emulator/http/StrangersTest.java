package io.twinbatch.local.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that a browser sends for a page of another host, by that page's wish or by a name that leads here. */
class StrangersTest {
    private static final String VERSION = "?api-version=2024-07-01.20.0";

    private final BatchServer server = BatchServer.open(
            new ServerConfig(
                    "127.0.0.1",
                    0,
                    EmulatorConfig.DEFAULT_ACCOUNT,
                    EmulatorConfig.DEFAULT_KEY,
                    Set.of("batch.example"),
                    Optional.empty()),
            request -> Reply.json(200, Map.of(), JsonNodeFactory.instance.objectNode()),
            Clock.systemUTC());

    @AfterEach
    void close() {
        server.close();
    }

    private RawConnection.Answer exchange(String request) throws IOException {
        try (RawConnection connection = new RawConnection(server.address())) {
            return connection.send(request).answer();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "127.0.0.1:10100", "127.1.2.3", "[::1]:1", "me.localhost:10100", "BATCH.example"})
    void theEmulatorsOwnNamesAreServed(String host) throws IOException {
        assertThat(exchange(Signer.head("GET", "/pools" + VERSION, Map.of("Host", host)))
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "10.0.0.1",
                "localhost.evil.example",
                "127.0.0.1.evil.example",
                "[::2]",
                "0x7f.1",
                "127.0.0.1.nip.io",
                "evillocalhost",
                "localhost.",
                "2130706433",
                "127.1",
                "0.0.0.0"
            })
    void otherNamesAreNot(String host) throws IOException {
        assertThat(exchange(Signer.head("GET", "/pools" + VERSION, Map.of("Host", host)))
                        .status())
                .isEqualTo(403);
        assertThat(exchange("GET /health HTTP/1.1\r\nHost: " + host + "\r\n\r\n")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void pagesOfOtherHostsAreNotServed() throws IOException {
        for (String origin : List.of("https://evil.example", "null", "http://localhost:3000")) {
            assertThat(exchange(Signer.head("GET", "/pools" + VERSION, Map.of("Origin", origin)))
                            .status())
                    .isEqualTo(403);
        }
        assertThat(exchange(Signer.head("GET", "/pools" + VERSION, Map.of("Origin", "http://localhost")))
                        .status())
                .isEqualTo(200);
    }

    /** Before a page of another host may send what signs a request, its browser asks; and is not told yes. */
    @Test
    void aBrowsersQuestionForAnotherHostsPageIsNotAnsweredYes() throws IOException {
        for (String origin : List.of("https://evil.example", "null", "http://localhost:3000", "http://127.0.0.1")) {
            RawConnection.Answer answer =
                    exchange("OPTIONS /pools" + VERSION + " HTTP/1.1\r\nHost: localhost\r\nOrigin: "
                            + origin + "\r\nAccess-Control-Request-Method: POST\r\n"
                            + "Access-Control-Request-Headers: authorization,ocp-date\r\n\r\n");
            assertThat(answer.status()).as(origin).isEqualTo(403);
            assertThat(answer.start()).doesNotContainIgnoringCase("access-control-");
        }
        RawConnection.Answer own = exchange("OPTIONS /pools" + VERSION + " HTTP/1.1\r\nHost: localhost\r\n"
                + "Origin: http://localhost\r\nAccess-Control-Request-Method: POST\r\n\r\n");
        assertThat(own.status()).isGreaterThanOrEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"user@localhost", "localhost:80@evil.example", "localhost:99999999", "[::ffff:10.0.0.1]"})
    void whatOnlyLooksLikeItsNameIsNot(String host) throws IOException {
        assertThat(exchange(Signer.head("GET", "/pools" + VERSION, Map.of("Host", host)))
                        .status())
                .isIn(400, 403);
    }

    @Test
    void aBrowserGetsAPageThatSaysWhatThisIs() throws IOException {
        RawConnection.Answer answer = exchange(
                "GET / HTTP/1.1\r\nHost: me.localhost:10100\r\nAccept: text/html,*/*\r\nConnection: close\r\n\r\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .contains("Twinbatch emulator", "AZURE_BATCH_ENDPOINT=http://me.localhost:10100")
                .doesNotContain(EmulatorConfig.DEFAULT_KEY);
    }

    @Test
    void aClientThatDoesNotSignGetsNoPage() throws IOException {
        String request = "GET / HTTP/1.1\r\nHost: localhost\r\nAccept: application/json\r\nConnection: close\r\n\r\n";
        assertThat(exchange(request).status()).isEqualTo(401);
    }
}
