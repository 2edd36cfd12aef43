package io.twinbatch.task.count;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.task.cli.NodeTask;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the program, in a process of its own, against a count by another program in another language. */
class TopWordsOracleTest {
    private static final int BUFFER = WordCounter.BUFFER_BYTES;
    private static final String ALL = "1000000";

    /** What a text may be made of so that much can go wrong: white space, punctuation, whole and broken sequences. */
    private static final String[] PIECES = {
        " ",
        "\n",
        "\r\n",
        "\t",
        "a",
        "b",
        "Ab",
        ".",
        "-",
        "'",
        "12345678",
        "123456789",
        "sixteen-bytes-ab",
        "more-than-sixteen-bytes",
        "\u0000",
        "\u001c",
        "\u001f",
        "\u007f",
        "\u00e9",
        "\u0085",
        "\u00a0",
        "\u1680",
        "\u2003",
        "\u200b",
        "\u2028",
        "\u205f",
        "\u3000",
        "\ufeff",
        "\ufffd",
        "\u4e2d",
        "\u4e2d\u6587\u5b57",
        "\u043f\u0440\u0438\u0432\u0435\u0442",
        "\u05d0x\u05d1",
        "\ud83d\ude00"
    };

    private static final int[][] BROKEN = {
        {0x80},
        {0xbf},
        {0xc0, 0xaf},
        {0xc2},
        {0xe0, 0x80},
        {0xe2},
        {0xe2, 0x80},
        {0xd0},
        {0xdf},
        {0xe4},
        {0xe4, 0xb8},
        {0xec, 0xbf},
        {0xb8, 0x96},
        {0xed, 0xa0, 0x80},
        {0xed, 0xbf, 0xbf},
        {0xf0, 0x80},
        {0xf0, 0x9f},
        {0xf0, 0x9f, 0x98},
        {0xf4, 0x90},
        {0xf5},
        {0xf8, 0x88},
        {0xfe},
        {0xff},
        {0xc1, 0x81}
    };

    @TempDir
    private Path folder;

    @BeforeAll
    static void needsPython() throws InterruptedException {
        assumeTrue(answers("python3", "--version"), "python3 is not installed");
    }

    @Test
    void countsHandMadeTextsAsTheOracleDoes() throws Exception {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        texts.put("empty", bytes(""));
        texts.put("punctuation", bytes("... --- !!! \n ''' \"\" {}[]"));
        texts.put("spaces", bytes(" \t\r\n\u2003\u3000\u0085"));
        texts.put("no-newline", bytes("the last word"));
        texts.put("crlf", bytes("one two\r\nthree\r\n\r\none\rtwo\r\n"));
        texts.put("mark", bytes("\ufeffmark mark \ufeff mark"));
        texts.put("ties", bytes("d c b a a b c d e f ; g! g? f e"));
        texts.put(
                "unicode",
                bytes("\u00fcber \u00dcber stra\u00dfe \u4e2d\u6587\u3002 \u00abq\u00bb \u2014 \u2014x \u0301"));
        texts.put("long-line", bytes("many words on one line, ".repeat(20_000)));
        texts.put("long-word", bytes("x" + "yz-".repeat(100_000) + " x"));
        texts.put("long-punctuation", bytes("x" + ".".repeat(300_000) + "y " + ".".repeat(300_000) + " z"));
        texts.put("long-invalid", invalidWord(100_000));
        assertSameAsOracle(texts);
    }

    @Test
    void countsWordsAcrossBuffersAsTheOracleDoes() throws Exception {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        Random random = new Random(3);
        for (int shift = 0; shift < 80; shift++) {
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.writeBytes(bytes("fill up ".repeat(BUFFER / 8 - 5)));
            text.writeBytes(bytes("x".repeat(shift) + " "));
            text.writeBytes(pieces(random, 60));
            text.writeBytes(bytes("then on ".repeat(BUFFER / 8 - 10)));
            text.writeBytes(pieces(random, 60));
            texts.put("shift-" + shift, text.toByteArray());
        }
        assertSameAsOracle(texts);
    }

    @Test
    void countsRandomBytesAsTheOracleDoes() throws Exception {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        Random random = new Random(5);
        for (int number = 0; number < 2_000; number++) {
            byte[] text = new byte[random.nextInt(400)];
            random.nextBytes(text);
            texts.put("random-" + number, number % 4 == 0 ? text : pieces(random, random.nextInt(200)));
        }
        texts.put("random-large", pieces(random, 400_000));
        assertSameAsOracle(texts);
    }

    @Test
    void countsATextLargerThanItsHeap() throws Exception {
        Path text = folder.resolve("large");
        Random random = new Random(9);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(text), 1 << 16)) {
            for (long size = 0; size < 64 << 20; ) {
                byte[] line = bytes(
                        "vocabulary-of-rather-long-w\u00f6rter-" + random.nextInt(5_000) + ", \u201cquoted\u201d\n");
                out.write(line);
                size += line.length;
            }
        }
        run(List.of(
                java(),
                "-Xmx24m",
                "-cp",
                classes(),
                NodeTask.class.getName(),
                "--filepath",
                text.toString(),
                "--numwords",
                ALL));
        String expected = run(List.of("python3", oracle(), "--numwords", ALL, text.toString()));
        assertThat(body(folder.resolve("large_OUTPUT.txt"))).isEqualTo(expected);
    }

    @Test
    void mergesTheCountsOfItsTasksToTheOraclesTotal() throws Exception {
        Random random = new Random(13);
        List<String> texts = new ArrayList<>();
        List<String> merge = new ArrayList<>(List.of(
                java(), "-cp", classes(), NodeTask.class.getName(), "--merge", "--numwords=50", "--output-name=total"));
        for (int number = 0; number < 3; number++) {
            String one = Files.write(folder.resolve("one-" + number), pieces(random, 5_000))
                    .toString();
            String two = Files.write(folder.resolve("two-" + number), pieces(random, 5_000))
                    .toString();
            texts.addAll(List.of(one, two));
            run(List.of(
                    java(),
                    "-cp",
                    classes(),
                    NodeTask.class.getName(),
                    "--numwords=5",
                    "--counts=counts-" + number,
                    "--filepath=" + one,
                    "--filepath=" + two));
            merge.add("--filepath=" + folder.resolve("counts-" + number));
        }
        run(merge);
        List<String> oracle = new ArrayList<>(List.of("python3", oracle(), "--numwords", "50", "--total"));
        oracle.addAll(texts);
        assertThat(body(folder.resolve("total"))).isEqualTo(run(oracle));
    }

    private void assertSameAsOracle(Map<String, byte[]> texts) throws Exception {
        StringBuilder list = new StringBuilder();
        List<String> oracle = new ArrayList<>(List.of("python3", oracle(), "--numwords", ALL));
        for (Map.Entry<String, byte[]> text : texts.entrySet()) {
            Path file = Files.write(folder.resolve(text.getKey()), text.getValue());
            list.append(file).append('\t').append(text.getKey()).append(".result\n");
            oracle.add(file.toString());
        }
        Path listFile = Files.writeString(folder.resolve("list"), list);
        run(List.of(
                java(),
                "-cp",
                classes(),
                NodeTask.class.getName(),
                "--filelist",
                listFile.toString(),
                "--numwords",
                ALL));
        StringBuilder found = new StringBuilder();
        for (String name : texts.keySet()) {
            found.append("==> ").append(folder.resolve(name)).append(" <==\n");
            found.append(body(folder.resolve(name + ".result")));
        }
        assertThat(found.toString()).isEqualTo(run(oracle));
    }

    private static byte[] pieces(Random random, int number) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int piece = 0; piece < number; piece++) {
            if (random.nextInt(8) > 0) {
                text.writeBytes(bytes(PIECES[random.nextInt(PIECES.length)]));
                continue;
            }
            for (int value : BROKEN[random.nextInt(BROKEN.length)]) {
                text.write(value);
            }
        }
        return text.toByteArray();
    }

    private static byte[] invalidWord(int length) {
        byte[] word = new byte[length];
        new Random(1).nextBytes(word);
        for (int at = 0; at < length; at++) {
            word[at] |= (byte) 0x80;
        }
        return word;
    }

    /** The lines of the words, one character per byte. */
    private static String body(Path result) throws IOException {
        String rule = "------------------------------\n";
        String content = Files.readString(result, StandardCharsets.ISO_8859_1);
        int from = content.indexOf(rule) + rule.length();
        return content.substring(from, content.lastIndexOf(rule));
    }

    /** Runs a command and returns what it prints, one character per byte. */
    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return printed;
    }

    private static boolean answers(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static String classes() throws URISyntaxException {
        return Path.of(NodeTask.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static String oracle() {
        Path module = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
        return module.resolveSibling("it-tests/src/test/oracle/topwords.py").toString();
    }
}
