package io.twinbatch.azure.client;

import java.util.regex.Pattern;

/**
 * Takes out of the service's words what must not be shown: a signed URL comes back in them as it was sent, and so may
 * the header that signed a request.
 */
public final class Redaction {
    private static final Pattern URL_QUERY = Pattern.compile("(https?://[^\\s?\"'<>]+\\?)[^\\s\"'<>]+");

    private static final Pattern SIGN_IN =
            Pattern.compile("\\b(SharedKey [^\\s:]+:|Bearer (?=\\S{20}))[A-Za-z0-9+/=._~-]+");

    private Redaction() {}

    /** The text with {@code ***} for the query of every URL in it, and for what proves who sent a request. */
    public static String withoutSecrets(String text) {
        return SIGN_IN.matcher(URL_QUERY.matcher(text).replaceAll("$1***")).replaceAll("$1***");
    }
}
