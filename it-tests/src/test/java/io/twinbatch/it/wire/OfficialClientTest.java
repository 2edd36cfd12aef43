package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import com.microsoft.azure.batch.protocol.models.CloudPool;
import org.junit.jupiter.api.Test;

/** The official client and the check of signatures are fit to measure ours by. */
class OfficialClientTest {
    private static final String ACCOUNT = "wiretest";
    private static final String KEY = "bm90IGEgc2VjcmV0LCBqdXN0IGEgdGVzdCdzIGtleQ==";

    @Test
    void theOfficialClientTalksToAServerOnThisMachineWithASharedKey() throws Exception {
        try (WireServer server =
                WireServer.start(request -> WireReply.json(200, "{\"id\":\"p\",\"state\":\"active\"}"))) {
            CloudPool pool = client(server).poolOperations().getPool("p");

            assertThat(pool.id()).isEqualTo("p");
            WireRequest request = server.requests().get(0);
            assertThat(request.is("GET", "/pools/p")).isTrue();
            assertThat(request.query()).containsEntry("api-version", "2024-07-01.20.0");
            new SharedKeyCheck(ACCOUNT, KEY).verify(request);
        }
    }

    @Test
    void aSignatureOfAnotherKeyAccountOrRequestIsRefused() throws Exception {
        try (WireServer server = WireServer.start(request -> WireReply.empty(202))) {
            client(server).poolOperations().deletePool("p");

            WireRequest sent = server.requests().get(0);
            SharedKeyCheck check = new SharedKeyCheck(ACCOUNT, KEY);
            assertThat(check.isSigned(sent)).isTrue();
            assertThat(new SharedKeyCheck(ACCOUNT, "b3RoZXI=").isSigned(sent)).isFalse();
            assertThat(new SharedKeyCheck("other", KEY).isSigned(sent)).isFalse();
            WireRequest elsewhere =
                    new WireRequest(sent.method(), "/pools/q", sent.rawQuery(), sent.headers(), sent.body());
            assertThat(check.isSigned(elsewhere)).isFalse();
            WireRequest otherwise =
                    new WireRequest(sent.method(), sent.rawPath(), "api-version=1", sent.headers(), sent.body());
            assertThat(check.isSigned(otherwise)).isFalse();
        }
    }

    private static BatchClient client(WireServer server) {
        return BatchClient.open(new BatchSharedKeyCredentials(server.url().toString(), ACCOUNT, KEY));
    }
}
