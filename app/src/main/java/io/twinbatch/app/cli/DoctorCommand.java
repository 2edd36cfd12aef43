package io.twinbatch.app.cli;

import io.twinbatch.app.ExitCode;
import io.twinbatch.app.doctor.Check;
import io.twinbatch.app.doctor.Doctor;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.SafeText;
import io.twinbatch.app.run.LocalSettings;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** The command {@code doctor}. */
final class DoctorCommand {
    private final Surroundings surroundings;
    private final BiFunction<Map<String, String>, LocalSettings, Doctor> doctors;
    private final DoctorOptions options;

    DoctorCommand(
            Surroundings surroundings,
            BiFunction<Map<String, String>, LocalSettings, Doctor> doctors,
            DoctorOptions options) {
        this.surroundings = surroundings;
        this.doctors = doctors;
        this.options = options;
    }

    ExitCode execute() {
        LocalSettings settings = new LocalSettings(
                options.stateDir
                        .map(surroundings.workingFolder()::resolve)
                        .orElse(surroundings.folders().state()),
                surroundings.folders().cache(),
                options.azurite,
                Optional.empty());
        List<Check> checks = doctors.apply(surroundings.environment(), settings).examine();
        boolean canRun = checks.stream().noneMatch(check -> check.level() == Check.Level.FAIL);
        ExitCode exitCode = canRun ? ExitCode.DONE : ExitCode.TASKS_FAILED;
        if (options.json) {
            writeJson(checks, exitCode);
        } else {
            print(checks, canRun);
        }
        return exitCode;
    }

    private void print(List<Check> checks, boolean canRun) {
        PrintStream out = surroundings.out();
        int width =
                checks.stream().mapToInt(check -> check.name().length()).max().orElse(0);
        for (Check check : checks) {
            out.println(String.format("%-4s  %-" + width + "s  ", check.level(), check.name())
                    + SafeText.line(check.finding()));
            if (!check.advice().isEmpty()) {
                out.println(" ".repeat(width + 8) + "-> " + SafeText.line(check.advice()));
            }
        }
        out.println();
        out.println("The " + options.backend + " backend " + (canRun ? "can run here." : "cannot run here yet."));
    }

    private void writeJson(List<Check> checks, ExitCode exitCode) {
        String status = exitCode == ExitCode.DONE ? "done" : "failed";
        new JsonReport(surroundings.out()).write("doctor", status, exitCode, json -> {
            json.writeArrayFieldStart("checks");
            for (Check check : checks) {
                json.writeStartObject();
                json.writeStringField("name", check.name());
                json.writeStringField("level", check.level().toString());
                json.writeStringField("finding", check.finding());
                json.writeStringField("advice", check.advice());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }
}
