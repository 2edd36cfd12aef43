package io.twinbatch.app.doctor;

import io.twinbatch.local.program.HelperProgram;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Asks programs for their version. */
@FunctionalInterface
interface Programs {
    /** The first line that a program prints when asked for its version; empty when it is not there or fails. */
    Optional<String> version(String program);

    /** The programs that this process would find. */
    static Programs installed() {
        HelperProgram programs = new HelperProgram(Path.of(""), Duration.ofSeconds(10));
        return program -> {
            try {
                HelperProgram.Outcome outcome = programs.run(List.of(program, "--version"));
                return outcome.isSuccess()
                        ? outcome.lastLines().stream().findFirst().map(String::strip)
                        : Optional.empty();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            } catch (IOException e) {
                return Optional.empty();
            }
        };
    }
}
