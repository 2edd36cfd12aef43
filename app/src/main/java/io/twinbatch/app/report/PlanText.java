package io.twinbatch.app.report;

import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.InputFile;
import io.twinbatch.api.workflow.model.PlannedInput;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.TaskProgram;
import java.io.PrintStream;
import java.util.stream.Collectors;

/** What a run would create and execute, for a person. */
public final class PlanText {
    private final PrintStream out;

    /** Prints to a stream. */
    public PlanText(PrintStream out) {
        this.out = out;
    }

    /** Prints a plan. */
    public void print(RunHeader header) {
        RunPlan plan = header.plan();
        long bytes = plan.inputs().stream()
                .map(PlannedInput::file)
                .mapToLong(InputFile::totalSize)
                .sum();
        line("Nothing is done (--dry-run). On the " + header.backend() + " backend this run would");
        line("  create the containers " + plan.containers().application() + ", "
                + plan.containers().input() + " and " + plan.containers().output());
        line("  upload " + HumanFormat.count(plan.inputs().size(), "input") + " (" + HumanFormat.size(bytes)
                + ") and the task program");
        line("  create the pool " + plan.pool().id() + ", unless it exists, with " + nodes(header));
        plan.request()
                .program()
                .container()
                .ifPresent(container -> line("  run the tasks in containers of the image " + container.image()));
        line("  create the job " + plan.job().id() + " with "
                + HumanFormat.count(plan.tasks().size(), "task") + ", watched for at most "
                + HumanFormat.duration(plan.request().limits().timeLimit()));
        line("  download the results to " + header.outputDir());
        line("  delete the containers" + deletions(plan));
        if (!isLocal(header)) {
            PlanLines.load(plan).ifPresent(load -> line("In its pool: " + load + "."));
            line(PlanLines.cost(plan));
        }
        line("");
        plan.tasks().forEach(task -> print(header, task));
        if (plan.request().program().namesItsResults()) {
            line("A file whose name begins with its input's name, with or without extension, comes to "
                    + header.outputDir()
                    + " itself; any other to a folder there that is called after the input (NAME.out).");
        }
        plan.total().ifPresent(total -> {
            line("Task " + total.id() + ", after the others:");
            line("  $ "
                    + plan.request()
                            .program()
                            .total()
                            .flatMap(TaskProgram.TotalProgram::shownCommand)
                            .orElse(total.command().commandLine()));
            line("  all inputs together  ->  " + header.outputDir().resolve(total.outputFileName()));
        });
        out.flush();
    }

    /** The size and image of nodes mean nothing to the local backend. */
    private static String nodes(RunHeader header) {
        PoolSpec pool = header.plan().pool();
        return isLocal(header) ? PlanLines.plainNodes(pool) : PlanLines.nodes(pool);
    }

    private static boolean isLocal(RunHeader header) {
        return header.backend().equals("local");
    }

    private void print(RunHeader header, RunPlan.PlannedTask task) {
        line("Task " + task.id() + ":");
        TaskProgram program = header.plan().request().program();
        if (task.inputs().stream().allMatch(input -> program.shownCommand(input).isEmpty())) {
            line("  $ " + task.command().commandLine());
        }
        for (PlannedInput input : task.inputs()) {
            program.shownCommand(input).ifPresent(command -> line("  $ " + command));
            line("  " + input.file().label() + " ("
                    + HumanFormat.size(input.file().totalSize()) + ")  ->  " + results(header, input));
        }
    }

    private static String results(RunHeader header, PlannedInput input) {
        TaskProgram program = header.plan().request().program();
        if (!program.namesItsResults()) {
            return header.outputDir().resolve(input.outputFileName()).toString();
        }
        return program.shownResults(input).stream()
                .map(pattern -> header.outputDir() + "/" + place(header, input, pattern))
                .collect(Collectors.joining(", "));
    }

    /** Where the files of a pattern lie of which nothing but wildcards is known depends on their names. */
    private static String place(RunHeader header, PlannedInput input, String pattern) {
        boolean anyName = pattern.indexOf('/') < 0 && pattern.matches("[*?\\[].*");
        return anyName ? pattern : header.plan().layout().place(input, pattern);
    }

    private static String deletions(RunPlan plan) {
        String job = plan.request().keepJob() ? "" : ", the job";
        return plan.request().keepPool() ? job : job + ", and the pool unless it existed before";
    }

    private void line(String text) {
        out.println(SafeText.line(text));
    }
}
