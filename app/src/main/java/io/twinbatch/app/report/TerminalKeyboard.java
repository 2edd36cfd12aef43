package io.twinbatch.app.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The keyboard of the terminal that standard error is, set up with {@code stty}. In the background it changes nothing: the
 * terminal is another program's then.
 */
public final class TerminalKeyboard implements Keyboard {
    /** Where Linux says which process group a process and the foreground of its terminal have. */
    private static final Path STATUS = Path.of("/proc/self/stat");

    private static final int GROUP = 2;
    private static final int FOREGROUND_GROUP = 5;

    private final InputStream input;
    private String settings = "";

    /**
     * A keyboard.
     *
     * @param input where what was typed is read; empty where that is not the terminal
     */
    public TerminalKeyboard(InputStream input) {
        this.input = input;
    }

    @Override
    public synchronized void ignore() {
        if (settings.isEmpty() && isInForeground()) {
            // Without lines, so that what was typed can be read and forgotten before it is a line.
            settings = stty("stty -g && stty -echo -icanon min 1");
        }
    }

    @Override
    public synchronized void listen() {
        if (!settings.isEmpty() && isInForeground()) {
            forget();
            stty("stty " + settings);
            settings = "";
        }
    }

    private void forget() {
        try {
            // Not skipped: that is a seek, which a terminal does not know.
            while (input.available() > 0 && input.readNBytes(input.available()).length > 0) {
                // There may be more than one call says.
            }
        } catch (IOException e) {
            // What cannot be read does not answer a question either.
        }
    }

    private static boolean isInForeground() {
        try {
            String status = Files.isReadable(STATUS) ? Files.readString(STATUS) : sh("ps -o tpgid=,pgid= -p $$");
            String[] fields =
                    status.substring(status.lastIndexOf(')') + 1).strip().split("\\s+", -1);
            return fields.length == 2
                    ? fields[0].equals(fields[1])
                    : fields.length > FOREGROUND_GROUP && fields[GROUP].equals(fields[FOREGROUND_GROUP]);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what stty prints; empty when there is no such program, or it fails. */
    private static String stty(String command) {
        try {
            return sh(command).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String sh(String command) throws IOException {
        Process process = new ProcessBuilder("/bin/sh", "-c", "exec <&2 2>/dev/null; " + command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
}
