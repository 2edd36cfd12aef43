package io.twinbatch.it.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.azure.batch.BatchClient;
import com.microsoft.azure.batch.auth.BatchSharedKeyCredentials;
import io.twinbatch.azure.batch.BatchComputePool;
import io.twinbatch.azure.batch.BatchJobQueue;
import io.twinbatch.azure.client.BatchCredential;
import io.twinbatch.azure.client.BatchEndpoint;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.HttpConnections;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** The official client and ours in front of one recording server. */
final class WireComparison implements AutoCloseable {
    private static final String ACCOUNT = "wiretest";
    /** The version that the official client speaks. */
    private static final String OFFICIAL_VERSION = "2024-07-01.20.0";

    private static final String KEY = "bm90IGEgc2VjcmV0LCBqdXN0IGEgdGVzdCdzIGtleQ==";

    private final SharedKeyCheck signatures = new SharedKeyCheck(ACCOUNT, KEY);
    private final WireServer server;
    private final BatchClient official;
    private final BatchRestClient ours;

    private WireComparison(WireServer server) {
        this.server = server;
        this.official =
                BatchClient.open(new BatchSharedKeyCredentials(server.url().toString(), ACCOUNT, KEY));
        this.ours = new BatchRestClient(
                new BatchEndpoint(server.url(), OFFICIAL_VERSION),
                new BatchCredential.SharedKey(ACCOUNT, KEY),
                HttpConnections.open());
    }

    static WireComparison start(Function<WireRequest, WireReply> answers) throws IOException {
        return new WireComparison(WireServer.start(answers));
    }

    /** Something that the official client does. */
    @FunctionalInterface
    interface OfficialCall {
        void on(BatchClient client) throws Exception;
    }

    /** What the official client sends; its signatures hold. */
    List<WireRequest> officialRequests(OfficialCall call) throws Exception {
        server.forget();
        call.on(official);
        return signed();
    }

    /** What this project's client sends; its signatures hold, and each request has a name to ask the service about. */
    List<WireRequest> ourRequests(Runnable call) {
        server.forget();
        call.run();
        List<WireRequest> requests = signed();
        assertThat(requests)
                .allSatisfy(request -> assertThat(request.headers())
                        .containsKey("client-request-id")
                        .containsEntry("return-client-request-id", List.of("true")));
        return requests;
    }

    /** Fails unless both calls send the same requests; see {@link ComparableRequest} for what counts. */
    void requireSame(OfficialCall officialCall, Runnable ourCall) throws Exception {
        List<WireRequest> expected = officialRequests(officialCall);
        requireSame(expected, ourRequests(ourCall));
    }

    /** Fails unless the requests are the same but for what {@link ComparableRequest} leaves out. */
    static void requireSame(List<WireRequest> official, List<WireRequest> ours) {
        assertThat(official).as("requests of the official client").isNotEmpty();
        assertThat(ours.stream().map(ComparableRequest::of))
                .containsExactlyElementsOf(
                        official.stream().map(ComparableRequest::of).toList());
    }

    BatchComputePool pools() {
        return new BatchComputePool(ours);
    }

    BatchJobQueue jobs() {
        return new BatchJobQueue(ours);
    }

    BatchRestClient rest() {
        return ours;
    }

    private List<WireRequest> signed() {
        List<WireRequest> requests = server.requests();
        for (WireRequest request : requests) {
            signatures.verify(request);
            assertThat(request.headers()).as("headers of %s", request).containsKey("ocp-date");
        }
        return requests;
    }

    @Override
    public void close() {
        server.close();
    }
}
