package io.twinbatch.app.inputs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextCheckTest {
    @TempDir
    private Path folder;

    @Test
    void textIsTextInAnyLanguageAndInUtf16() throws IOException {
        String text = "na\u00efve \u0434\u043e\u043c \u6f22\u5b57 \ud83d\ude00 ".repeat(2_000);
        assertThat(isText(new byte[0])).isTrue();
        assertThat(isText(text.getBytes(StandardCharsets.UTF_8))).isTrue();
        assertThat(isText(("\ufeff" + text).getBytes(StandardCharsets.UTF_16LE)))
                .isTrue();
        assertThat(isText(("\ufeff" + text).getBytes(StandardCharsets.UTF_16BE)))
                .isTrue();
        assertThat(isText("Die \u00c4pfel f\u00fcr \u00dcbermorgen".getBytes(StandardCharsets.ISO_8859_1)))
                .isTrue();
        assertThat(TextCheck.isText(folder.resolve("none"))).isTrue();
    }

    @Test
    void archivesDocumentsAndProgramsAreNot() throws IOException {
        byte[] noise = new byte[20_000];
        new Random(7).nextBytes(noise);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(archive)) {
            gzip.write("words ".repeat(500).getBytes(StandardCharsets.US_ASCII));
        }
        assertThat(isText(archive.toByteArray())).isFalse();
        assertThat(isText(noise)).isFalse();
        assertThat(isText("\u007fELF\u0002\u0001\u0000".getBytes(StandardCharsets.US_ASCII)))
                .isFalse();
        String head = "%PDF-1.4\n1 0 obj stream\n";
        byte[] pdf = (head + "x".repeat(4_000)).getBytes(StandardCharsets.US_ASCII);
        for (int at = head.length(); at < pdf.length; at++) {
            pdf[at] = (byte) (1 + (noise[at] & 0xfe));
        }
        assertThat(isText(pdf)).isFalse();
    }

    private boolean isText(byte[] content) throws IOException {
        return TextCheck.isText(Files.write(folder.resolve("input"), content));
    }
}
