package io.twinbatch.app.cli;

import io.twinbatch.api.job.Job;
import io.twinbatch.api.job.JobState;
import io.twinbatch.api.job.Task;
import io.twinbatch.api.time.Sleeper;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.inspect.BackendInspector;
import io.twinbatch.app.inspect.JobDetails;
import io.twinbatch.app.inspect.JobFinder;
import io.twinbatch.app.inspect.JobList;
import io.twinbatch.app.inspect.JobStatusReader;
import io.twinbatch.app.inspect.JobSummary;
import io.twinbatch.app.journal.JournaledRun;
import io.twinbatch.app.option.StatusOptions;
import io.twinbatch.app.report.FittedPrinter;
import io.twinbatch.app.report.JobListText;
import io.twinbatch.app.report.JobStatusJson;
import io.twinbatch.app.report.JobStatusText;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.run.BackendPlaces;
import io.twinbatch.app.run.Interruption;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code status}. */
final class StatusCommand implements AppCommand {
    private static final int LISTED = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String HOME_AND_ERASE = "\u001b[H\u001b[J";

    private final InspectionRunner work;
    private final AppEnvironment appEnvironment;
    private final Interruption interruption;
    private final StatusOptions options;

    StatusCommand(InspectionRunner work, StatusOptions options) {
        this.work = work;
        this.appEnvironment = work.appEnvironment();
        this.interruption = work.interruption();
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        if (options.watch) {
            return watch(begun);
        }
        show(work.begin(options.where, options.general, begun), appEnvironment.out());
        return interruption.received().orElse(ExitCode.DONE);
    }

    /** Shows it; returns whether it can still change. */
    private boolean show(List<BackendInspector> looks, PrintStream to) {
        if (options.job.isEmpty()) {
            tell(looks, JobStatusReader.list(looks, options.allJobs ? Integer.MAX_VALUE : LISTED), to);
            return true;
        }
        String job = options.job.get();
        JobFinder finder = new JobFinder(looks, next().status());
        Optional<JobFinder.Found> there = finder.look(job);
        Optional<JournaledRun> run = there.isPresent() || options.general.json ? Optional.empty() : noted(job);
        if (run.isPresent()) {
            to.println(describe(run.get()));
            return run.get().client().isPresent();
        }
        JobFinder.Found found = there.orElseThrow(() -> finder.missing(job));
        tell(found.look(), new JobStatusReader(found.look()).details(found.job()), to);
        return found.job().state() != JobState.COMPLETED;
    }

    private ExitCode watch(Runnable begun) {
        if (options.general.json) {
            throw new UsageException("--watch shows text; leave out --json");
        }
        String shown = "";
        boolean changing = true;
        try {
            BackendPlaces places = work.beginRepeated(options.where, options.general, begun);
            while (changing && !appEnvironment.out().checkError()) {
                // A run that begins has a state folder of its own, which is one more place.
                List<BackendInspector> looks = places.get();
                looks.forEach(BackendInspector::refresh);
                if (!shown.isEmpty() && isGone(looks)) {
                    appEnvironment.out().println("Job " + options.job.orElseThrow() + " has been deleted.");
                    break;
                }
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                changing = show(looks, new PrintStream(text, true, StandardCharsets.UTF_8));
                String now = text.toString(StandardCharsets.UTF_8);
                if (!now.equals(shown)) {
                    print(now, shown.isEmpty());
                    shown = now;
                }
                if (changing) {
                    Sleeper.REAL.sleep(BETWEEN_LOOKS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return interruption.received().orElse(ExitCode.DONE);
    }

    private boolean isGone(List<BackendInspector> looks) {
        return options.job
                .filter(job -> new JobFinder(looks, next().status()).look(job).isEmpty())
                .filter(job -> noted(job).flatMap(JournaledRun::client).isEmpty())
                .isPresent();
    }

    private Optional<JournaledRun> noted(String job) {
        return new JournalReader(appEnvironment, options.where).find(job);
    }

    /** A run that has no job: not yet, or not any more. */
    private String describe(JournaledRun run) {
        if (run.client().isPresent()) {
            return "Run " + run.id() + " is at work, as process "
                    + run.process().pid() + ", and has no job now. "
                    + next().await(run.id().value()) + " waits for its end.";
        }
        return run.ending()
                .map(ending -> "Run " + run.id() + " has no job any more. " + ending.summary())
                .orElseGet(() -> "Run " + run.id() + " has no job, and its client was killed. To continue it, when its"
                        + " inputs were uploaded: " + next().resume(run.id().value()));
    }

    /** On a terminal in the place of the last one, elsewhere below it. */
    private void print(String text, boolean first) {
        if (appEnvironment.err().terminal().output()) {
            appEnvironment.out().print(HOME_AND_ERASE);
        } else if (!first) {
            appEnvironment.out().println();
        }
        appEnvironment.out().print(text);
        appEnvironment.out().flush();
    }

    /** Why nothing runs at any of the places that are inspected. */
    private static Optional<String> standstill(List<BackendInspector> looks) {
        List<Optional<String>> each =
                looks.stream().map(BackendInspector::standstill).toList();
        return each.stream().allMatch(Optional::isPresent) ? each.get(0) : Optional.empty();
    }

    private NextCommands next() {
        return new NextCommands(options.where.backend, options.where.stateDir);
    }

    private void tell(List<BackendInspector> looks, JobList jobs, PrintStream out) {
        Optional<String> standstill = standstill(looks);
        if (options.general.json) {
            new JsonReport(out)
                    .write("status", "done", ExitCode.DONE, json -> JobStatusJson.write(json, jobs, standstill));
            return;
        }
        FittedPrinter fitted = fitted(out);
        new JobListText(fitted, now()).print(jobs, standstill);
        if (jobs.omitted() > 0) {
            out.println("and " + jobs.omitted() + " older; --all-jobs lists them");
        }
        if (!jobs.jobs().isEmpty()) {
            fitted.advice("More about one", next().status("JOB"));
        }
        if (jobs.jobs().stream().anyMatch(job -> looks.stream().anyMatch(look -> canGoOn(look, job)))) {
            fitted.advice(
                    "To continue one that is active" + (standstill.isPresent() ? "" : ", if its run has died"),
                    next().resume("JOB"));
        }
    }

    private void tell(BackendInspector look, JobDetails details, PrintStream out) {
        Optional<String> standstill = look.standstill();
        if (options.general.json) {
            new JsonReport(out)
                    .write("status", "done", ExitCode.DONE, json -> JobStatusJson.write(json, details, standstill));
            return;
        }
        new JobStatusText(fitted(out), now()).print(details, standstill, advice(look, details, standstill));
    }

    private FittedPrinter fitted(PrintStream out) {
        return new FittedPrinter(out, appEnvironment.err().terminal().tableColumns());
    }

    /** A run that was cut off while it removed what it had created has a job, and no record any more. */
    private static boolean canGoOn(BackendInspector look, JobSummary summary) {
        return summary.job().state() == JobState.ACTIVE
                && summary.tags().filter(tags -> look.hasRecord(tags.run())).isPresent();
    }

    private Instant now() {
        return appEnvironment.clock().instant();
    }

    /** What to type next, with what it is good for. */
    private List<JobStatusText.Advice> advice(BackendInspector look, JobDetails details, Optional<String> standstill) {
        NextCommands next = next();
        Job job = details.summary().job();
        List<JobStatusText.Advice> advice = new ArrayList<>();
        first(details.failed())
                .ifPresent(task -> advice.add(new JobStatusText.Advice(
                        "why a task failed", next.logs(job.id(), task.key().task(), " --stderr"))));
        if (standstill.isEmpty()) {
            first(details.running())
                    .ifPresent(task -> advice.add(new JobStatusText.Advice(
                            "what a task writes", next.logs(job.id(), task.key().task(), " --follow"))));
        }
        details.summary().tags().ifPresent(tags -> {
            boolean canGoOn = canGoOn(look, details.summary());
            if (canGoOn) {
                advice.add(new JobStatusText.Advice(
                        standstill.isPresent() ? "continue it" : "continue it, if its client was killed",
                        next.resume(job.id().value())));
            }
            advice.add(new JobStatusText.Advice(
                    canGoOn ? "delete everything of its run" : "delete the leftovers of its run",
                    next.cleanup(tags.run())));
        });
        return advice;
    }

    private static Optional<Task> first(List<Task> tasks) {
        return tasks.stream().findFirst();
    }
}
