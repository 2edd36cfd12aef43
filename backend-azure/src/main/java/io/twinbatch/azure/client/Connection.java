package io.twinbatch.azure.client;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.rest.Response;
import com.azure.core.http.rest.RestProxy;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.DateTimeRfc1123;
import io.twinbatch.azure.client.model.FileModel.BatchFile;
import io.twinbatch.azure.client.model.FileModel.FileProperties;
import io.twinbatch.azure.client.model.ItemPage;
import java.io.InputStream;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the parts of the client share: where the service is, how it is asked, and how its answers are read. */
final class Connection {
    private static final HttpHeaderName IS_FOLDER = HttpHeaderName.fromString("ocp-batch-file-isdirectory");
    private static final HttpHeaderName FILE_MODE = HttpHeaderName.fromString("ocp-batch-file-mode");
    private static final HttpHeaderName FILE_URL = HttpHeaderName.fromString("ocp-batch-file-url");
    private static final HttpHeaderName CREATED = HttpHeaderName.fromString("ocp-creation-time");

    private final BatchEndpoint endpoint;
    private final HttpPipeline pipeline;
    private final Json json;
    private final PageService pages;
    private final NextLink nextLink;

    Connection(BatchEndpoint endpoint, HttpPipeline pipeline, Json json) {
        this.endpoint = endpoint;
        this.pipeline = pipeline;
        this.json = json;
        this.pages = service(PageService.class);
        this.nextLink = new NextLink(endpoint);
    }

    <S> S service(Class<S> type) {
        return RestProxy.create(type, pipeline);
    }

    String url() {
        return endpoint.url().toString();
    }

    String apiVersion() {
        return endpoint.apiVersion();
    }

    /** A request's body; null, for none, without a document. */
    BinaryData body(Object document) {
        return document == null ? null : json.write(document);
    }

    <T> T read(Response<BinaryData> answer, Class<T> type) {
        return json.read(answer.getValue(), type);
    }

    /** A listing, page by page as the stream is consumed. */
    <T> Stream<T> list(Class<T> itemType, Supplier<Response<BinaryData>> first) {
        return Pages.stream(
                () -> page(first.get(), itemType), link -> page(pages.next(url(), nextLink.checked(link)), itemType));
    }

    private <T> ItemPage<T> page(Response<BinaryData> answer, Class<T> itemType) {
        return json.readPage(answer.getValue(), itemType);
    }

    /** The context of a call whose answer is not read into memory. */
    static Context streamed() {
        return new Context(RetryPolicy.STREAMED, true);
    }

    static InputStream stream(Response<BinaryData> answer) {
        return answer.getValue().toStream();
    }

    /** The properties of a file, from the headers of a response. */
    static BatchFile file(String path, HttpHeaders headers) {
        String length = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
        FileProperties properties = new FileProperties(
                date(headers.getValue(CREATED)),
                date(headers.getValue(HttpHeaderName.LAST_MODIFIED)),
                length == null ? 0 : Long.parseLong(length),
                headers.getValue(HttpHeaderName.CONTENT_TYPE),
                headers.getValue(FILE_MODE));
        return new BatchFile(
                path, headers.getValue(FILE_URL), Boolean.valueOf(headers.getValue(IS_FOLDER)), properties);
    }

    private static Instant date(String text) {
        try {
            return text == null ? null : new DateTimeRfc1123(text).getDateTime().toInstant();
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }
}
