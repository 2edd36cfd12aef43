package io.twinbatch.api.error;

import java.util.regex.Pattern;

/**
 * Takes secrets out of texts before they are shown. Messages pass through it when they are made: a signed URL, a password
 * or the header that signed a request comes back in the words of services, libraries and tasks as it was sent.
 */
public final class Redaction {
    private static final String SECRET_NAME =
            "[\\w-]*(?:password|passwd|secret|account[_-]?key|access[_-]?key|sas[_-]?key|private[_-]?key|api[_-]?key"
                    + "|access[_-]?signature|[_-]token)";

    private static final Pattern URL_QUERY =
            Pattern.compile("(https?://[^\\s?\"'<>]{1,2000}+\\?)[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern URL_USER =
            Pattern.compile("(\\w{1,20}+://)[^\\s/?#@\"'<>]{1,2000}+@", Pattern.CASE_INSENSITIVE);

    private static final Pattern SIGN_IN =
            Pattern.compile("\\b(SharedKey [^\\s:]+:|Bearer (?=\\S{20}))[A-Za-z0-9+/=._~-]+");

    /** The signature of a signed URL, also where the URL itself is cut or encoded. */
    private static final Pattern SIGNATURE =
            Pattern.compile("\\b(sig(?:=|%3D))[^\\s&\"'<>,;)\\]}]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern ASSIGNED =
            Pattern.compile("\\b(" + SECRET_NAME + "=)[^\\s&\"',;)\\]}]+", Pattern.CASE_INSENSITIVE);

    private static final Pattern IN_JSON =
            Pattern.compile("([\"']" + SECRET_NAME + "[\"']\\s*:\\s*[\"'])[^\"']+", Pattern.CASE_INSENSITIVE);

    /** Keys of accounts have 64 bytes, signatures 32; both are written in Base64. */
    private static final Pattern KEY =
            Pattern.compile("(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{86}==|[A-Za-z0-9+/]{43}=)(?![A-Za-z0-9+/=])");

    private Redaction() {}

    /** The text with {@code ***} for the query and the user of every URL in it, and for every key, password and signature. */
    public static String withoutSecrets(String text) {
        String shown = URL_QUERY.matcher(text).replaceAll("$1***");
        shown = URL_USER.matcher(shown).replaceAll("$1***@");
        shown = SIGN_IN.matcher(shown).replaceAll("$1***");
        shown = SIGNATURE.matcher(shown).replaceAll("$1***");
        shown = ASSIGNED.matcher(shown).replaceAll("$1***");
        shown = IN_JSON.matcher(shown).replaceAll("$1***");
        return KEY.matcher(shown).replaceAll("***");
    }
}
