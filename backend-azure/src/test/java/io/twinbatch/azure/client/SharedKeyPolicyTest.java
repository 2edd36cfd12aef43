package io.twinbatch.azure.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.util.Context;
import io.twinbatch.azure.client.BatchCredential.SharedKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import reactor.core.publisher.Mono;

/** How the length of an empty body is signed: as the client of the Java that runs sends it. */
class SharedKeyPolicyTest {
    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"GET", "HEAD", "DELETE", "PATCH"})
    void anEmptyBodysLengthCountsAsLongAsJavaSendsIt(HttpMethod method) {
        assertThat(signature(25, method, "0")).isNotEqualTo(signature(25, method, null));
        assertThat(signature(26, method, "0")).isEqualTo(signature(26, method, null));
        assertThat(signature(26, method, "0")).isEqualTo(signature(25, method, null));
    }

    @ParameterizedTest
    @EnumSource(
            value = HttpMethod.class,
            names = {"POST", "PUT"})
    void withAVerbThatHasABodyItAlwaysCounts(HttpMethod method) {
        assertThat(signature(26, method, "0")).isEqualTo(signature(25, method, "0"));
        assertThat(signature(26, method, "0")).isNotEqualTo(signature(26, method, null));
    }

    @Test
    void theLengthOfABodyAlwaysCounts() {
        assertThat(signature(26, HttpMethod.PATCH, "5")).isEqualTo(signature(25, HttpMethod.PATCH, "5"));
        assertThat(signature(26, HttpMethod.PATCH, "5")).isNotEqualTo(signature(26, HttpMethod.PATCH, null));
    }

    private static String signature(int javaVersion, HttpMethod method, String length) {
        HttpClient nowhere = request -> Mono.empty();
        HttpPipeline pipeline = new HttpPipelineBuilder()
                .httpClient(nowhere)
                .policies(new SharedKeyPolicy(
                        new SharedKey("me", "a2V5"), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), javaVersion))
                .build();
        HttpRequest request = new HttpRequest(method, "http://localhost/pools?api-version=1");
        if (length != null) {
            request.setHeader(HttpHeaderName.CONTENT_LENGTH, length);
        }
        assertThat(pipeline.send(request, Context.NONE).block()).isNull();
        return request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION);
    }
}
