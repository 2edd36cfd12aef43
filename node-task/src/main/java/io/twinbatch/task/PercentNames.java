package io.twinbatch.task;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Names as they travel on command lines, in lists and in URLs: UTF-8, percent-encoded. A slash stays a slash. */
public final class PercentNames {
    private static final String HEX = "0123456789ABCDEF";

    private PercentNames() {}

    public static String encode(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length + 16);
        for (byte value : bytes) {
            if (isPlain(value)) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.charAt((value >> 4) & 0xf)).append(HEX.charAt(value & 0xf));
            }
        }
        return encoded.toString();
    }

    /**
     * Decodes the name of an output.
     *
     * @throws TaskException if it is not validly encoded, or is no name below a container: empty, with an empty,
     *     {@code .} or {@code ..} part, or with a NUL character
     */
    public static String decode(String encoded) throws TaskException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        byte[] raw = encoded.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < raw.length; at++) {
            if (raw[at] != '%') {
                bytes.write(raw[at]);
                continue;
            }
            int high = hexDigit(raw, at + 1);
            int low = hexDigit(raw, at + 2);
            if (high < 0 || low < 0) {
                throw refused(encoded, "a % in it is not followed by two hexadecimal digits");
            }
            bytes.write(high << 4 | low);
            at += 2;
        }
        String name;
        try {
            name = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(encoded, "it is not UTF-8");
        }
        checkParts(name, encoded);
        return name;
    }

    private static void checkParts(String name, String encoded) throws TaskException {
        if (name.indexOf('\0') >= 0) {
            throw refused(encoded, "it has a NUL character");
        }
        int from = 0;
        while (from <= name.length()) {
            int slash = name.indexOf('/', from);
            int to = slash < 0 ? name.length() : slash;
            String part = name.substring(from, to);
            if (part.isEmpty() || part.equals(".") || part.equals("..")) {
                throw refused(encoded, "it has an empty, '.' or '..' part");
            }
            from = to + 1;
        }
    }

    private static TaskException refused(String encoded, String reason) {
        return new TaskException(
                TaskExitCode.USAGE, "the output name '" + PlainText.text(encoded) + "' cannot be used: " + reason);
    }

    private static int hexDigit(byte[] raw, int at) {
        return at < raw.length ? Character.digit(raw[at], 16) : -1;
    }

    private static boolean isPlain(byte value) {
        return (value >= 'a' && value <= 'z')
                || (value >= 'A' && value <= 'Z')
                || (value >= '0' && value <= '9')
                || value == '-'
                || value == '.'
                || value == '_'
                || value == '~'
                || value == '/';
    }
}
