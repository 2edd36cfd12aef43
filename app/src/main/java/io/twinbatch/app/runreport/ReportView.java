package io.twinbatch.app.runreport;

import io.twinbatch.api.command.CommandProgram;
import io.twinbatch.api.job.TaskUsage;
import io.twinbatch.api.pool.PoolSpec;
import io.twinbatch.api.workflow.model.Outcome;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunRequest;
import io.twinbatch.api.workflow.model.RunResult;
import io.twinbatch.api.workflow.model.RunResult.Remaining;
import io.twinbatch.api.workflow.model.RunTimes;
import io.twinbatch.app.page.PageText;
import io.twinbatch.app.report.FinishedRun;
import io.twinbatch.app.report.LogsText;
import io.twinbatch.app.report.PlanLines;
import io.twinbatch.app.report.RunHistory.StepTime;
import io.twinbatch.app.report.RunHistory.Transferred;
import io.twinbatch.app.report.UsageText;
import io.twinbatch.app.report.Version;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the report says in words and figures.
 *
 * @param run the run
 * @param text how values are shown
 * @param rows its tasks
 */
public record ReportView(FinishedRun run, PageText text, List<ReportRow> rows) {
    private static final int CENTS = 2;

    /** The heading. */
    public String title() {
        return "Run " + run.header().plan().id();
    }

    /** How the run ended, in words. */
    public String ending() {
        return switch (run.status()) {
            case "done" -> "done";
            case "failed" -> "ended with failures";
            case "timedOut" -> "ended by its time limit";
            case "interrupted" -> "interrupted";
            default -> "failed";
        };
    }

    /** The class of the ending in the stylesheet. */
    public String endingStyle() {
        return run.status().equals("done") ? "done" : "failed";
    }

    /** When the program worked. */
    public String period() {
        return "from " + text.time(run.time().started()) + " to "
                + text.time(run.time().ended()) + " (" + text.zoneName() + ")";
    }

    /** The failure of pool, job or provider that ended the run. */
    public Optional<String> failure() {
        return run.result().failure().map(failure -> text.lines(String.valueOf(failure.getMessage())));
    }

    /**
     * A figure.
     *
     * @param label what it is
     * @param value the figure
     * @param note more about it; may be empty
     */
    public record Tile(String label, String value, String note) {}

    /** The figures at the top. */
    public List<Tile> tiles() {
        List<Tile> tiles = new ArrayList<>();
        List<RunResult.InputResult> inputs = run.result().inputs();
        long done = inputs.stream().filter(input -> input.outcome().isDone()).count();
        tiles.add(new Tile("Inputs done", text.number(done), "of " + text.number(inputs.size())));
        long failed = rows.stream().filter(ReportRow::isFailure).count();
        tiles.add(new Tile("Tasks failed", text.number(failed), "of " + text.number(rows.size())));
        tiles.add(new Tile("Elapsed", text.duration(run.time().worked()), "all steps"));
        Duration work = rows.stream().flatMap(row -> row.duration().stream()).reduce(Duration.ZERO, Duration::plus);
        tiles.add(new Tile("Time of tasks", text.duration(work), "all tasks together"));
        used().ifPresent(tiles::add);
        tiles.add(nodes());
        tiles.add(transferred("Uploaded", run.history().uploads()));
        tiles.add(transferred("Downloaded", run.history().downloads()));
        return tiles;
    }

    private Optional<Tile> used() {
        return rows.stream()
                .flatMap(row -> row.usage().stream())
                .reduce(TaskUsage::plus)
                .map(usage -> new Tile(
                        "Processor time of tasks",
                        UsageText.time(usage.processorTime()),
                        "at most " + text.size(usage.peakMemory()) + " of memory in one task"));
    }

    private Tile nodes() {
        Duration time = run.history().nodes().time();
        String nodes = text.count(run.history().nodes().most(), "node");
        return run.nodePrice()
                .map(price -> new Tile(
                        "Cost of nodes",
                        cost(price),
                        text.duration(time) + " of " + nodes + " at " + price.toPlainString() + " per hour"))
                .orElseGet(() -> new Tile("Time of nodes", text.duration(time), nodes + ", no price configured"));
    }

    /** Cents, or more digits where cents would be nothing. */
    private String cost(BigDecimal price) {
        BigDecimal cost = run.history().nodes().cost(price);
        int digits = cost.compareTo(BigDecimal.ONE) < 0 ? 2 * CENTS : CENTS;
        return cost.setScale(digits, RoundingMode.HALF_UP).toPlainString();
    }

    private Tile transferred(String label, Transferred transferred) {
        String speed = transferred
                .bytesPerSecond()
                .filter(rate -> rate > 0)
                .map(rate -> ", " + text.size(rate) + "/s")
                .orElse("");
        return new Tile(label, text.size(transferred.bytes()), text.count(transferred.files(), "file") + speed);
    }

    /** The name of a step. */
    public String stepName(StepTime step) {
        String name = step.step().name().toLowerCase(Locale.ROOT);
        return switch (step.step()) {
            case CONTAINERS, POOL, JOB, TASKS -> "create " + name;
            case WATCH -> "run the tasks";
            case TOTAL -> "run the total";
            case CLEANUP -> "clean up";
            case UPLOAD, DOWNLOAD -> name;
        };
    }

    /** The steps. */
    public List<StepTime> steps() {
        return run.history().steps();
    }

    /** What was planned, as names and values. */
    public Map<String, String> plan() {
        RunPlan plan = run.header().plan();
        RunRequest request = plan.request();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("Command", program());
        facts.put(
                "Inputs",
                text.count(plan.inputs().size(), "file") + " in "
                        + text.count(plan.tasks().size(), "task"));
        facts.put("Results", text.line(run.header().outputDir().toString()));
        facts.put("Backend", run.header().backend());
        facts.put("Job", plan.job().id().value());
        facts.put("Pool", plan.pool().id().value());
        facts.put("Nodes", nodes(plan.pool()));
        facts.put("Time limit", RunTimes.inWords(request.limits().timeLimit()));
        facts.put(
                "Time limit of a task",
                request.limits().taskTimeLimit().map(RunTimes::inWords).orElse("none"));
        facts.put("Retries of a task", text.number(request.limits().maxRetries()));
        if (!run.header().leftOut().isEmpty()) {
            facts.put("Left out", text.count(run.header().leftOut().size(), "file"));
        }
        return facts;
    }

    private String program() {
        if (run.header().plan().request().program() instanceof CommandProgram command) {
            return text.lines(command.text());
        }
        return "most frequent words, "
                + run.header().numWords().stream()
                        .mapToObj(Integer::toString)
                        .findFirst()
                        .orElse("") + " of each text";
    }

    private String nodes(PoolSpec pool) {
        String nodes = PlanLines.kinds(pool, "node") + ", " + text.count(pool.slotsPerNode(), "slot") + " each";
        return run.header().backend().equals("local") ? nodes : nodes + ", " + pool.vmSize() + ", " + pool.image();
    }

    /** Which logs of tasks are beside the results. */
    public Optional<String> logs() {
        return run.result()
                .logs()
                .map(logs -> text.line(LogsText.of(logs, run.header().outputDir())));
    }

    /** What is left at the provider. */
    public List<String> remaining() {
        return run.result().remaining().stream().map(ReportView::remaining).toList();
    }

    private static String remaining(Remaining remaining) {
        String what = remaining.resource().label() + " " + remaining.id();
        return switch (remaining.reason()) {
            case KEPT -> what + ", as asked for";
            case NOT_OURS -> what + ", which was there before";
            case HOLDS_RESULTS -> what + ", which holds what could not be downloaded";
            case CLEANUP_FAILED -> what + ", which could not be deleted";
        };
    }

    /** What the run was warned of. */
    public List<String> warnings() {
        return run.history().warnings().stream().map(text::lines).toList();
    }

    /** The programs that did it. */
    public String versions() {
        return Version.current().describe() + " on " + Version.system();
    }

    /** The inputs of a task in a few words. */
    public String inputs(ReportRow row) {
        if (row.inputs().isEmpty()) {
            return "all inputs together";
        }
        String first = text.line(row.inputs().get(0).input().file().displayName());
        int more = row.inputs().size() - 1;
        return more == 0 ? first : first + " and " + text.number(more) + " more";
    }

    /** What went wrong with a task. */
    public String problem(ReportRow row) {
        String problem = row.outcome() instanceof Outcome.TaskFailed failed
                ? failed.status().describe()
                : row.outcome().describe();
        return text.lines(problem);
    }

    /** The last lines of the standard error of a task; empty when there are none. */
    public String stderr(ReportRow row) {
        return row.outcome() instanceof Outcome.TaskFailed failed ? text.lines(failed.stderrTail()) : "";
    }

    /** How many tasks were not run, and why. */
    public Optional<String> notRun() {
        List<ReportRow> left =
                rows.stream().filter(row -> !row.isDone() && !row.isFailure()).toList();
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        text.count(left.size(), "task") + " did not run to an end: " + problem(left.get(0)) + ".");
    }

    /** The node of a task. */
    public String node(ReportRow row) {
        return row.task()
                .flatMap(task -> task.node())
                .map(node -> text.line(node.value()))
                .orElse(PageText.NONE);
    }

    /** The exit code of a task. */
    public String exitCode(ReportRow row) {
        return row.task()
                .filter(task -> task.exitCode().isPresent())
                .map(task -> Integer.toString(task.exitCode().getAsInt()))
                .orElse(PageText.NONE);
    }

    /** When a task started. */
    public String started(ReportRow row) {
        return text.time(row.task().flatMap(task -> task.started()));
    }

    /** How often a task was retried and requeued. */
    public String again(ReportRow row) {
        return row.task().map(task -> task.retries() + " / " + task.requeues()).orElse(PageText.NONE);
    }

    /** Whether it is known of any task what it used. */
    public boolean isMeasured() {
        return rows.stream().anyMatch(row -> row.usage().isPresent());
    }

    /** The processor time of a task. */
    public String processorTime(ReportRow row) {
        return row.usage().map(usage -> UsageText.time(usage.processorTime())).orElse(PageText.NONE);
    }

    /** The most memory that a task had at one time. */
    public String peakMemory(ReportRow row) {
        return row.usage().map(usage -> text.size(usage.peakMemory())).orElse(PageText.NONE);
    }

    /** What a task read and wrote. */
    public String io(ReportRow row) {
        return row.usage()
                .flatMap(TaskUsage::io)
                .map(io -> text.size(io.bytesRead()) + " / " + text.size(io.bytesWritten()))
                .orElse(PageText.NONE);
    }

    /** The size of the results of a task. */
    public String resultSize(ReportRow row) {
        return row.isDone() && !row.inputs().isEmpty() ? text.size(row.resultBytes()) : PageText.NONE;
    }
}
