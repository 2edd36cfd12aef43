package io.twinbatch.app.portal.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinbatch.api.task.TaskFile;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LogReaderTest {
    private static LogReader of(byte[] bytes) {
        return LogReader.ofFile(
                "log",
                () -> List.of(new TaskFile("log", false, bytes.length, Instant.EPOCH)),
                offset -> new ByteArrayInputStream(
                        bytes, (int) Math.min(offset, bytes.length), (int) Math.max(0, bytes.length - offset)));
    }

    private static LogReader of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aFileOfAGigabyteOpensAtItsEndWithoutTheRest() {
        long size = 1L << 30;
        AtomicLong opened = new AtomicLong();
        AtomicLong read = new AtomicLong();
        LogReader reader =
                LogReader.ofFile("log", () -> List.of(new TaskFile("log", false, size, Instant.EPOCH)), offset -> {
                    opened.set(offset);
                    return counted(read, size - offset);
                });

        LogPart part = reader.end();

        assertThat(part.text()).endsWith("\nthe end\n");
        assertThat(part.end()).isEqualTo(size);
        assertThat(opened.get()).isGreaterThanOrEqualTo(size - LogReader.PART_BYTES - 1);
        assertThat(read.get()).isLessThanOrEqualTo(LogReader.PART_BYTES + 1L);
    }

    /** Lines of dots, and an end. */
    private static InputStream counted(AtomicLong read, long length) {
        byte[] end = "the end\n".getBytes(StandardCharsets.UTF_8);
        return new InputStream() {
            private long position;

            @Override
            public int read() {
                if (position >= length) {
                    return -1;
                }
                read.incrementAndGet();
                long left = length - position++;
                if (left <= end.length) {
                    return end[end.length - (int) left];
                }
                return (left - end.length) % 10 == 1 ? '\n' : '.';
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                int count = 0;
                while (count < wanted) {
                    int next = read();
                    if (next < 0) {
                        return count == 0 ? -1 : count;
                    }
                    into[offset + count] = (byte) next;
                    count++;
                }
                return count;
            }
        };
    }

    @Test
    void thePartsOfAFileAreItsWholeLinesEachOnce() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            text.append("line ").append(i).append(" é\n");
        }
        LogReader reader = of(text.toString());

        List<String> parts = new ArrayList<>();
        long at = 0;
        long size = text.toString().getBytes(StandardCharsets.UTF_8).length;
        while (at < size) {
            LogPart part = reader.from(at);
            assertThat(part.start()).isEqualTo(at);
            parts.add(part.text());
            at = part.end();
        }

        assertThat(String.join("", parts)).isEqualTo(text.toString());
        assertThat(parts).hasSizeGreaterThan(2).allMatch(part -> part.startsWith("line ") && part.endsWith("é\n"));
    }

    @Test
    void escapesOfATerminalAreShownAndNotSent() {
        assertThat(of("\u001b[31mred\u001b[0m\tx\u202e\rgone\n").end().text())
                .isEqualTo("\\u001b[31mred\\u001b[0m\tx\\u202e\ngone\n");
    }

    @Test
    void whatIsNoTextIsADump() {
        byte[] bytes = {(byte) 0x7f, 'E', 'L', 'F', 0, 1, 2, 3, (byte) 0xff, 'z'};

        LogPart part = of(bytes).end();

        assertThat(part.binary()).isTrue();
        assertThat(part.text())
                .isEqualTo("00000000  7f 45 4c 46 00 01 02 03 ff 7a" + " ".repeat(18) + "  .ELF.....z\n");
    }

    @Test
    void textInAnOldEncodingIsText() {
        assertThat(of("caf\u00e9 au lait, d\u00e9j\u00e0 vu\n".getBytes(StandardCharsets.ISO_8859_1))
                        .end()
                        .binary())
                .isFalse();
    }

    @Test
    void anEmptyFileIsNoFailure() {
        assertThat(of("").end().text()).isEmpty();
    }

    @Test
    void secretsThatATaskPrintsAreLeftOutAlsoWhereAPartBegins() {
        String url = "https://store.example.org/c/o?sv=1&sig=c2VjcmV0c2VjcmV0";
        String filler = "x".repeat(80) + "\n";
        String text = "fetching " + url + "\n" + filler.repeat(900) + "AccountKey=" + "A".repeat(86) + "==\n";
        LogReader reader = of(text);

        assertThat(reader.from(0).text())
                .contains("fetching https://store.example.org/c/o?***")
                .doesNotContain("c2Vj");
        assertThat(reader.end().text()).doesNotContain("AAAA");
        for (int at = 1; at < 80; at++) {
            assertThat(reader.from(at).text()).as("from byte %s", at).doesNotContain("c2Vj", "sig");
        }
    }
}
