package io.twinbatch.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFoldersTest {
    @TempDir
    private Path temp;

    private final List<StateFolder> taken = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private Path state;
    private EngineFolders folders;

    @BeforeEach
    void nameTheStateFolder() throws Exception {
        state = temp.toRealPath().resolve("state");
        folders = new EngineFolders(state);
    }

    @AfterEach
    void giveAllBack() throws Exception {
        for (StateFolder folder : taken) {
            folder.close();
        }
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    /** A program that takes the first free folder, and holds it until its input ends. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) throws Exception {
            // All of them begin when they are given a line, and not when their virtual machines happen to be up.
            System.out.println("ready");
            int go = System.in.read();
            try (StateFolder folder = new EngineFolders(Path.of(arguments[0])).takeFirstFree()) {
                System.out.println(folder.path());
                while (go != -1) {
                    go = System.in.read();
                }
            }
        }
    }

    private Process taker() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        state.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    private static void go(Process process) throws Exception {
        process.getOutputStream().write("\n".getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    private static String line(BufferedReader reader) throws Exception {
        return reader.readLine();
    }

    private Path take() {
        StateFolder folder = folders.takeFirstFree();
        taken.add(folder);
        return folder.path();
    }

    @Test
    void theFirstEngineHasTheStateFolderAndEachFurtherOneAFolderBelowIt() {
        assertThat(List.of(take(), take(), take()))
                .containsExactly(state, state.resolve("engine-2"), state.resolve("engine-3"));
        assertThat(state.resolve("engine-2/azurite")).isDirectory();
        assertThat(folders.existing()).containsExactly(state, state.resolve("engine-2"), state.resolve("engine-3"));
        long here = ProcessHandle.current().pid();
        assertThat(folders.held().values()).containsExactly(here, here, here);
    }

    @Test
    void aFolderThatWasGivenBackIsTheNextToBeTaken() {
        take();
        take();
        take();
        taken.remove(1).close();

        assertThat(folders.held().keySet()).containsExactly(state, state.resolve("engine-3"));
        assertThat(take()).isEqualTo(state.resolve("engine-2"));
    }

    @Test
    void aStateFolderThatIsNotThereIsTheOnlyOneAndIsNotMade() {
        assertThat(folders.existing()).containsExactly(state);
        assertThat(folders.held()).isEmpty();
        assertThat(state).doesNotExist();
    }

    @Test
    void whenAllAreHeldThatIsSaid() {
        for (int number = 1; number <= EngineFolders.MAX_COUNT; number++) {
            take();
        }
        BatchException refusal = catchThrowableOfType(BatchException.class, folders::takeFirstFree);
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal).hasMessageContaining("16 runs are at work");
    }

    @Test
    void aFolderThatCannotBeUsedIsNotPassedOver() throws Exception {
        Files.createFile(state);
        BatchException refusal = catchThrowableOfType(BatchException.class, folders::takeFirstFree);
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
    }

    @Test
    void threadsThatStartInTheSameInstantGetFoldersOfTheirOwn() throws Exception {
        int threads = 6;
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            Callable<StateFolder> taker = () -> {
                start.await();
                return folders.takeFirstFree();
            };
            List<Path> paths = new ArrayList<>();
            for (Future<StateFolder> future : executor.invokeAll(java.util.Collections.nCopies(threads, taker))) {
                taken.add(future.get(1, TimeUnit.MINUTES));
                paths.add(taken.get(taken.size() - 1).path());
            }
            assertThat(paths).doesNotHaveDuplicates().contains(state);
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void aProcessThatAsksWhoHoldsItsFolderStillHoldsIt() throws Exception {
        take();
        assertThat(StateFolder.owner(state)).contains(ProcessHandle.current().pid());
        assertThat(folders.held()).containsKey(state);

        BufferedReader output = taker().inputReader();
        assertThat(line(output)).isEqualTo("ready");
        go(processes.get(0));

        assertThat(Path.of(line(output))).isEqualTo(state.resolve("engine-2"));
    }

    @Test
    void processesThatStartInTheSameInstantGetFoldersOfTheirOwnUntilTheyDie() throws Exception {
        List<BufferedReader> outputs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            outputs.add(taker().inputReader());
        }
        for (BufferedReader output : outputs) {
            assertThat(line(output)).isEqualTo("ready");
        }
        for (Process process : processes) {
            go(process);
        }
        List<Path> paths = new ArrayList<>();
        for (BufferedReader output : outputs) {
            paths.add(Path.of(line(output)));
        }
        assertThat(paths).containsExactlyInAnyOrder(state, state.resolve("engine-2"), state.resolve("engine-3"));
        Process owner = processes.get(paths.indexOf(state.resolve("engine-2")));
        assertThat(folders.held()).containsEntry(state.resolve("engine-2"), owner.pid());

        owner.destroyForcibly().waitFor();

        assertThat(folders.held()).hasSize(2).doesNotContainKey(state.resolve("engine-2"));
        assertThat(take()).isEqualTo(state.resolve("engine-2"));
    }
}
