package io.twinbatch.task;

import java.util.regex.Pattern;

/** Names and reasons as they may be printed: on one line, without the query of a signed URL, and not at full length. */
final class Plain {
    private static final int LONGEST = 200;

    /** A signature is known as such also where its end is not shown. */
    private static final int MOST_READ = 4_000;

    private static final Pattern SECRET =
            Pattern.compile("(https?://[^\\s?\"'<>]{1,2000}+\\?|\\bsig=)[^\\s\"'<>]+", Pattern.CASE_INSENSITIVE);

    private Plain() {}

    /** The text with each control character as {@code ?}; of a long one the beginning and the length. */
    static String text(String text) {
        String shown = SECRET.matcher(text.substring(0, Math.min(text.length(), MOST_READ)))
                .replaceAll("$1***");
        StringBuilder plain = new StringBuilder(Math.min(shown.length(), LONGEST) + 3);
        for (int at = 0; at < shown.length(); at++) {
            if (at == LONGEST) {
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
