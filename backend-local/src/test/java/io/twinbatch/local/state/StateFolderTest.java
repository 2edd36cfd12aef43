package io.twinbatch.local.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFolderTest {
    @TempDir
    private Path temp;

    /** A program that takes a folder and says whether it could; run in a process of its own. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) throws IOException {
            try (StateFolder taken = StateFolder.take(Path.of(arguments[0]))) {
                System.out.write(("taken " + taken.path() + "\n").getBytes(StandardCharsets.UTF_8));
                System.out.flush();
                // Held until the parent closes the pipe.
                int end = System.in.read();
                assertThat(end).isEqualTo(-1);
            } catch (BatchException e) {
                System.out.write((e.code() + " " + e.getMessage() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static Process taker(Path folder) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static String firstLine(Process process) throws IOException {
        return process.inputReader(StandardCharsets.UTF_8).readLine();
    }

    private static void end(Process process) throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aFolderIsMadeForItsUserAlone() throws Exception {
        Path path = temp.resolve("a/b/state");
        try (StateFolder taken = StateFolder.take(path)) {
            for (Path folder : new Path[] {taken.path(), taken.nodes(), taken.objects()}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                        .isEqualTo("rwx------");
            }
        }
    }

    @Test
    void aSecondEngineOfThisProcessIsRefused() {
        Path path = temp.resolve("state");
        try (StateFolder taken = StateFolder.take(path)) {
            BatchException refusal = catchThrowableOfType(BatchException.class, () -> StateFolder.take(taken.path()));
            assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
            assertThat(refusal)
                    .hasMessageContaining("process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void theFolderOfAnotherProcessIsRefusedWithThatProcessNamed() throws Exception {
        Path path = temp.resolve("state");
        Process other = taker(path);
        assertThat(firstLine(other)).startsWith("taken ");
        BatchException refusal = catchThrowableOfType(BatchException.class, () -> StateFolder.take(path));
        assertThat(refusal.code()).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal).hasMessageContaining("process " + other.pid() + ";");
        end(other);
        StateFolder.take(path).close();
    }

    @Test
    void aRefusalWithinThisProcessDoesNotLetAnotherProcessIn() throws Exception {
        Path path = temp.resolve("state");
        try (StateFolder taken = StateFolder.take(path)) {
            assertThatThrownBy(() -> StateFolder.take(taken.path())).isInstanceOf(BatchException.class);
            Process other = taker(path);
            assertThat(firstLine(other))
                    .startsWith("CONFLICT")
                    .contains("process " + ProcessHandle.current().pid());
            end(other);
        }
    }

    @Test
    void aFolderThatWasGivenBackCanBeTakenAgain() {
        Path path = temp.resolve("state");
        StateFolder.take(path).close();
        StateFolder.take(path).close();
    }

    @Test
    void aPathThatIsAFileIsRefusedAndCanBeTriedAgain() throws Exception {
        Path path = Files.createFile(temp.resolve("file"));
        for (int i = 0; i < 2; i++) {
            BatchException refusal = catchThrowableOfType(BatchException.class, () -> StateFolder.take(path));
            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        }
    }

    @Test
    void aFolderThatCouldNotBeTakenIsNotHeld() throws Exception {
        Path path = Files.createDirectory(temp.resolve("state"));
        Path inTheWay = Files.createFile(path.resolve("nodes"));
        assertThatThrownBy(() -> StateFolder.take(path)).isInstanceOf(BatchException.class);
        Files.delete(inTheWay);
        StateFolder.take(path).close();
    }
}
