package io.twinbatch.task.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Holds the counter against a plain one that decodes the whole text first and then takes one character at a time. */
class WordCounterReferenceTest {
    /** The well-formed sequences of the Unicode standard: first byte from and to, second byte from and to, length. */
    private static final int[][] SEQUENCES = {
        {0xc2, 0xdf, 0x80, 0xbf, 2},
        {0xe0, 0xe0, 0xa0, 0xbf, 3},
        {0xe1, 0xec, 0x80, 0xbf, 3},
        {0xed, 0xed, 0x80, 0x9f, 3},
        {0xee, 0xef, 0x80, 0xbf, 3},
        {0xf0, 0xf0, 0x90, 0xbf, 4},
        {0xf1, 0xf3, 0x80, 0xbf, 4},
        {0xf4, 0xf4, 0x80, 0x8f, 4}
    };

    /** First and last code point of what a random text is made of. */
    private static final int[][] SCRIPTS = {
        {0x00, 0x7f},
        {'a', 'z'},
        {0x80, 0xff},
        {0x3b1, 0x3c9},
        {0x410, 0x44f},
        {0x5d0, 0x5ea},
        {0x900, 0x97f},
        {0xe01, 0xe2e},
        {0x1670, 0x1690},
        {0x1ea0, 0x1eff},
        {0x1ff8, 0x2070},
        {0x2190, 0x21ff},
        {0x2ffc, 0x30ff},
        {0x4e00, 0x9fff},
        {0xac00, 0xd7ff},
        {0xe000, 0xffff},
        {0x1f300, 0x1f6ff},
        {0xff000, 0x10ffff}
    };

    private final Random random = new Random(20);

    @Test
    void countsRandomBytesAsTheReferenceDoes() throws IOException {
        for (int round = 0; round < 3_000; round++) {
            byte[] text = new byte[random.nextInt(300)];
            random.nextBytes(text);
            assertSameAsReference(text);
        }
    }

    @Test
    void countsTextOfEachScriptAsTheReferenceDoes() throws IOException {
        for (int round = 0; round < 3_000; round++) {
            int[] script = SCRIPTS[round % SCRIPTS.length];
            assertSameAsReference(text(script, SCRIPTS[0]));
        }
    }

    @Test
    void countsTextOfMixedScriptsAsTheReferenceDoes() throws IOException {
        for (int round = 0; round < 3_000; round++) {
            assertSameAsReference(text(SCRIPTS));
        }
    }

    @Test
    void countsDamagedTextAsTheReferenceDoes() throws IOException {
        for (int round = 0; round < 6_000; round++) {
            int[] script = SCRIPTS[round % SCRIPTS.length];
            byte[] text = text(script, script, SCRIPTS[random.nextInt(SCRIPTS.length)]);
            for (int damage = random.nextInt(4); damage >= 0 && text.length > 0; damage--) {
                text[random.nextInt(text.length)] = (byte) (0x80 | random.nextInt());
            }
            assertSameAsReference(text);
        }
    }

    @Test
    void countsEachSequenceAtEachPlaceAsTheReferenceDoes() throws IOException {
        for (int lead = 0x80; lead < 0x100; lead++) {
            for (int second : new int[] {' ', 'x', 0x7f, 0x80, 0x81, 0x85, 0x8f, 0x90, 0x9a, 0x9f, 0xa0, 0xbf, 0xc3}) {
                for (int third : new int[] {' ', 0x80, 0x8a, 0x8b, 0x9f, 0xa8, 0xa9, 0xaf, 0xe4}) {
                    byte[] text = new byte[64 + 24];
                    for (int at = 0; at < text.length; at++) {
                        text[at] = (byte) (at % 2 == 0 ? 0xd0 : 0xb0 + at % 11);
                    }
                    int place = 56 + (lead + second + third) % 9;
                    text[place] = (byte) lead;
                    text[place + 1] = (byte) second;
                    text[place + 2] = (byte) third;
                    text[place + 3] = (byte) (third == 0xe4 ? 0xb8 : 0x80);
                    assertSameAsReference(text);
                }
            }
        }
    }

    /** Words of random length, each of one of the scripts, with white space and punctuation between them. */
    private byte[] text(int[]... scripts) {
        StringBuilder text = new StringBuilder();
        for (int word = random.nextInt(20); word >= 0; word--) {
            int[] script = scripts[random.nextInt(scripts.length)];
            for (int letter = random.nextInt(random.nextInt(12) + 1); letter >= 0; letter--) {
                text.appendCodePoint(script[0] + random.nextInt(script[1] - script[0] + 1));
            }
            text.append(" \n,.!-\u3000\u2003\u0085\u00a0".charAt(random.nextInt(10)));
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Compares with a buffer that holds the whole text and with one that ends somewhere within it. */
    private void assertSameAsReference(byte[] text) throws IOException {
        String expected = reference(text);
        assertThat(counted(text, text.length + 1)).as("whole text").isEqualTo(expected);
        int capacity = 1 + random.nextInt(text.length + 1);
        assertThat(counted(text, capacity)).as("buffer of " + capacity).isEqualTo(expected);
    }

    private static String counted(byte[] text, int capacity) throws IOException {
        WordTable words = new WordTable();
        new WordCounter(words, capacity).count(new ByteArrayInputStream(text));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WordBytes bytes = new WordBytes(words);
        for (int word = 1; word <= words.size(); word++) {
            bytes.write(word, out);
            out.writeBytes(("\t" + words.count(word) + "\r").getBytes(StandardCharsets.US_ASCII));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private static String reference(byte[] text) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        StringBuilder token = new StringBuilder();
        String decoded = decode(text) + " ";
        for (int at = 0; at < decoded.length(); at++) {
            char unit = decoded.charAt(at);
            if (!isSpace(unit)) {
                token.append(unit);
                continue;
            }
            String word = token.toString().replaceAll("^\\p{Punct}+|\\p{Punct}+$", "");
            if (!word.isEmpty()) {
                counts.merge(word, 1, Integer::sum);
            }
            token.setLength(0);
        }
        StringBuilder lines = new StringBuilder();
        counts.forEach(
                (word, count) -> lines.append(word).append('\t').append(count).append('\r'));
        return lines.toString();
    }

    /** Not the platform's decoder, which puts one U+FFFD for all three bytes of an encoded surrogate. */
    private static String decode(byte[] text) {
        StringBuilder decoded = new StringBuilder();
        int at = 0;
        while (at < text.length) {
            int[] sequence = sequenceWith(text[at] & 0xff);
            int length = 1;
            while (sequence != null && length < sequence[4] && at + length < text.length) {
                int next = text[at + length] & 0xff;
                if (next < (length == 1 ? sequence[2] : 0x80) || next > (length == 1 ? sequence[3] : 0xbf)) {
                    break;
                }
                length++;
            }
            boolean whole = text[at] >= 0 || (sequence != null && length == sequence[4]);
            decoded.append(whole ? new String(text, at, length, StandardCharsets.UTF_8) : "\ufffd");
            at += length;
        }
        return decoded.toString();
    }

    private static int[] sequenceWith(int lead) {
        for (int[] sequence : SEQUENCES) {
            if (lead >= sequence[0] && lead <= sequence[1]) {
                return sequence;
            }
        }
        return null;
    }

    private static boolean isSpace(char unit) {
        return Character.isWhitespace(unit) || Character.isSpaceChar(unit) || unit == '\u0085';
    }
}
