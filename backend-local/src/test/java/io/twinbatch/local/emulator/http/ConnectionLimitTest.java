package io.twinbatch.local.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.twinbatch.local.emulator.EmulatorConfig;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client that opens connections without end. */
@Timeout(60)
class ConnectionLimitTest {
    private static final int MAX_COUNT = 1000;
    private static final int SILENT_MILLIS = 300;

    private final List<RawConnection> connections = new ArrayList<>();

    @AfterEach
    void close() throws IOException {
        for (RawConnection connection : connections) {
            connection.close();
        }
    }

    private static BatchServer server() {
        return BatchServer.open(
                new ServerConfig(
                        "127.0.0.1",
                        0,
                        EmulatorConfig.DEFAULT_ACCOUNT,
                        EmulatorConfig.DEFAULT_KEY,
                        Set.of(),
                        Optional.empty()),
                request -> Reply.json(200, Map.of(), JsonNodeFactory.instance.objectNode()),
                Clock.systemUTC());
    }

    private RawConnection connect(BatchServer server) throws IOException {
        RawConnection connection = new RawConnection(server.address());
        connections.add(connection);
        return connection;
    }

    @Test
    void whoComesWhenThereAreTooManyConnectionsIsServedWhenOneHasGone() throws Exception {
        try (BatchServer server = server()) {
            for (int i = 0; i < MAX_COUNT; i++) {
                assertThat(connect(server).send(Signer.get("/pools")).answer().status())
                        .isEqualTo(200);
            }
            RawConnection oneTooMany = connect(server).send(Signer.get("/pools"));
            assertThat(oneTooMany.isSilent(SILENT_MILLIS)).isTrue();

            connections.get(0).close();

            assertThat(oneTooMany.answer().status()).isEqualTo(200);
        }
    }
}
