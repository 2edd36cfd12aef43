package io.twinbatch.task;

/** Names and reasons as they may be printed: on one line, whatever they hold. */
final class Plain {
    private static final int LONGEST = 2000;

    private Plain() {}

    /** The text with each control character as {@code ?}, and cut when it is very long. */
    static String text(String text) {
        StringBuilder plain = new StringBuilder(Math.min(text.length(), LONGEST) + 3);
        for (int at = 0; at < text.length(); at++) {
            if (at == LONGEST) {
                return plain.append("...").toString();
            }
            char character = text.charAt(at);
            boolean breaksLine = Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
            plain.append(breaksLine ? '?' : character);
        }
        return plain.toString();
    }
}
