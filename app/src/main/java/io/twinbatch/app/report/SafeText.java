package io.twinbatch.app.report;

/**
 * Text from outside (file names, words, what tasks wrote) made harmless before it reaches a terminal: control
 * characters could move the cursor, set colours or title, or fake lines; characters that reverse the direction of
 * writing could disguise a name.
 */
public final class SafeText {
    private SafeText() {}

    /** The text on one line, with {@code \n}, {@code \t} or <code>&#92;u001b</code> for what is not to be shown. */
    public static String line(String text) {
        if (text.codePoints().noneMatch(SafeText::isUnsafe)) {
            return text;
        }
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> append(safe, character));
        return safe.toString();
    }

    private static void append(StringBuilder safe, int character) {
        switch (character) {
            case '\n' -> safe.append("\\n");
            case '\r' -> safe.append("\\r");
            case '\t' -> safe.append("\\t");
            default -> {
                if (isUnsafe(character)) {
                    safe.append(String.format("\\u%04x", character));
                } else {
                    safe.appendCodePoint(character);
                }
            }
        }
    }

    /** The soft hyphen and the two joiners, without which Persian or Hindi words are not spelled right. */
    private static boolean isPartOfWords(int character) {
        return character == 0xAD || character == 0x200C || character == 0x200D;
    }

    private static boolean isUnsafe(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.SURROGATE, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
                true;
            case Character.FORMAT -> !isPartOfWords(character);
            default -> false;
        };
    }
}
