package io.twinbatch.task.count;

/**
 * Chooses the most frequent words: by count, the highest first, and words of the same count in the order in which they
 * were first seen. Takes memory for the words chosen only.
 */
final class TopWords {
    private final WordTable words;
    /** A heap with the word that would go first at its root: numbers of words, from index 0. */
    private final int[] heap;

    private int size;

    private TopWords(WordTable words, int limit) {
        this.words = words;
        this.heap = new int[Math.min(limit, words.size())];
    }

    /** The numbers of the chosen words, best first; all words if there are no more than the limit, which is 1 or more. */
    static int[] choose(WordTable words, int limit) {
        TopWords top = new TopWords(words, limit);
        for (int word = 1; word <= words.size(); word++) {
            top.offer(word);
        }
        return top.sorted();
    }

    private void offer(int word) {
        if (size < heap.length) {
            size++;
            rise(size - 1, word);
        } else if (isWorse(heap[0], word)) {
            sink(word);
        }
    }

    private int[] sorted() {
        int[] best = new int[size];
        while (size > 0) {
            int worst = heap[0];
            size--;
            if (size > 0) {
                sink(heap[size]);
            }
            best[size] = worst;
        }
        return best;
    }

    private void rise(int from, int word) {
        int at = from;
        while (at > 0 && isWorse(word, heap[(at - 1) >>> 1])) {
            heap[at] = heap[(at - 1) >>> 1];
            at = (at - 1) >>> 1;
        }
        heap[at] = word;
    }

    /** Puts a word in the root's place and lets it sink to where it belongs. */
    private void sink(int word) {
        int at = 0;
        while (at < size >>> 1) {
            int child = 2 * at + 1;
            if (child + 1 < size && isWorse(heap[child + 1], heap[child])) {
                child++;
            }
            if (!isWorse(heap[child], word)) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = word;
    }

    private boolean isWorse(int word, int other) {
        long count = words.count(word);
        long otherCount = words.count(other);
        return count < otherCount || (count == otherCount && word > other);
    }
}
