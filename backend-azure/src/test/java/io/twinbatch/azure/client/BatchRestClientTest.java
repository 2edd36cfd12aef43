package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.JobModel.JobTerminate;
import io.twinbatch.azure.client.model.NameValue;
import io.twinbatch.azure.client.model.PoolModel.BatchPool;
import io.twinbatch.azure.client.model.PoolModel.PoolPatch;
import io.twinbatch.azure.stub.Answer;
import io.twinbatch.azure.stub.StubBatchService;
import io.twinbatch.azure.stub.StubBatchService.Asked;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRestClientTest {
    private final StubBatchService service = new StubBatchService();
    private final BatchRestClient client = service.client();

    @AfterEach
    void stop() {
        service.close();
    }

    private static BatchServiceException refusal(Runnable call) {
        return catchThrowableOfType(BatchServiceException.class, call::run);
    }

    private void assertSigned() {
        assertThat(service.asked())
                .allSatisfy(asked -> assertThat(asked.headers().get("authorization"))
                        .isEqualTo("SharedKey mine:" + Signatures.of(asked, "mine")));
    }

    @Test
    void aPoolIsReadWithWhatIsUnknownPassedOverAndWhatIsMissingNull() {
        service.on("GET /pools/p", Answer.json(200, """
            {'odata.metadata':'https://x/$metadata#pools/@Element','id':'p','eTag':'0x8DB9','state':'active',
            'creationTime':'2023-08-11T22:53:09.8007593Z','allocationState':'steady','resizeTimeout':'PT15M',
            'vmSize':'standard_d2s_v5','currentDedicatedNodes':1,'enableAutoScale':false,
            'taskSchedulingPolicy':{'nodeFillType':'Spread','new':[1]},'somethingNew':{'a':[{}]},
            'metadata':[{'name':'run','value':'17'}]}\
            """));

        BatchPool pool = client.pools().get("p");

        assertThat(pool.id()).isEqualTo("p");
        assertThat(pool.etag()).isEqualTo("0x8DB9");
        assertThat(pool.creationTime()).isEqualTo(Instant.parse("2023-08-11T22:53:09.800759300Z"));
        assertThat(pool.resizeTimeout()).isEqualTo(Duration.ofMinutes(15));
        assertThat(pool.enableAutoScale()).isFalse();
        assertThat(pool.metadata()).containsExactly(new NameValue("run", "17"));
        assertThat(pool.targetDedicatedNodes()).isNull();
        assertThat(pool.startTask()).isNull();
        assertThat(pool.resizeErrors()).isNull();
    }

    @Test
    void aRequestCarriesTheProtocolsHeadersAndIsSigned() {
        service.on("GET /pools/p", Answer.json(200, "{'id':'p'}"));
        client.pools().get("p");

        Asked asked = service.asked().get(0);
        assertThat(asked.query()).isEqualTo(Map.of("api-version", BatchEndpoint.DEFAULT_API_VERSION));
        assertThat(asked.headers())
                .containsEntry("accept", "application/json")
                .containsEntry("return-client-request-id", "true")
                .containsEntry("user-agent", "twinbatch")
                .containsKeys("client-request-id", "ocp-date")
                .doesNotContainKey("date");
        assertSigned();
    }

    @Test
    void whatIsNotAskedForIsNotSent() {
        service.on("PATCH /pools/p", Answer.empty(200)).on("POST /jobs/j/terminate", Answer.empty(202));
        client.pools().patch("p", new PoolPatch(null, List.of(), null));
        client.jobs().terminate("j", null);
        client.jobs().terminate("j", new JobTerminate("enough"));

        assertThat(service.asked())
                .extracting(Asked::body)
                .containsExactly("{\"metadata\":[]}", "", "{\"terminateReason\":\"enough\"}");
        assertThat(service.asked().get(0).headers())
                .containsEntry("content-type", "application/json; odata=minimalmetadata");
        assertSigned();
    }

    @Test
    void aRefusalTellsWhatTheServiceSaid() {
        service.on("GET /pools/p", Answer.json(400, """
            {'odata.metadata':'x','code':'InvalidPropertyValue','message':{'lang':'en-US','value':\
            'The value is bad.\\nRequestId:request-1\\nTime:2026-11-22T10:00:00Z'},\
            'values':[{'key':'PropertyName','value':'vmSize'},{'key':'Reason','value':\
            'no https://x.blob.core.windows.net/c/f?sv=1&sig=secret here'}]}\
            """));

        BatchServiceException refusal = refusal(() -> client.pools().get("p"));

        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal.code()).isEqualTo("InvalidPropertyValue");
        assertThat(refusal.serviceMessage()).isEqualTo("The value is bad.");
        assertThat(refusal.requestId()).isEqualTo("request-1");
        assertThat(refusal.values())
                .containsEntry("PropertyName", "vmSize")
                .containsEntry("Reason", "no https://x.blob.core.windows.net/c/f?*** here");
        assertThat(refusal.mayHaveBeenDone()).isFalse();
        assertThat(refusal).hasMessageContaining("InvalidPropertyValue").hasMessageContaining("The value is bad.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>Bad gateway</html>", "{'code':", "[]", "null", "{'code':5,'message':'text'}"})
    void aRefusalWithoutTheServicesBodyKeepsItsStatus(String body) {
        service.on("GET /pools/p", Answer.text(403, body.replace('\'', '"')));
        BatchServiceException refusal = refusal(() -> client.pools().get("p"));
        assertThat(refusal.status()).isEqualTo(403);
        assertThat(refusal.serviceMessage()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "<html>sign in</html>", "{\"id\":"})
    void anAnswerThatIsNotTheDocumentIsAFailure(String body) {
        service.on("GET /pools/p", Answer.text(200, body));
        BatchServiceException refusal = refusal(() -> client.pools().get("p"));
        assertThat(refusal.serviceMessage()).contains("not the expected document");
    }

    private Answer page(String items, String next) {
        return Answer.json(200, "{'value':[" + items + "],'odata.nextLink':'" + service.url() + next + "'}");
    }

    @Test
    void allPagesAreFollowedAsTheStreamIsConsumed() {
        service.on(
                "GET /pools",
                page(
                        "{'id':'a'},{'id':'b'}",
                        "/pools?api-version=7&$skiptoken=WATV2:a^b|c:1$1&$filter=x%20eq%20%27y%27"),
                page("", "/pools?api-version=7&page=3"),
                Answer.json(200, "{'value':[{'id':'c'}]}"));

        Iterator<BatchPool> pools = client.pools()
                .list(ListOptions.filter("id eq 'a+b&c=d%é'").withMaxResults(2))
                .iterator();
        assertThat(service.asked()).isEmpty();
        assertThat(pools.next().id()).isEqualTo("a");
        assertThat(pools.next().id()).isEqualTo("b");
        assertThat(service.asked()).hasSize(1);
        assertThat(pools.next().id()).isEqualTo("c");
        assertThat(pools.hasNext()).isFalse();

        assertThat(service.asked()).hasSize(3);
        assertThat(service.asked().get(0).query())
                .containsEntry("$filter", "id eq 'a+b&c=d%é'")
                .containsEntry("maxresults", "2")
                .doesNotContainKey("$select");
        assertThat(service.asked().get(1).query())
                .isEqualTo(Map.of("$skiptoken", "WATV2:a^b|c:1$1", "api-version", "7", "$filter", "x eq 'y'"));
        assertSigned();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/pools?api-version=1",
                "http://127.0.0.1.evil.example/pools",
                "http://127.0.0.1:1/pools",
                "https://127.0.0.1/pools",
                "http://user@127.0.0.1/pools",
                "//evil.example/pools",
                "/pools?page=2",
                "file:///etc/passwd",
                "not a link"
            })
    void aPageElsewhereIsNotAskedFor(String link) {
        service.on("GET /pools", Answer.json(200, "{'value':[{'id':'a'}],'odata.nextLink':'" + link + "'}"));
        assertThatThrownBy(() -> client.pools().list(ListOptions.ALL).toList())
                .isInstanceOf(BatchServiceException.class)
                .hasMessageContaining("was not followed");
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void aFileOrAPartOfItIsReadAsAStream() throws Exception {
        service.on("GET /jobs/j/tasks/t/files/wd%2Fa%20b+c.txt", Answer.text(200, "content"));
        try (InputStream file = client.tasks().file("j", "t", "wd/a b+c.txt")) {
            assertThat(new String(file.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("content");
        }
        client.tasks().file("j", "t", "wd/a b+c.txt", 3, 9).close();
        assertThat(service.asked().get(0).headers()).doesNotContainKey("ocp-range");
        assertThat(service.asked().get(1).headers()).containsEntry("ocp-range", "bytes=3-9");
        assertSigned();
    }

    @Test
    void aFilesPropertiesAreInTheHeaders() {
        service.on(
                "HEAD /pools/p/nodes/n/files/startup%2Fstdout.txt",
                Answer.empty(200)
                        .with("Content-Length", "6")
                        .with("Last-Modified", "Fri, 11 Aug 2023 22:53:09 GMT")
                        .with("ocp-batch-file-isdirectory", "False")
                        .with("ocp-batch-file-mode", "0o100644"));
        BatchFile file = client.nodes().fileProperties("p", "n", "startup/stdout.txt");
        assertThat(file.isDirectory()).isFalse();
        assertThat(file.properties().contentLength()).isEqualTo(6);
        assertThat(file.properties().lastModified()).isEqualTo(Instant.parse("2023-08-11T22:53:09Z"));
        assertThat(file.properties().fileMode()).isEqualTo("0o100644");
    }

    @Test
    void filesAreListedWithTheirSizesWrittenAsText() {
        service.on("GET /jobs/j/tasks/t/files", Answer.json(200, """
            {'value':[{'name':'stdout.txt','url':'u','isDirectory':false,'properties':{'lastModified':\
            '2023-08-11T22:53:09.8Z','contentLength':'6000000000','contentType':'text/plain',\
            'fileMode':'0o100644'}},{'name':'wd','url':'u','isDirectory':true}]}\
            """));
        List<BatchFile> files =
                client.tasks().files("j", "t", true, ListOptions.ALL).toList();
        assertThat(files.get(0).properties().contentLength()).isEqualTo(6_000_000_000L);
        assertThat(files.get(1).isDirectory()).isTrue();
        assertThat(files.get(1).properties()).isNull();
        assertThat(service.asked().get(0).query()).containsEntry("recursive", "true");
    }

    @Test
    void aServiceThatIsNotThereIsAFailureOfTheConnection() {
        service.close();
        assertThatThrownBy(() -> client.pools().get("p")).isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void aKeyIsNotShown() {
        assertThat(new BatchCredential.SharedKey("mine", StubBatchService.KEY).toString())
                .doesNotContain(StubBatchService.KEY);
    }
}
