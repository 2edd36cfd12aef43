package io.twinbatch.azure.client;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import com.azure.core.util.DateTimeRfc1123;
import io.twinbatch.azure.client.BatchCredential.SharedKey;
import java.net.URL;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs each try of a request with the account's key, as <a
 * href="https://learn.microsoft.com/rest/api/batchservice/authenticate-requests-to-the-azure-batch-service">
 * Authenticate requests to the Azure Batch service</a> describes.
 */
final class SharedKeyPolicy extends HttpPipelineSyncPolicy {
    private static final HttpHeaderName OCP_DATE = HttpHeaderName.fromString("ocp-date");
    private static final String ALGORITHM = "HmacSHA256";

    /** In the order of the string to sign; its seventh line, {@code Date}, is empty because of {@code ocp-date}. */
    private static final List<HttpHeaderName> SIGNED = List.of(
            HttpHeaderName.CONTENT_ENCODING,
            HttpHeaderName.CONTENT_LANGUAGE,
            HttpHeaderName.CONTENT_LENGTH,
            HttpHeaderName.CONTENT_MD5,
            HttpHeaderName.CONTENT_TYPE,
            HttpHeaderName.DATE,
            HttpHeaderName.IF_MODIFIED_SINCE,
            HttpHeaderName.IF_MATCH,
            HttpHeaderName.IF_NONE_MATCH,
            HttpHeaderName.IF_UNMODIFIED_SINCE,
            HttpHeaderName.RANGE);

    /** From this version on, Java's client sends the length of an empty body with some verbs alone. */
    private static final int LENGTH_LEFT_OUT_SINCE = 26;

    private static final Set<HttpMethod> ALWAYS_WITH_LENGTH = Set.of(HttpMethod.POST, HttpMethod.PUT);

    private final String account;
    private final SecretKeySpec key;
    private final Clock clock;
    private final int javaVersion;

    SharedKeyPolicy(SharedKey credential, Clock clock) {
        this(credential, clock, Runtime.version().feature());
    }

    /** A policy for requests that the client of that version of Java sends. */
    SharedKeyPolicy(SharedKey credential, Clock clock, int javaVersion) {
        this.javaVersion = javaVersion;
        this.account = credential.account();
        this.key = new SecretKeySpec(Base64.getDecoder().decode(credential.key()), ALGORITHM);
        this.clock = clock;
    }

    @Override
    protected void beforeSendingRequest(HttpPipelineCallContext context) {
        HttpRequest request = context.getHttpRequest();
        HttpHeaders headers = request.getHeaders();
        headers.remove(HttpHeaderName.DATE);
        headers.set(OCP_DATE, new DateTimeRfc1123(OffsetDateTime.now(clock.withZone(ZoneOffset.UTC))).toString());
        headers.set(HttpHeaderName.AUTHORIZATION, "SharedKey " + account + ":" + sign(stringToSign(request)));
    }

    private String stringToSign(HttpRequest request) {
        List<String> lines = new ArrayList<>();
        lines.add(request.getHttpMethod().toString());
        for (HttpHeaderName name : SIGNED) {
            lines.add(name.equals(HttpHeaderName.CONTENT_LENGTH) ? length(request) : header(request, name));
        }
        ocpHeaders(request.getHeaders()).forEach((name, value) -> lines.add(name + ":" + value));
        lines.add(resource(request.getUrl()));
        return String.join("\n", lines);
    }

    /**
     * The length as it is sent, which the service compares: Java's client decides that by itself. See <a
     * href="https://bugs.openjdk.org/browse/JDK-8369533">JDK-8369533</a>.
     */
    private String length(HttpRequest request) {
        String length = header(request, HttpHeaderName.CONTENT_LENGTH);
        boolean leftOut = javaVersion >= LENGTH_LEFT_OUT_SINCE
                && length.equals("0")
                && !ALWAYS_WITH_LENGTH.contains(request.getHttpMethod());
        return leftOut ? "" : length;
    }

    private static String header(HttpRequest request, HttpHeaderName name) {
        return plain(request.getHeaders().getValue(name));
    }

    private static Map<String, String> ocpHeaders(HttpHeaders headers) {
        Map<String, String> sorted = new TreeMap<>();
        for (HttpHeader header : headers) {
            String name = header.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith("ocp-")) {
                sorted.put(name, plain(header.getValue()));
            }
        }
        return sorted;
    }

    /** The account and the path as it is sent, then each part of the query on a line of its own. */
    private String resource(URL url) {
        StringBuilder resource = new StringBuilder("/").append(account).append(url.getPath());
        Map<String, String> query = new TreeMap<>();
        for (String pair :
                url.getQuery() == null ? new String[0] : url.getQuery().split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                query.put(decode(name).toLowerCase(Locale.ROOT), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        query.forEach(
                (name, value) -> resource.append('\n').append(name).append(':').append(value));
        return resource.toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String plain(String value) {
        return value == null ? "" : value.replace('\r', ' ').replace('\n', ' ').stripLeading();
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign requests: it has no " + ALGORITHM, e);
        }
    }
}
