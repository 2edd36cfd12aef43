package io.twinbatch.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class ProcessTerminationTest {
    private static final int LONG_MILLIS = 600_000;

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "the states of processes are read where Linux shows them")
    void aProcessThatItsParentTakesNoNoticeOfHasEndedAllTheSame() throws Exception {
        Process parent = new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; exec cat").start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8);
                Writer input = parent.outputWriter(StandardCharsets.UTF_8)) {
            ProcessHandle child =
                    ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
            // When this comes back the parent is no shell any more, which would take notice.
            input.write("ready\n");
            input.flush();
            assertThat(output.readLine()).isEqualTo("ready");
            assertThat(ProcessTermination.runs(child)).isTrue();

            child.destroyForcibly();
            ProcessTermination.await(List.of(child), LONG_MILLIS);

            assertThat(child.isAlive()).isTrue();
            assertThat(ProcessTermination.runs(child)).isFalse();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void aParentThatSeesTheEndOfItsChildDoesNothingAnyMore(@TempDir Path folder) throws Exception {
        Path next = folder.resolve("next");
        Process parent =
                new ProcessBuilder("/bin/sh", "-c", "sleep 600 & echo $!; wait; echo started > " + next).start();
        try (BufferedReader output = parent.inputReader(StandardCharsets.UTF_8)) {
            long child = Long.parseLong(output.readLine());

            List<ProcessHandle> killed = ProcessTermination.killWithDescendants(parent.toHandle());
            ProcessTermination.await(killed, LONG_MILLIS);

            assertThat(killed).extracting(ProcessHandle::pid).containsExactly(parent.pid(), child);
            assertThat(next).doesNotExist();
        }
    }

    @Test
    void theWaitForAProcessThatDoesNotEndHasAnEnd() throws Exception {
        Process process = new ProcessBuilder("sleep", "600").start();
        try {
            ProcessTermination.await(List.of(process.toHandle()), 1);

            assertThat(ProcessTermination.runs(process.toHandle())).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }
}
