package io.twinbatch.local.store;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The engines that can be at work side by side in one state folder. The state folder itself is the first engine's; each
 * further engine has a complete {@link StateFolder} of its own below it.
 *
 * <pre>
 * STATE            the first engine
 * STATE/engine-2   the second one, and so on up to engine-16
 * </pre>
 */
public final class EngineFolders {
    /** A machine has no room for the processes of more. */
    static final int MAX_COUNT = 16;

    private final Path stateDir;

    /** The engines of a state folder, which need not exist yet. */
    public EngineFolders(Path stateDir) {
        this.stateDir = stateDir;
    }

    /**
     * Takes the first folder that no engine holds, and makes it when it is missing.
     *
     * @throws BatchException {@code CONFLICT} when all of them are held; otherwise as {@link StateFolder#take} does
     */
    public StateFolder takeFirstFree() {
        for (int number = 1; number <= MAX_COUNT; number++) {
            try {
                // Only the attempt shows whether a folder is free: another process may start at the same moment.
                return StateFolder.take(folder(number));
            } catch (BatchException e) {
                if (e.code() != ErrorCode.CONFLICT) {
                    throw e;
                }
            }
        }
        throw new BatchException(
                ErrorCode.CONFLICT,
                "state folder " + stateDir,
                MAX_COUNT
                        + " runs are at work in it, which is the most; wait until one of them ends, or choose another state"
                        + " folder");
    }

    /** The folders that exist, the first engine's first; that one is also named when there is none yet. */
    public List<Path> existing() {
        List<Path> folders = new ArrayList<>(List.of(stateDir));
        IntStream.rangeClosed(2, MAX_COUNT)
                .mapToObj(this::folder)
                .filter(Files::isDirectory)
                .forEach(folders::add);
        return List.copyOf(folders);
    }

    /**
     * The folders that engines hold now, with the process of each.
     *
     * @throws BatchException as {@link StateFolder#owner} does
     */
    public Map<Path, Long> held() {
        Map<Path, Long> held = new LinkedHashMap<>();
        existing().forEach(path -> StateFolder.owner(path).ifPresent(process -> held.put(path, process)));
        return held;
    }

    private Path folder(int number) {
        return number == 1 ? stateDir : stateDir.resolve("engine-" + number);
    }
}
