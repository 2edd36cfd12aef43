package io.twinbatch.it.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processes of this machine that have to do with a folder: it is on their command line, or in their environment. The
 * app names its state folder, Azurite its data folder, and every task has its node's folder in its environment.
 */
record ProcessTable(Path folder) {
    private static final Path PROC = Path.of("/proc");

    /**
     * A process.
     *
     * @param pid its number
     * @param commandLine its words, with blanks between
     */
    record Entry(long pid, String commandLine) {}

    /** The processes that live now; this one is not among them. */
    List<Entry> now() {
        List<Entry> found = new ArrayList<>();
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                String commandLine = read(process.resolve("cmdline"));
                boolean related = commandLine.contains(folder.toString())
                        || read(process.resolve("environ")).contains(folder.toString());
                if (pid != self && related) {
                    found.add(new Entry(pid, commandLine.replace('\0', ' ').strip()));
                }
            }
        } catch (IOException e) {
            throw new AssertionError("the processes of this machine cannot be listed", e);
        }
        return found;
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's, and then it is none of the app's.
            return "";
        }
    }
}
