package io.twinbatch.local.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.local.process.ProcessTermination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What processes use, as Linux reports it. */
@Timeout(60)
class UsageMeterTest {
    private static final long MEBIBYTE = 1024 * 1024;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private Process process;

    @BeforeEach
    void needLinux() {
        assumeTrue(Files.isReadable(Path.of("/proc/self/io")), "this system does not say what processes use");
    }

    @AfterEach
    void stop() {
        timer.shutdownNow();
        if (process != null) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** Starts a shell that does something, says so, and waits. */
    private UsageMeter after(String work) throws IOException {
        process = new ProcessBuilder("/bin/sh", "-c", work + "; echo done; read line").start();
        UsageMeter meter = UsageMeter.of(process.toHandle(), timer);
        assertThat(process.inputReader().readLine()).isEqualTo("done");
        return meter;
    }

    private static TaskUsage usage(UsageMeter meter) {
        meter.look();
        return meter.usage().orElseThrow();
    }

    @Test
    void processorTimeIncludesThatOfChildrenThatHaveEnded() throws IOException {
        TaskUsage usage = usage(after("sh -c 'i=0; while [ $i -lt 300000 ]; do i=$((i+1)); done'"));

        assertThat(usage.processorTime()).isBetween(Duration.ofMillis(30), Duration.ofSeconds(20));
        assertThat(usage.userTime()).isPositive();
    }

    @Test
    void bytesAreThoseThatChildrenReadAndWrote() throws IOException {
        TaskUsage usage = usage(after("dd if=/dev/zero of=/dev/null bs=1M count=20 2>/dev/null"));

        TaskUsage.Io io = usage.io().orElseThrow();
        assertThat(io.bytesRead()).isBetween(20 * MEBIBYTE, 21 * MEBIBYTE);
        assertThat(io.bytesWritten()).isBetween(20 * MEBIBYTE, 21 * MEBIBYTE);
        assertThat(io.reads()).isGreaterThanOrEqualTo(20);
    }

    @Test
    void memoryIsThatOfTheWholeFamilyAndItsPeakStays() throws IOException {
        String big = "sh -c 'x=$(head -c 30000000 /dev/zero | tr \"\\0\" a); echo big; read line' <&3 &";
        process = new ProcessBuilder("/bin/sh", "-c", "exec 3<&0; " + big + " " + big + " read line").start();
        UsageMeter meter = UsageMeter.of(process.toHandle(), timer);
        assertThat(process.inputReader().readLine()).isEqualTo("big");
        assertThat(process.inputReader().readLine()).isEqualTo("big");

        assertThat(usage(meter).peakMemory()).isGreaterThan(56 * MEBIBYTE);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        ProcessTermination.await(process.descendants().toList(), 5_000);
        assertThat(usage(meter).peakMemory()).isGreaterThan(56 * MEBIBYTE);
    }

    @Test
    void withoutALookBeforeTheEndNothingIsKnown() throws Exception {
        process = new ProcessBuilder("/bin/true").start();
        process.waitFor();
        UsageMeter meter = UsageMeter.of(process.toHandle(), timer);

        meter.look();

        assertThat(meter.usage()).as("its number may be another one's").isEqualTo(Optional.empty());
    }

    @Test
    void itLooksByItselfWhileTheProcessRuns() throws Exception {
        UsageMeter meter = after("true");
        while (meter.usage().isEmpty()) {
            Thread.onSpinWait();
        }
        assertThat(meter.usage().get().peakMemory()).isPositive();
    }
}
