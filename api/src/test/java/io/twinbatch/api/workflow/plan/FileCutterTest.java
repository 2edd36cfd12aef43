package io.twinbatch.api.workflow.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.storage.FileRange;
import io.twinbatch.api.workflow.model.InputFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FileCutterTest {
    private static final List<String> PARTS = List.of(
            "a",
            "word ",
            "\n",
            "\r\n",
            "\n\n",
            "gr\u00fc\u00dfe",
            "\u6771\u4eac ",
            "\ud83d\ude00",
            "\r",
            "\0",
            "x".repeat(90));

    @TempDir
    private Path folder;

    private InputFile file(byte[] content) throws IOException {
        return InputFile.of(Files.write(folder.resolve("text"), content));
    }

    private List<FileRange> cut(byte[] content, long size) throws IOException {
        return FileCutter.cut(file(content), size);
    }

    private static List<Long> lengths(List<FileRange> pieces) {
        return pieces.stream().map(FileRange::length).toList();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64, 1000, 65_536, 100_000})
    void piecesMakeUpTheTextAndEndWithLines(int size) throws IOException {
        for (long seed = 0; seed < 40; seed++) {
            byte[] text = randomText(new SplittableRandom(seed * 31 + size), Math.min(size * 20, 400_000));

            List<FileRange> pieces = cut(text, size);

            long position = 0;
            for (FileRange piece : pieces) {
                assertThat(piece.offset()).isEqualTo(position);
                position += piece.length();
                byte[] bytes = Arrays.copyOfRange(text, (int) piece.offset(), (int) position);
                if (position < text.length) {
                    assertThat(bytes[bytes.length - 1]).isEqualTo((byte) '\n');
                }
                if (bytes.length > size) {
                    assertThat(lineFeeds(Arrays.copyOf(bytes, bytes.length - 1)))
                            .isZero();
                }
            }
            assertThat(position).isEqualTo(text.length);
        }
    }

    private static byte[] randomText(SplittableRandom random, int length) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        int bytes = random.nextInt(length + 1);
        while (text.size() < bytes) {
            text.writeBytes(utf8(PARTS.get(random.nextInt(PARTS.size()))));
        }
        return text.toByteArray();
    }

    private static long lineFeeds(byte[] bytes) {
        long count = 0;
        for (byte b : bytes) {
            count += b == '\n' ? 1 : 0;
        }
        return count;
    }

    @Test
    void aPieceHasAsManyWholeLinesAsFit() throws IOException {
        assertThat(lengths(cut(utf8("1\n2\n3\n4\n5"), 4))).containsExactly(4L, 4L, 1L);
        assertThat(lengths(cut(utf8("1\r\n2\r\n3"), 5))).containsExactly(3L, 4L);
        assertThat(lengths(cut(utf8("12345678\n1\n"), 3))).containsExactly(9L, 2L);
        assertThat(lengths(cut(utf8("\n\n\n"), 1))).containsExactly(1L, 1L, 1L);
    }

    @Test
    void whatFitsAndWhatIsOneLineStaysWhole() throws IOException {
        assertThat(lengths(cut(utf8("1\n2\n"), 4))).containsExactly(4L);
        assertThat(lengths(cut(utf8(""), 4))).containsExactly(0L);
        assertThat(lengths(cut(utf8("x".repeat(200_000)), 10))).containsExactly(200_000L);
        assertThat(lengths(cut(utf8("old\rmac\r".repeat(9)), 10))).containsExactly(72L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void whatHasLineFeedsInsideOfCharactersIsRefused(String charset) throws IOException {
        byte[] text = "some lines\nof text\n".repeat(20).getBytes(Charset.forName(charset));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> cut(text, 100))
                .withMessageContaining("UTF-16 or UTF-32");
        assertThat(lengths(cut(text, 1 << 20))).hasSize(1);
    }

    @Test
    void tooManyPiecesAreRefused() throws IOException {
        byte[] text = utf8("\n".repeat(10_001));

        assertThatExceptionOfType(BatchException.class)
                .isThrownBy(() -> cut(text, 1))
                .withMessageContaining("more than 10000 pieces");
    }
}
