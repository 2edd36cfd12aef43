package io.twinbatch.app.report;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.NodePreparation;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.pool.Node;
import io.twinbatch.api.workflow.model.RunOwner;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.api.workflow.watch.PoolSnapshot;
import io.twinbatch.app.inspect.JobDetails;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** All about one job, for a person. */
public final class JobStatusText {
    private static final int SHOWN_NODES = 10;

    private static final int INDENT = 15;

    private final FittedPrinter out;
    private final Instant now;

    /**
     * What a user may want to do next.
     *
     * @param purpose what it is good for
     * @param command what to type
     */
    public record Advice(String purpose, String command) {}

    /** Prints as of a moment. */
    public JobStatusText(FittedPrinter out, Instant now) {
        this.out = out;
        this.now = now;
    }

    /**
     * Prints what is known of a job.
     *
     * @param standstill why nothing runs at the backend; empty when it is at work
     */
    public void print(JobDetails details, Optional<String> standstill, List<Advice> advice) {
        Job job = details.summary().job();
        line("Job " + job.id());
        field("state", StatusText.state(job));
        standstill.ifPresent(why -> field("", "nothing of it is running: " + why));
        field("tasks", StatusText.counts(details.summary().counts(), standstill.isEmpty()));
        details.waiting().filter(why -> standstill.isEmpty()).ifPresent(why -> field("", "none runs: " + why));
        field("created", moment(job.created()));
        job.ended().ifPresent(ended -> field("ended", moment(ended)));
        details.summary().tags().ifPresent(this::print);
        printPool(details);
        printPreparations(details.preparations());
        details.problems().forEach(this::problem);
        details.resizeErrors()
                .forEach(error -> problem("the pool got fewer nodes: " + error.code() + ": " + error.message()));
        printTasks(standstill.isPresent() ? "was running" : "running", details.running(), this::since);
        printTasks("failed", details.failed(), JobStatusText::failure);
        printMore(details);
        advice.forEach(step -> out.advice("To " + step.purpose(), step.command()));
    }

    private void print(RunTags tags) {
        field("run", tags.run() + " of " + tags.owner().map(RunOwner::value).orElse("unknown owner"));
        field(
                "lease",
                tags.lease()
                        .map(lease -> lease.isAfter(now)
                                ? "ends in " + StatusText.span(now, lease) + "; a cleanup after that deletes the job"
                                : "ended " + StatusText.span(lease, now) + " ago; the next cleanup deletes the job")
                        .orElse("none, kept by its user"));
    }

    private void printPool(JobDetails details) {
        Job job = details.summary().job();
        field(
                "pool",
                job.spec().pool() + ", "
                        + details.summary().pool().map(StatusText::pool).orElse("which is not there"));
        details.nodes().stream()
                .limit(SHOWN_NODES)
                .forEach(node -> field("", "node " + node.id() + ": " + describe(node)));
        more(details.nodes().size() - SHOWN_NODES, "node");
    }

    private String describe(Node node) {
        return PoolSnapshot.describe(node) + ", for " + StatusText.span(node.stateSince(), now);
    }

    private void printPreparations(List<NodePreparation> preparations) {
        if (preparations.isEmpty()) {
            return;
        }
        long running = preparations.stream().filter(NodePreparation::running).count();
        long failed = preparations.stream().filter(NodePreparation::hasFailed).count();
        long done = preparations.size() - running - failed;
        field(
                "prepared",
                HumanFormat.count(done, "node")
                        + (running > 0 ? ", " + running + " being prepared" : "")
                        + (failed > 0 ? ", " + failed + " failed" : ""));
    }

    private void problem(String sentence) {
        String[] lines = sentence.split("\\R", -1);
        field("trouble", lines[0]);
        for (int i = 1; i < lines.length; i++) {
            field("", "| " + lines[i]);
        }
    }

    private interface Words {
        String of(Task task);
    }

    private void printTasks(String label, List<Task> tasks, Words words) {
        for (int i = 0; i < tasks.size(); i++) {
            Task task = tasks.get(i);
            field(
                    i == 0 ? label : "",
                    task.key().task() + ": " + words.of(task)
                            + task.node().map(node -> ", on node " + node).orElse("") + again(task));
        }
    }

    private void printMore(JobDetails details) {
        int running = details.summary().counts().running() - details.running().size();
        int failed = details.summary().counts().failed() - details.failed().size();
        if (!details.running().isEmpty() && running > 0) {
            field("", "and " + HumanFormat.count(running, "more task") + " running");
        }
        if (!details.failed().isEmpty() && failed > 0) {
            field("", "and " + HumanFormat.count(failed, "more task") + " failed");
        }
    }

    private void more(int number, String noun) {
        if (number > 0) {
            field("", "and " + HumanFormat.count(number, "more " + noun));
        }
    }

    private String since(Task task) {
        return task.status().describe()
                + task.started()
                        .map(start -> " for " + StatusText.span(start, now))
                        .orElse("");
    }

    private static String failure(Task task) {
        return task.status().describe()
                + task.usage().map(usage -> ", used " + UsageText.of(usage)).orElse("");
    }

    private static String again(Task task) {
        return (task.retries() > 0 ? ", tried again " + HumanFormat.count(task.retries(), "time") : "")
                + (task.requeues() > 0 ? ", lost its node " + HumanFormat.count(task.requeues(), "time") : "");
    }

    private String moment(Instant time) {
        return StatusText.moment(time) + ", " + StatusText.span(time, now) + " ago";
    }

    private void field(String label, String text) {
        line(String.format("  %-11s  %s", label, text));
    }

    private void line(String text) {
        out.line(text, INDENT);
    }
}
