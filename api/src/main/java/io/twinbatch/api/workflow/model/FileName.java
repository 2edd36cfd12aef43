package io.twinbatch.api.workflow.model;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/**
 * A file's name in parts, so that a number can be put into it: {@code STEM[-NUMBER]SUFFIX EXTENSION}.
 *
 * @param stem the name without its extension
 * @param suffix what follows the stem and the number
 * @param extension the extension with its dot; empty when there is none
 */
public record FileName(String stem, String suffix, String extension) {
    /** Common file systems take 255 bytes; some are left for what others add. */
    private static final int MAX_BYTES = 240;

    private static final int MAX_EXTENSION_BYTES = 60;

    /** Whether a name is that of a file in a folder itself, and leads to no other one. */
    public static boolean isPlain(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().noneMatch(c -> c == '/' || c == '\0');
    }

    /** Splits at the last dot; leading dots are no such dot, so {@code .bashrc} has no extension. */
    public static FileName of(String name, String suffix) {
        int start = 0;
        while (start < name.length() && name.charAt(start) == '.') {
            start++;
        }
        int dot = name.lastIndexOf('.');
        int end = dot > start ? dot : name.length();
        return new FileName(name.substring(0, end), suffix, cut(name.substring(end), MAX_EXTENSION_BYTES));
    }

    /** The name with a number, cut to what file systems take; the number 1 is not written. */
    public String numbered(int number) {
        String tail = (number == 1 ? "" : "-" + number) + suffix + extension;
        return cut(stem, MAX_BYTES - utf8Length(tail)) + tail;
    }

    /** Whether a name is this one with any number. */
    boolean isNumbered(String name) {
        if (name.equals(numbered(1))) {
            return true;
        }
        String tail = suffix + extension;
        int dash = name.lastIndexOf('-', name.length() - tail.length());
        if (!name.endsWith(tail) || dash < 0) {
            return false;
        }
        String number = name.substring(dash + 1, name.length() - tail.length());
        return number.matches("[1-9][0-9]{0,8}") && name.equals(numbered(Integer.parseInt(number)));
    }

    /** What names have in common that a file system may take for the same: case, and composed characters. */
    public static String key(String name) {
        // Upper case first: some letters, such as the long s, meet only there.
        String folded = Normalizer.normalize(name, Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return Normalizer.normalize(folded, Normalizer.Form.NFC);
    }

    /** The longest beginning that takes so many bytes in UTF-8, without half a character at its end. */
    public static String cut(String text, int maxBytes) {
        int bytes = 0;
        int end = 0;
        while (end < text.length()) {
            int width = Character.charCount(text.codePointAt(end));
            bytes += utf8Length(text.substring(end, end + width));
            if (bytes > maxBytes) {
                break;
            }
            end += width;
        }
        return text.substring(0, end);
    }

    private static int utf8Length(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
