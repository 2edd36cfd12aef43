package io.twinbatch.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFolderTest {
    @TempDir
    private Path temp;

    /** A program that takes a folder and says whether it could; run in a process of its own. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) throws IOException {
            try (StateFolder taken = StateFolder.take(Path.of(arguments[0]));
                    EngineStore store = EngineStore.open(taken)) {
                assertThat(store.engineId()).isNotEmpty();
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
    void aFolderOfOursThatOthersHaveRightsToIsTakenFromThem() throws Exception {
        Path path = temp.resolve("state");
        try (StateFolder taken = StateFolder.take(path)) {
            EngineStore.open(taken).close();
        }
        for (String name : new String[] {"engine.lock", "engine.db", "engine.key", "engine.saves"}) {
            Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString("rw-rw-rw-"));
        }
        for (String name : new String[] {"", "nodes", "azurite"}) {
            Files.setPosixFilePermissions(path.resolve(name), PosixFilePermissions.fromString("rwxrwxrwx"));
        }
        try (StateFolder taken = StateFolder.take(path)) {
            EngineStore.open(taken).close();
            requirePrivate(path);
        }
        Path empty = Files.createDirectory(
                temp.resolve("empty"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        try (StateFolder taken = StateFolder.take(empty)) {
            requirePrivate(taken.path());
        }
    }

    @Test
    void aFolderWithOtherThingsInItIsNotTakenFromOthers() throws Exception {
        Path path = Files.createDirectory(temp.resolve("shared"));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createFile(path.resolve("of-another-program"));
        BatchException refusal = catchThrowableOfType(BatchException.class, () -> StateFolder.take(path));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal).hasMessageContaining("chmod 700");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rwxr-xr-x");
    }

    @Test
    void theFolderOfAnotherUserIsRefused() throws Exception {
        Path path = Files.createDirectory(temp.resolve("theirs"));
        try {
            Files.setAttribute(path, "unix:uid", 61_234);
        } catch (IOException e) {
            assumeTrue(false, "only the superuser can give a folder away: " + e);
        }
        BatchException refusal = catchThrowableOfType(BatchException.class, () -> StateFolder.take(path));
        assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID);
        assertThat(refusal).hasMessageContaining("belongs to another user");
    }

    /** A process's umask is settled when it starts. */
    @ParameterizedTest
    @ValueSource(strings = {"000", "077", "022"})
    void noUmaskOpensOrLocksTheFolder(String umask) throws Exception {
        Path path = temp.resolve("a/state");
        Process process = new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "umask " + umask + "; exec \"$@\"",
                        "sh",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Taker.class.getName(),
                        path.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(firstLine(process)).startsWith("taken ");
        requirePrivate(path);
        end(process);
    }

    private static void requirePrivate(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as(path.toString())
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
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
