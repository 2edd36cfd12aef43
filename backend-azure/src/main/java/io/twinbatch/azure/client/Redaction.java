package io.twinbatch.azure.client;

import java.util.regex.Pattern;

/** Takes out of the service's words what must not be shown: a signed URL comes back in them as it was sent. */
public final class Redaction {
    private static final Pattern URL_QUERY = Pattern.compile("(https?://[^\\s?\"'<>]+\\?)[^\\s\"'<>]+");

    private Redaction() {}

    /** The text with {@code ***} for the query of every URL in it. */
    public static String withoutUrlSecrets(String text) {
        return URL_QUERY.matcher(text).replaceAll("$1***");
    }
}
