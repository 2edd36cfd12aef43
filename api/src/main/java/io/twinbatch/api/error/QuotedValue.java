package io.twinbatch.api.error;

/**
 * What an error repeats of a value that is wrong: enough to recognize it, on one line, without secrets. Every message
 * that repeats what somebody sent quotes it this way.
 */
public final class QuotedValue {
    /** How many characters of a value are shown at most. */
    public static final int MAX_CHARACTERS = 80;

    /** How many are searched for secrets, so that one is known as such also where its end is not shown. */
    private static final int MAX_READ_LENGTH = 2_500;

    private QuotedValue() {}

    /** The value as a message may repeat it; of a longer one the beginning, with its length. */
    public static String of(String value) {
        return of(value, MAX_CHARACTERS);
    }

    /** The same with another bound, for words that are no value. */
    static String of(String value, int most) {
        String shown = Redaction.withoutSecrets(value.substring(0, Math.min(value.length(), MAX_READ_LENGTH)));
        boolean cut = shown.length() > most || value.length() > MAX_READ_LENGTH;
        String text = escaped(shown.substring(0, Math.min(shown.length(), most)));
        return cut ? text + "... (" + value.length() + " characters)" : text;
    }

    private static String escaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            switch (character) {
                case '\n' -> plain.append("\\n");
                case '\r' -> plain.append("\\r");
                case '\t' -> plain.append("\\t");
                default -> {
                    if (isShown(character)) {
                        plain.appendCodePoint(character);
                    } else {
                        plain.append(String.format("\\u%04x", character));
                    }
                }
            }
        });
        return plain.toString();
    }

    private static boolean isShown(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
