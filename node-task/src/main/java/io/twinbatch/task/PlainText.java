package io.twinbatch.task;

import java.util.regex.Pattern;

/** Names and reasons as they may be printed: on one line, without the query of a signed URL, and not at full length. */
public final class PlainText {
    private static final int MAX_LENGTH = 200;

    /** A signature is known as such also where its end is not shown. */
    private static final int MAX_READ_LENGTH = 4_000;

    private static final Pattern SECRET =
            Pattern.compile("(https?://[^\\s?\"'<>]{1,2000}+\\?|\\bsig=)[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);

    private PlainText() {}

    /** The text with each control character as {@code ?}; of a long one the beginning and the length. */
    public static String text(String text) {
        String shown = SECRET.matcher(text.substring(0, Math.min(text.length(), MAX_READ_LENGTH)))
                .replaceAll("$1***");
        StringBuilder plain = new StringBuilder(Math.min(shown.length(), MAX_LENGTH) + 3);
        for (int at = 0; at < shown.length(); at++) {
            if (at == MAX_LENGTH) {
                return plain.append("... (")
                        .append(text.length())
                        .append(" characters)")
                        .toString();
            }
            char character = shown.charAt(at);
            boolean breaksLine = Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
            plain.append(breaksLine ? '?' : character);
        }
        return plain.toString();
    }
}
