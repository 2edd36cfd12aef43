package io.twinbatch.azure.client;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpPipelineNextPolicy;
import com.azure.core.http.HttpPipelineNextSyncPolicy;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelinePolicy;
import io.twinbatch.api.error.Redaction;
import io.twinbatch.azure.client.model.ErrorModel.ErrorBody;
import io.twinbatch.azure.client.model.ErrorModel.ErrorDetail;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/** Turns every answer with an error status, once it is final, into a {@link BatchServiceException}. */
final class ServiceFailures implements HttpPipelinePolicy {
    /** The lowest status of a failure. */
    static final int FIRST_ERROR_STATUS = 400;

    private static final HttpHeaderName REQUEST_ID = HttpHeaderName.fromString("request-id");

    /** The service puts the request's id and the time on lines of their own below its words. */
    private static final Pattern FOOTER = Pattern.compile("(RequestId|Time):.*");

    private final Json json;

    ServiceFailures(Json json) {
        this.json = json;
    }

    @Override
    public Mono<HttpResponse> process(HttpPipelineCallContext context, HttpPipelineNextPolicy next) {
        return Mono.error(new UnsupportedOperationException("the client makes calls that block"));
    }

    @Override
    public HttpResponse processSync(HttpPipelineCallContext context, HttpPipelineNextSyncPolicy next) {
        HttpResponse response = next.processSync();
        if (response.getStatusCode() < FIRST_ERROR_STATUS) {
            return response;
        }
        throw failure(response, RetryPolicy.mayHaveBeenDone(context));
    }

    /** A successful answer whose body is not what the protocol says, such as a gateway's page. */
    static BatchServiceException unreadable(Throwable cause) {
        return new BatchServiceException(200, "", "its answer is not the expected document", Map.of(), "", true, cause);
    }

    private BatchServiceException failure(HttpResponse response, boolean mayHaveBeenDone) {
        byte[] body = response.getBodyAsBinaryData().toBytes();
        Optional<ErrorBody> said = json.readError(body);
        String requestId = response.getHeaderValue(REQUEST_ID);
        return new BatchServiceException(
                response.getStatusCode(),
                said.map(ErrorBody::code).orElse(""),
                said.map(ErrorBody::message)
                        .map(message -> words(message.value()))
                        .orElse(""),
                said.map(ErrorBody::values).map(ServiceFailures::details).orElse(Map.of()),
                requestId == null ? "" : requestId,
                mayHaveBeenDone,
                null);
    }

    /** The service's words without the lines that repeat the request's id and the time. */
    static String words(String message) {
        return message == null
                ? ""
                : Redaction.withoutSecrets(message)
                        .lines()
                        .map(String::strip)
                        .filter(line -> !line.isEmpty() && !FOOTER.matcher(line).matches())
                        .collect(Collectors.joining(" "));
    }

    private static Map<String, String> details(List<ErrorDetail> values) {
        Map<String, String> details = new HashMap<>();
        for (ErrorDetail detail : values) {
            if (detail != null && detail.key() != null && detail.value() != null) {
                details.put(detail.key(), Redaction.withoutSecrets(detail.value()));
            }
        }
        return details;
    }
}
