package io.twinbatch.app.portal.model;

import io.twinbatch.api.error.Redaction;
import io.twinbatch.app.report.SafeText;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * A part of a file, as text that a page can show.
 *
 * @param start the position of its first byte in the file
 * @param end the position behind its last byte
 * @param size the length of the file
 * @param binary whether it is no text; then the text is a dump of its first bytes
 * @param text the text, control characters made visible and secrets left out
 */
public record LogPart(long start, long end, long size, boolean binary, String text) {
    private static final int DUMP_BYTES = 512;
    private static final int ROW = 16;
    private static final int CONTROLS_IN_1000 = 20;
    private static final int BYTES_OF_A_CHARACTER = 3;

    /** A part of a file, from its bytes. */
    static LogPart of(long start, byte[] bytes, long size) {
        long end = start + bytes.length;
        long length = Math.max(size, end);
        if (isBinary(bytes)) {
            return new LogPart(start, end, length, true, dump(start, bytes));
        }
        String decoded = decode(bytes);
        StringBuilder text = new StringBuilder(decoded.length());
        Redaction.withoutSecrets(decoded)
                .lines()
                .forEach(line -> text.append(visible(line)).append('\n'));
        if (text.length() > 0 && !decoded.endsWith("\n")) {
            text.setLength(text.length() - 1);
        }
        return new LogPart(start, end, length, false, text.toString());
    }

    /** Tabs are layout; everything else that is not printed would act on the screen of a terminal. */
    private static String visible(String line) {
        if (line.indexOf('\t') < 0) {
            return SafeText.line(line);
        }
        StringBuilder text = new StringBuilder();
        for (String part : line.split("(?=\t)|(?<=\t)", -1)) {
            text.append(part.equals("\t") ? part : SafeText.line(part));
        }
        return text.toString();
    }

    /** Text has no NUL, few control characters, and is in UTF-8 but for what a part cuts at its ends. */
    private static boolean isBinary(byte[] bytes) {
        int controls = 0;
        for (byte b : bytes) {
            if (b == 0) {
                return true;
            }
            if (b > 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t' && b != 0x1b && b != '\f' && b != '\b') {
                controls++;
            }
        }
        return (long) controls * 1000 > (long) bytes.length * CONTROLS_IN_1000 || !isUtf8(bytes);
    }

    private static boolean isUtf8(byte[] bytes) {
        int from = 0;
        while (from < bytes.length && from < BYTES_OF_A_CHARACTER && (bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        for (int cut = 0; cut <= BYTES_OF_A_CHARACTER && bytes.length - cut >= from; cut++) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(bytes, from, bytes.length - cut - from));
                return true;
            } catch (CharacterCodingException e) {
                // Perhaps the last character is cut; tried again without its first bytes.
            }
        }
        // Latin-1 and the like is text all the same, when most of it is plain.
        int high = 0;
        for (byte b : bytes) {
            high += b < 0 ? 1 : 0;
        }
        return high * 5L < bytes.length;
    }

    private static String decode(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static String dump(long start, byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int i = 0; i < Math.min(bytes.length, DUMP_BYTES); i += ROW) {
            dump.append(String.format("%08x ", start + i));
            StringBuilder characters = new StringBuilder();
            for (int j = i; j < i + ROW; j++) {
                if (j < bytes.length) {
                    dump.append(String.format(" %02x", bytes[j]));
                    characters.append(bytes[j] >= ' ' && bytes[j] < 0x7f ? (char) bytes[j] : '.');
                } else {
                    dump.append("   ");
                }
            }
            dump.append("  ").append(characters).append('\n');
        }
        return dump.toString();
    }
}
