package io.twinbatch.app.inputs;

import io.twinbatch.api.file.ByteOrderMark;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Distinguishes text from archives, images and programs by the beginning of a file. */
public final class TextCheck {
    private static final int BYTES = 1 << 13;

    /** Text in another encoding of Western languages has fewer bytes that are not UTF-8. */
    private static final int VALID_FOR_EACH_INVALID = 8;

    private TextCheck() {}

    /** Whether a file seems to be text in UTF-8, or in UTF-16 with a byte order mark. One that cannot be read is not judged. */
    public static boolean isText(Path file) {
        if (!Files.isRegularFile(file)) {
            return true;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return isText(in.readNBytes(BYTES));
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isText(byte[] bytes) {
        if (ByteOrderMark.begins(bytes)) {
            return true;
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        long invalid = text.chars().filter(character -> character == 0xfffd).count();
        return text.indexOf(0) < 0 && invalid * VALID_FOR_EACH_INVALID <= text.length();
    }
}
