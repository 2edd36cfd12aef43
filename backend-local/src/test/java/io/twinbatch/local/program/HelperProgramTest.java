package io.twinbatch.local.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class HelperProgramTest {
    @TempDir
    private Path folder;

    private HelperProgram program(Duration limit) {
        return new HelperProgram(folder, limit);
    }

    private HelperProgram.Outcome shell(String script) throws IOException, InterruptedException {
        return program(Duration.ofMinutes(1)).run(List.of("/bin/sh", "-c", script));
    }

    @Test
    void itsExitCodeAndItsOutputAreReturned() throws Exception {
        HelperProgram.Outcome outcome = shell("pwd; echo \"two  words\" >&2; exit 3");

        assertThat(outcome.exitCode()).contains(3);
        assertThat(outcome.isSuccess()).isFalse();
        assertThat(outcome.lastLines())
                .containsExactlyInAnyOrder(folder.toRealPath().toString(), "two  words");
    }

    @Test
    void theFolderOfThisProcessIsOne() throws Exception {
        assertThat(new HelperProgram(Path.of(""), Duration.ofMinutes(1))
                        .run(List.of("pwd"))
                        .lastLines())
                .containsExactly(Path.of("").toRealPath().toString());
    }

    @Test
    void onlyTheLastLinesAreKept() throws Exception {
        assertThat(shell("seq 1 1000").lastLines()).hasSize(20).endsWith("999", "1000");
    }

    @Test
    void itsStandardInputIsEmpty() throws Exception {
        assertThat(shell("cat; echo end").lastLines()).containsExactly("end");
    }

    @Test
    void argumentsArriveAsTheyAre() throws Exception {
        String odd = "a 'b' \"c\" $d \\ *";

        assertThat(program(Duration.ofMinutes(1))
                        .run(List.of("/bin/sh", "-c", "printf '%s\\n' \"$1\"", "sh", odd))
                        .lastLines())
                .containsExactly(odd);
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithItsChildren() throws Exception {
        Path child = folder.resolve("child");
        HelperProgram.Outcome outcome = program(Duration.ofSeconds(1))
                .run(List.of("/bin/sh", "-c", "trap '' TERM; sleep 600 & echo $! > " + child + "; echo begun; wait"));

        assertThat(outcome.exitCode()).isEqualTo(Optional.empty());
        assertThat(outcome.lastLines()).containsExactly("begun");
        long pid = Long.parseLong(Files.readString(child).strip());
        Optional<ProcessHandle> left = ProcessHandle.of(pid);
        if (left.isPresent()) {
            left.get().onExit().get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aProgramThatDoesNotExistCannotBeStarted() {
        assertThatThrownBy(() -> program(Duration.ofSeconds(9)).run(List.of("/no/such/program")))
                .isInstanceOf(IOException.class);
    }

    @Test
    void anInterruptionEndsTheProgram() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> shell("exec sleep 600")).isInstanceOf(InterruptedException.class);
    }

    @Test
    void anInterruptedProgramAndItsChildrenAreGoneWhenThatIsReported() throws Exception {
        Path child = folder.resolve("child");
        Thread caller = Thread.currentThread();
        Thread interrupter = new Thread(() -> {
            while (!Files.exists(child)) {
                Thread.onSpinWait();
            }
            caller.interrupt();
        });
        interrupter.start();

        assertThatThrownBy(() -> shell("trap '' TERM; sh -c 'trap \"\" TERM; echo $$ > next; mv next " + child
                        + "; while :; do sleep 0.1; done' & wait; sleep 600"))
                .isInstanceOf(InterruptedException.class);

        interrupter.join();
        long pid = Long.parseLong(Files.readString(child).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessTermination::runs)).isEmpty();
    }
}
