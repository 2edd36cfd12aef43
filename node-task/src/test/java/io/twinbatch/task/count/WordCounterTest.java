package io.twinbatch.task.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordCounterTest {
    @Test
    void countsWordsInTheOrderInWhichTheyAreFirstSeen() throws IOException {
        assertThat(counts("the cat and the dog")).isEqualTo("2 the\n1 cat\n1 and\n1 dog\n");
    }

    @Test
    void cutsPunctuationOffAtBothEndsAndKeepsItInside() throws IOException {
        assertThat(counts("(don't!) \"well-known\", ...end... a.b."))
                .isEqualTo("1 don't\n1 well-known\n1 end\n1 a.b\n");
    }

    @Test
    void knowsAllPunctuation() throws IOException {
        String punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";
        assertThat(counts(punctuation + "word" + punctuation)).isEqualTo("1 word\n");
    }

    @Test
    void keepsCase() throws IOException {
        assertThat(counts("Word word WORD word")).isEqualTo("1 Word\n2 word\n1 WORD\n");
    }

    @Test
    void findsNoWordInPunctuationOrWhiteSpace() throws IOException {
        assertThat(counts("")).isEmpty();
        assertThat(counts(" \n\t \r\n")).isEmpty();
        assertThat(counts("-- ... \n!?")).isEmpty();
    }

    @Test
    void splitsAtEveryWhiteSpaceThatPythonKnows() throws IOException {
        String spaces = "\t\n\u000b\f\r\u001c\u001d\u001e\u001f \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005"
                + "\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000";
        StringBuilder text = new StringBuilder("x");
        for (int at = 0; at < spaces.length(); at++) {
            text.append(spaces.charAt(at)).append('x');
        }
        assertThat(counts(text.toString())).isEqualTo((spaces.length() + 1) + " x\n");
    }

    @Test
    void doesNotSplitAtCharactersThatOnlyLookLikeWhiteSpace() throws IOException {
        assertThat(counts("a\u200bb\u180ec\ufeffd\u0000e\u0008f\u007fg"))
                .isEqualTo("1 a\u200bb\u180ec\ufeffd\u0000e\u0008f\u007fg\n");
    }

    @Test
    void tellsWordsApartThatDifferInAZeroByteAtTheEnd() throws IOException {
        assertThat(counts("a a\u0000 a\u0000\u0000 12345678 12345678\u0000"))
                .isEqualTo("1 a\n1 a\u0000\n1 a\u0000\u0000\n1 12345678\n1 12345678\u0000\n");
    }

    @Test
    void keepsAByteOrderMarkAsPartOfTheFirstWord() throws IOException {
        assertThat(counts("\ufefffirst first")).isEqualTo("1 \ufefffirst\n1 first\n");
    }

    @Test
    void countsInvalidBytesAsReplacementCharactersThatEqualRealOnes() throws IOException {
        byte[] text = {'a', (byte) 0xff, 'b', ' ', 'a', (byte) 0xef, (byte) 0xbf, (byte) 0xbd, 'b'};
        assertThat(counts(text, 64)).isEqualTo("2 a\ufffdb\n");
    }

    @Test
    void replacesTheLongestPartThatCouldHaveBeenASequenceAtOnce() throws IOException {
        assertThat(invalid(0xe2, 0x80)).isEqualTo("\ufffd");
        assertThat(invalid(0xf0, 0x9f, 0x98)).isEqualTo("\ufffd");
        assertThat(invalid(0xed, 0xa0, 0x80)).isEqualTo("\ufffd\ufffd\ufffd");
        assertThat(invalid(0xc0, 0xaf)).isEqualTo("\ufffd\ufffd");
        assertThat(invalid(0xe0, 0x80, 0x80)).isEqualTo("\ufffd\ufffd\ufffd");
        assertThat(invalid(0xf4, 0x90, 0x80, 0x80)).isEqualTo("\ufffd\ufffd\ufffd\ufffd");
        assertThat(invalid(0xf5)).isEqualTo("\ufffd");
        assertThat(invalid(0x80)).isEqualTo("\ufffd");
    }

    @Test
    void countsTheSameWhateverTheBufferHolds() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < 400; number++) {
            text.append("w\u00f6rter\u2028 ,, \u20ac").append(number % 37).append("... \ud83d\ude00\u3000");
            text.append("x".repeat(number % 71)).append('\n');
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        String expected = counts(bytes, 1 << 20);
        for (int capacity = 1; capacity < 200; capacity++) {
            assertThat(counts(bytes, capacity)).as("buffer of " + capacity).isEqualTo(expected);
        }
    }

    @Test
    void countsWordsLongerThanTheBuffer() throws IOException {
        String lengthy = "x".repeat(100_000);
        assertThat(counts((lengthy + " y " + lengthy).getBytes(StandardCharsets.UTF_8), 64))
                .isEqualTo("2 " + lengthy + "\n1 y\n");
    }

    @Test
    void readsOnWhenTheStreamGivesOneByteAtATime() throws IOException {
        WordTable words = new WordTable();
        new WordCounter(words, 64).count(new Trickle("one two\u3000one".getBytes(StandardCharsets.UTF_8)));
        assertThat(print(words)).isEqualTo("2 one\n1 two\n");
    }

    @Test
    void startsAfreshWithEachStream() throws IOException {
        WordTable words = new WordTable();
        WordCounter counter = new WordCounter(words, 64);
        counter.count(new ByteArrayInputStream("half".getBytes(StandardCharsets.UTF_8)));
        counter.count(new ByteArrayInputStream("way".getBytes(StandardCharsets.UTF_8)));
        assertThat(print(words)).isEqualTo("1 half\n1 way\n");
    }

    private static String invalid(int... values) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int at = 0; at < values.length; at++) {
            bytes[at] = (byte) values[at];
        }
        String line = counts(bytes, 64);
        return line.substring(2, line.length() - 1);
    }

    private static String counts(String text) throws IOException {
        return counts(text.getBytes(StandardCharsets.UTF_8), 1 << 12);
    }

    private static String counts(byte[] text, int bufferBytes) throws IOException {
        WordTable words = new WordTable();
        new WordCounter(words, bufferBytes).count(new ByteArrayInputStream(text));
        return print(words);
    }

    private static String print(WordTable words) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CountsFile(words).write(out);
        return out.toString(StandardCharsets.UTF_8).replace('\t', ' ');
    }

    /** A stream as a slow pipe gives it. */
    private static final class Trickle extends InputStream {
        private final ByteArrayInputStream bytes;

        Trickle(byte[] bytes) {
            this.bytes = new ByteArrayInputStream(bytes);
        }

        @Override
        public int read() {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int from, int length) {
            return bytes.read(target, from, 1);
        }
    }
}
