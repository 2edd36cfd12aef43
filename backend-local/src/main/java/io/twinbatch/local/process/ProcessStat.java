package io.twinbatch.local.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What Linux says of a process in <a href="https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html">{@code
 * /proc/PID/stat}</a>.
 *
 * @param words the words behind the name of the program, which may have blanks itself; its state is the first of them
 */
public record ProcessStat(List<String> words) {
    /** Numbers of the page, of which the state is the third. */
    private static final int STATE = 3;

    private static final int USER_TIME = 14;
    private static final int KERNEL_TIME = 15;
    private static final int USER_TIME_OF_CHILDREN = 16;
    private static final int KERNEL_TIME_OF_CHILDREN = 17;
    private static final int START_TIME = 22;

    private static final String ENDED = "Z";

    public ProcessStat {
        words = List.copyOf(words);
    }

    /**
     * Of a process.
     *
     * @throws IOException when it has ended meanwhile, or the system has no such files
     */
    public static ProcessStat of(long pid) throws IOException {
        String text = Files.readString(Path.of("/proc", Long.toString(pid), "stat"), StandardCharsets.ISO_8859_1);
        List<String> words =
                List.of(text.substring(text.lastIndexOf(')') + 1).strip().split(" ", -1));
        if (words.size() <= START_TIME - STATE) {
            throw new IOException("the description of process " + pid + " has no start time");
        }
        return new ProcessStat(words);
    }

    private String word(int number) {
        return words.get(number - STATE);
    }

    private long ticks(int number) {
        return Long.parseLong(word(number));
    }

    /** Whether it has ended and is merely listed, because its parent has not taken note of that. */
    public boolean isListedOnly() {
        return word(STATE).equals(ENDED);
    }

    /** When it began, in hundredths of a second since the start of the system. */
    public String startTime() {
        return word(START_TIME);
    }

    /** The processor time of its program and of its children that have ended, in hundredths of a second. */
    public long userTicks() {
        return ticks(USER_TIME) + ticks(USER_TIME_OF_CHILDREN);
    }

    /** The processor time of the system on behalf of both, in hundredths of a second. */
    public long kernelTicks() {
        return ticks(KERNEL_TIME) + ticks(KERNEL_TIME_OF_CHILDREN);
    }
}
