package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLedgerTest {
    private final List<Process> started = new ArrayList<>();

    @TempDir
    private Path folder;

    @AfterEach
    void endAll() {
        started.forEach(Process::destroyForcibly);
    }

    private Process start() throws IOException {
        Process process = new ProcessBuilder("sleep", "600").start();
        started.add(process);
        return process;
    }

    private Path file() {
        return folder.resolve("engine.processes");
    }

    private int killLeft() throws IOException {
        try (ProcessLedger ledger = ProcessLedger.open(file())) {
            return ledger.killLeft();
        }
    }

    @Test
    void whatALedgerBeforeHasEnteredIsKilledOnce() throws Exception {
        Process first = start();
        Process second = start();
        Process stranger = start();
        try (ProcessLedger ledger = ProcessLedger.open(file())) {
            assertThat(ledger.enter(first)).isNotEqualTo(ledger.enter(second));
        }
        assertThat(killLeft()).isEqualTo(2);
        assertThat(first.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(second.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(stranger.isAlive()).isTrue();
        assertThat(killLeft()).isZero();
    }

    @Test
    void aProcessThatHasGotTheNumberOfAnotherIsLeftAlone() throws Exception {
        Process process = start();
        try (ProcessLedger ledger = ProcessLedger.open(file())) {
            ledger.enter(process);
        }
        String line = Files.readString(file()).strip();
        Files.writeString(file(), line.substring(0, line.length() - 1) + "x\n");
        assertThat(killLeft()).isZero();
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void theFileGrowsWithWhatRunsAtOnceAndNotWithWhatHasRun() throws Exception {
        Process process = start();
        try (ProcessLedger ledger = ProcessLedger.open(file())) {
            ledger.enter(process);
            long size = Files.size(file());
            for (int i = 0; i < 100; i++) {
                ledger.leave(ledger.enter(process));
            }
            assertThat(Files.size(file())).isEqualTo(2 * size);
        }
    }

    @Test
    void whatIsNoneOfItsLinesIsPassedOver() throws Exception {
        Process process = start();
        try (ProcessLedger ledger = ProcessLedger.open(file())) {
            ledger.enter(process);
        }
        Files.writeString(file(), "12 \nx y\n\0\0\0\n\n-1 z\n99999999999999999999 z", StandardOpenOption.APPEND);
        assertThat(killLeft()).isEqualTo(1);
    }
}
