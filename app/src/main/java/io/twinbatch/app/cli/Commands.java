package io.twinbatch.app.cli;

import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LookOpener;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The commands, by the word that names them on the command line. */
final class Commands {
    /** The command of a command line that names none. */
    static final String DEFAULT = "run";

    private final Map<String, Supplier<AppCommand>> byName = new LinkedHashMap<>();

    Commands(Surroundings surroundings, BackendSession.Starter starter, LookOpener opener, Interruption interruption) {
        byName.put(DEFAULT, () -> new RunCommand(surroundings, starter, interruption));
        byName.put("resume", () -> new ResumeCommand(surroundings, starter, interruption));
        byName.put("status", () -> new StatusCommand(surroundings, opener, interruption));
        byName.put("logs", () -> new LogsCommand(surroundings, opener, interruption));
        byName.put("cleanup", () -> new CleanupCommand(surroundings, starter, interruption));
        byName.put("doctor", () -> new DoctorCommand(surroundings, starter));
        byName.put("emulator", () -> new EmulatorCommand(surroundings, interruption));
    }

    /** Whether a word names a command. */
    boolean has(String name) {
        return byName.containsKey(name);
    }

    /** A command that has not been executed, without any options. */
    AppCommand make(String name) {
        return byName.get(name).get();
    }

    /** The options of all commands. */
    Collection<Object> options() {
        return byName.values().stream().map(command -> command.get().options()).toList();
    }
}
