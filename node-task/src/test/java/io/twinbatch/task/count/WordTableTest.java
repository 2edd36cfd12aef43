package io.twinbatch.task.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WordTableTest {
    @Test
    void countsAsAnOrderedMapDoes() {
        Random random = new Random(7);
        Map<String, Long> expected = new LinkedHashMap<>();
        WordTable words = new WordTable();
        for (int turn = 0; turn < 300_000; turn++) {
            String word = "w".repeat(random.nextInt(40)) + random.nextInt(2_000);
            long times = 1L + random.nextInt(3);
            add(words, word, times);
            expected.merge(word, times, Long::sum);
        }
        assertThat(content(words)).containsExactlyElementsOf(lines(expected));
        assertThat(words.total())
                .isEqualTo(expected.values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void addsAnotherTableInItsOrder() {
        WordTable words = new WordTable();
        add(words, "b", 1);
        WordTable others = new WordTable();
        add(others, "a word of more than sixteen bytes", 3_000_000_000L);
        add(others, "b", 4);
        words.addAll(others);
        assertThat(content(words)).containsExactly("b=5", "a word of more than sixteen bytes=3000000000");
    }

    @Test
    void isEmptyAfterItWasCleared() {
        WordTable words = new WordTable();
        for (int number = 0; number < 200_000; number++) {
            add(words, "a rather long word with number " + number, 1);
        }
        words.clear();
        assertThat(words.size()).isZero();
        assertThat(words.total()).isZero();
        add(words, "a rather long word with number 7", 1);
        assertThat(content(words)).containsExactly("a rather long word with number 7=1");
    }

    @Test
    void choosesTheMostFrequentWordsAndOfEqualOnesTheFirstSeen() {
        WordTable words = new WordTable();
        add(words, "x", 2);
        add(words, "y", 5);
        add(words, "z", 2);
        add(words, "u", 5);
        add(words, "v", 1);
        assertThat(TopWords.choose(words, 1)).containsExactly(2);
        assertThat(TopWords.choose(words, 3)).containsExactly(2, 4, 1);
        assertThat(TopWords.choose(words, 5)).containsExactly(2, 4, 1, 3, 5);
        assertThat(TopWords.choose(words, Integer.MAX_VALUE)).containsExactly(2, 4, 1, 3, 5);
        assertThat(TopWords.choose(new WordTable(), 3)).isEmpty();
    }

    @Test
    void choosesAsAStableSortDoes() {
        Random random = new Random(11);
        WordTable words = new WordTable();
        for (int number = 0; number < 5_000; number++) {
            add(words, "w" + number, 1 + random.nextInt(50));
        }
        List<Integer> expected = new ArrayList<>();
        for (int word = 1; word <= words.size(); word++) {
            expected.add(word);
        }
        expected.sort((one, other) -> Long.compare(words.count(other), words.count(one)));
        for (int limit : new int[] {1, 2, 10, 999, 4_999, 5_000, 6_000}) {
            List<Integer> first = expected.subList(0, Math.min(limit, expected.size()));
            assertThat(TopWords.choose(words, limit))
                    .containsExactly(first.stream().mapToInt(Integer::intValue).toArray());
        }
    }

    private static void add(WordTable words, String word, long times) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        byte[] padded = new byte[bytes.length + 8];
        System.arraycopy(bytes, 0, padded, 0, bytes.length);
        ByteBuffer text = WordRests.view(padded);
        words.add(text, 0, bytes.length, times);
    }

    private static List<String> content(WordTable words) {
        List<String> content = new ArrayList<>();
        for (int word = 1; word <= words.size(); word++) {
            byte[] bytes = new byte[words.length(word)];
            words.copyWord(word, bytes);
            content.add(new String(bytes, StandardCharsets.UTF_8) + "=" + words.count(word));
        }
        return content;
    }

    private static List<String> lines(Map<String, Long> counts) {
        List<String> lines = new ArrayList<>();
        counts.forEach((word, count) -> lines.add(word + "=" + count));
        return lines;
    }
}
