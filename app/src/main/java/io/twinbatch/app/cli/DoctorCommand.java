package io.twinbatch.app.cli;

import io.twinbatch.api.workflow.model.JavaRuntime;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunRequest.PoolRequest;
import io.twinbatch.api.workflow.plan.RunPlanner;
import io.twinbatch.app.doctor.AzureDoctor;
import io.twinbatch.app.doctor.Check;
import io.twinbatch.app.doctor.Doctor;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.inputs.SampleFolder;
import io.twinbatch.app.option.DoctorOptions;
import io.twinbatch.app.report.DisplayWidth;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.SafeText;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.TopWordsProgram;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The command {@code doctor}. */
final class DoctorCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final DoctorOptions options;
    private final Supplier<List<String>> optionProblems;

    /**
     * A doctor that has not examined anything.
     *
     * @param optionProblems what is wrong with options of all commands in the environment and the configuration file
     */
    DoctorCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            DoctorOptions options,
            Supplier<List<String>> optionProblems) {
        this.appEnvironment = appEnvironment;
        this.starter = starter;
        this.options = options;
        this.optionProblems = optionProblems;
    }

    /** What is wrong with a backend is its result; only the command line and the configuration make it fail. */
    @Override
    public ExitCode execute(Runnable begun) {
        List<Check> checks = new ArrayList<>(
                switch (options.where.backend) {
                    case LOCAL -> examineThisMachine();
                    case AZURE -> examineAccounts();
                });
        optionProblems.get().forEach(problem -> checks.add(Check.options(problem)));
        boolean canRun = checks.stream().noneMatch(check -> check.level() == Check.Level.FAIL);
        ExitCode exitCode = exitCode(checks, canRun);
        if (options.general.json) {
            writeJson(checks, exitCode);
        } else {
            print(checks, canRun);
        }
        return exitCode;
    }

    /** A wrong configuration ends this command as it ends a run. */
    private static ExitCode exitCode(List<Check> checks, boolean canRun) {
        boolean misconfigured = checks.stream()
                .anyMatch(check -> (check.name().equals(AzureDoctor.SETTINGS)
                                || check.name().equals(Check.OPTIONS))
                        && check.level() == Check.Level.FAIL);
        if (misconfigured) {
            return ExitCode.USAGE;
        }
        return canRun ? ExitCode.DONE : ExitCode.TASKS_FAILED;
    }

    private List<Check> examineThisMachine() {
        return Doctor.forThisMachine(
                        appEnvironment.environment(), new SettingsReader(appEnvironment).local(options.where))
                .examine();
    }

    private List<Check> examineAccounts() {
        SettingsReader settings = new SettingsReader(appEnvironment);
        AzureDoctor doctor = new AzureDoctor(() -> settings.azure(options.general), starter, appEnvironment.clock());
        try (SampleFolder samples = SampleFolder.create()) {
            return doctor.examine(plan(samples), samples.files().get(0).path());
        }
    }

    /** A run on the nodes that the options describe, none of which is carried out. */
    private RunPlan plan(SampleFolder samples) {
        Path jar = appEnvironment.home().resolve("node-task.jar");
        Path results = samples.files().get(0).path().resolveSibling("results");
        RunRequest request = RunRequest.builder(
                        samples.files(), new TopWordsProgram(jar, 1, JavaRuntime.ofNodes()), results)
                .pool(new PoolRequest(
                        Optional.empty(),
                        options.vmSize,
                        options.image,
                        options.nodeCounts().dedicated(),
                        options.nodeCounts().spot(),
                        PoolRequest.DEFAULT.slotsPerNode(),
                        1))
                .owner(appEnvironment.owner())
                .build();
        RunId id = RunId.generate(appEnvironment.clock(), appEnvironment.random());
        return new RunPlanner(appEnvironment.clock(), appEnvironment.random()).plan(id, request);
    }

    private void print(List<Check> checks, boolean canRun) {
        PrintStream out = appEnvironment.out();
        int width = checks.stream()
                .mapToInt(check -> DisplayWidth.of(check.name()))
                .max()
                .orElse(0);
        for (Check check : checks) {
            out.println(String.format("%-4s  %s  ", check.level(), DisplayWidth.padded(check.name(), width))
                    + SafeText.line(check.finding()));
            if (!check.advice().isEmpty()) {
                out.println(" ".repeat(width + 8) + "-> " + SafeText.line(check.advice()));
            }
        }
        out.println();
        out.println("The " + options.where.backend + " backend " + (canRun ? "can run here." : "cannot run here yet."));
    }

    private void writeJson(List<Check> checks, ExitCode exitCode) {
        String status = exitCode == ExitCode.DONE ? "done" : "failed";
        new JsonReport(appEnvironment.out()).write("doctor", status, exitCode, json -> {
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
