package io.twinbatch.azure.connection;

import com.azure.core.http.HttpHeader;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import java.util.Set;

/**
 * The headers of a request without those that the JDK's client sets by itself. The client of azure-core leaves them out
 * as well, but logs a warning for each one in each request. It asks for the length of a body by name alone.
 */
final class SendableHeaders extends HttpHeaders {
    private static final Set<String> OF_THE_JDK = Set.of("connection", "content-length", "expect", "host", "upgrade");

    private final String length;

    SendableHeaders(HttpHeaders headers) {
        for (HttpHeader header : headers) {
            HttpHeaderName name = HttpHeaderName.fromString(header.getName());
            if (!OF_THE_JDK.contains(name.getCaseInsensitiveName())) {
                header.getValuesList().forEach(value -> add(name, value));
            }
        }
        length = headers.getValue(HttpHeaderName.CONTENT_LENGTH);
    }

    @Override
    public String getValue(HttpHeaderName name) {
        return name.equals(HttpHeaderName.CONTENT_LENGTH) ? length : super.getValue(name);
    }
}
