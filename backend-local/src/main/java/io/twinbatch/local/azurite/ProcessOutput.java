package io.twinbatch.local.azurite;

import io.twinbatch.api.error.FailureReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Reads what a process prints, so that it never has to wait for a reader, and keeps the last lines for the case that it
 * fails.
 */
final class ProcessOutput {
    private static final int LINES_KEPT = 20;

    private final Deque<String> last = new ArrayDeque<>();
    private final Thread reader;

    /**
     * Starts to read.
     *
     * @param process its output, with its error output in it
     * @param heard receives each line, on a thread of its own
     */
    ProcessOutput(Process process, Consumer<String> heard) {
        reader = new Thread(() -> read(process, heard), "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** The last lines, when the process has ended and closed its output; waits for that for a moment. */
    String afterEnd() throws InterruptedException {
        // A descendant that outlives the process may hold the output open, so the wait has a bound.
        reader.join(1000);
        synchronized (last) {
            return last.isEmpty() ? "it printed nothing" : String.join(System.lineSeparator(), last);
        }
    }

    private void read(Process process, Consumer<String> heard) {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                keep(line);
                heard.accept(line);
            }
        } catch (IOException e) {
            keep("(its output broke off: " + FailureReason.of(e) + ")");
        }
    }

    private void keep(String line) {
        synchronized (last) {
            if (last.size() == LINES_KEPT) {
                last.removeFirst();
            }
            last.addLast(line);
        }
    }
}
