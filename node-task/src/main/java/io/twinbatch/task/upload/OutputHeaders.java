package io.twinbatch.task.upload;

import io.twinbatch.task.TaskException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The headers that each upload has to carry, from lines {@code Name: value}. */
public final class OutputHeaders {
    /** The environment variable with the HTTP headers of the signed URL. */
    public static final String VARIABLE = "TWINBATCH_OUTPUT_HEADERS";

    private static final String OTHER_TOKEN_CHARACTERS = "!#$%&'*+-.^_`|~";

    private OutputHeaders() {}

    /** Reads the lines; null has none. What is wrong with one is said without its value. */
    public static Map<String, String> parse(String lines) throws TaskException {
        Map<String, String> headers = new LinkedHashMap<>();
        int from = 0;
        while (lines != null && from < lines.length()) {
            int newline = lines.indexOf('\n', from);
            int to = newline < 0 ? lines.length() : newline;
            String line = lines.substring(from, to).strip();
            if (!line.isEmpty()) {
                add(line, headers);
            }
            from = to + 1;
        }
        return headers;
    }

    private static void add(String line, Map<String, String> headers) throws TaskException {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        String value = line.substring(colon + 1).strip();
        if (!isToken(name) || !isPrintable(value)) {
            throw TaskException.usage(VARIABLE + " has a line that is not of the form 'Name: value'");
        }
        headers.put(name, value);
    }

    private static boolean isToken(String name) {
        for (int at = 0; at < name.length(); at++) {
            char character = name.charAt(at);
            boolean alphanumeric = character < 0x80 && Character.isLetterOrDigit(character);
            if (!alphanumeric && OTHER_TOKEN_CHARACTERS.indexOf(character) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    private static boolean isPrintable(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) < ' ' || value.charAt(at) > '~') {
                return false;
            }
        }
        return true;
    }
}
