package io.twinbatch.azure.client;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/**
 * The address of a further page as the service gives it. It is followed to the account's own service alone, because the
 * request is signed with the account's key.
 */
final class NextLink {
    private static final String LEGAL =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + "-._~:/?#[]@!$&'()*+,;=";

    private final URI service;

    NextLink(BatchEndpoint endpoint) {
        this.service = endpoint.url();
    }

    /**
     * The link, ready to be asked.
     *
     * @throws BatchServiceException when it leads elsewhere
     */
    String checked(String link) {
        String text = escaped(link);
        URI target;
        try {
            target = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw refusal(e);
        }
        boolean same = service.getScheme().equalsIgnoreCase(target.getScheme())
                && service.getHost().equalsIgnoreCase(target.getHost())
                && port(service) == port(target)
                && target.getRawUserInfo() == null
                && Objects.requireNonNullElse(target.getRawPath(), "").startsWith(service.getRawPath());
        if (!same) {
            throw refusal(null);
        }
        return text;
    }

    private static int port(URI url) {
        if (url.getPort() >= 0) {
            return url.getPort();
        }
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }

    /** The service's links hold characters, such as {@code ^}, that a URL may not have. */
    private static String escaped(String link) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < link.length(); ) {
            int c = link.codePointAt(i);
            if (c == '%' || LEGAL.indexOf(c) >= 0) {
                text.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    text.append('%').append(String.format("%02X", b));
                }
            }
            i += Character.charCount(c);
        }
        return text.toString();
    }

    private static BatchServiceException refusal(Throwable cause) {
        return new BatchServiceException(
                200,
                "",
                "a listing goes on at an address that is not the account's own; it was not followed",
                Map.of(),
                "",
                false,
                cause);
    }
}
