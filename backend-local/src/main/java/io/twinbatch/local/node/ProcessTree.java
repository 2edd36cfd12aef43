package io.twinbatch.local.node;

import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * All processes of a piece of work, found by the variable that each inherits. A process that has left its parent and
 * its session is found as well, and so is one whose engine died. Where the system does not show the environment of
 * processes (it does under {@code /proc} on Linux), the descendants of the first process have to do.
 */
public final class ProcessTree {
    private static final Path PROC = Path.of("/proc");

    private static final int WAIT_MILLIS = 200;

    /** A process that is being killed can fork once more; a few rounds catch what is born meanwhile. */
    private static final int MAX_ROUNDS = 20;

    private final String prefix;

    /**
     * The processes of one engine.
     *
     * @param engineId names the engine among all engines on the machine
     */
    public ProcessTree(String engineId) {
        prefix = NodeEnvironment.WORK_ID + "=" + engineId + ":";
    }

    /** The value that marks the processes of a piece of work. */
    String mark(String workId) {
        return prefix.substring(NodeEnvironment.WORK_ID.length() + 1) + workId;
    }

    /**
     * A process by its number, when it belongs to a piece of work. Somebody else's has that number where an engine counts
     * its processes for itself, as in a virtual machine.
     */
    Optional<ProcessHandle> find(long pid, String workId) {
        // The handle comes first, as below.
        return ProcessHandle.of(pid)
                .filter(handle -> workId(PROC.resolve(Long.toString(pid))).equals(Optional.of(workId)));
    }

    /** Kills a piece of work: its first process, that one's descendants, and everything with its mark. */
    void kill(Process process, String workId) {
        ProcessTermination.killWithDescendants(process.toHandle());
        killMarked(workId::equals);
    }

    /**
     * Kills every process of this engine whose piece of work is chosen.
     *
     * @return how many there were
     */
    public int killMarked(Predicate<String> workIds) {
        int killed = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            List<ProcessHandle> found = marked(workIds);
            if (found.isEmpty()) {
                return killed;
            }
            found.forEach(ProcessHandle::destroyForcibly);
            killed += found.size();
            ProcessTermination.await(found, WAIT_MILLIS);
        }
        return killed;
    }

    private List<ProcessHandle> marked(Predicate<String> workIds) {
        List<ProcessHandle> found = new ArrayList<>();
        if (!Files.isDirectory(PROC)) {
            return found;
        }
        long self = ProcessHandle.current().pid();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
            for (Path process : processes) {
                long pid = Long.parseLong(process.getFileName().toString());
                if (pid != self) {
                    // The handle comes first: it knows when its process began, and never kills another one that is
                    // given the same number later.
                    ProcessHandle.of(pid)
                            .filter(handle -> workId(process).filter(workIds).isPresent())
                            .filter(ProcessHandle::isAlive)
                            .ifPresent(found::add);
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    private Optional<String> workId(Path process) {
        String environment;
        try {
            environment = new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            // It has ended meanwhile, or belongs to somebody else.
            return Optional.empty();
        }
        int start = environment.startsWith(prefix) ? 0 : environment.indexOf('\0' + prefix) + 1;
        if (start == 0 && !environment.startsWith(prefix)) {
            return Optional.empty();
        }
        int end = environment.indexOf('\0', start);
        return Optional.of(environment.substring(start + prefix.length(), end < 0 ? environment.length() : end));
    }
}
