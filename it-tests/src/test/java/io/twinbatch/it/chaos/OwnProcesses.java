package io.twinbatch.it.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The processes of this machine that have a folder in their environment or on their command line. */
final class OwnProcesses {
    private final Path folder;

    OwnProcesses(Path folder) {
        this.folder = folder;
    }

    /** Those that live now, but for this one. */
    List<ProcessHandle> now() {
        long self = ProcessHandle.current().pid();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(process -> process.getFileName().toString())
                    .filter(name -> name.chars().allMatch(Character::isDigit))
                    .flatMap(name -> ProcessHandle.of(Long.parseLong(name)).stream())
                    .filter(process -> process.pid() != self && concerns(process))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those of some that live still; one that only waits for its parent to take note of its end does not. */
    List<ProcessHandle> living(List<ProcessHandle> some) {
        return some.stream()
                .filter(process -> process.isAlive() && concerns(process))
                .toList();
    }

    private boolean concerns(ProcessHandle process) {
        Path files = Path.of("/proc", Long.toString(process.pid()));
        return read(files.resolve("environ")).contains(folder.toString())
                || read(files.resolve("cmdline")).contains(folder.toString());
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended meanwhile, or is somebody else's.
            return "";
        }
    }
}
