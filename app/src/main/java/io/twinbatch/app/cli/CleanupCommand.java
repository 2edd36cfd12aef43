package io.twinbatch.app.cli;

import io.twinbatch.api.cleanup.Leftover;
import io.twinbatch.api.cleanup.Selection;
import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.workflow.model.RunId;
import io.twinbatch.app.exit.ExitCode;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.option.CleanupOptions;
import io.twinbatch.app.report.DeletedLeftover;
import io.twinbatch.app.report.DeletionText;
import io.twinbatch.app.report.FittedPrinter;
import io.twinbatch.app.report.HumanFormat;
import io.twinbatch.app.report.JsonReport;
import io.twinbatch.app.report.LeftoverJson;
import io.twinbatch.app.report.LeftoverTable;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.app.run.BackendSettings;
import io.twinbatch.app.run.Interruption;
import io.twinbatch.app.run.LocalSettings;
import io.twinbatch.app.run.YesOrNo;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The command {@code cleanup}. */
final class CleanupCommand implements AppCommand {
    private final AppEnvironment appEnvironment;
    private final BackendSession.Starter starter;
    private final Interruption interruption;
    private final CleanupOptions options;

    CleanupCommand(
            AppEnvironment appEnvironment,
            BackendSession.Starter starter,
            Interruption interruption,
            CleanupOptions options) {
        this.appEnvironment = appEnvironment;
        this.starter = starter;
        this.interruption = interruption;
        this.options = options;
    }

    @Override
    public ExitCode execute(Runnable begun) {
        Selection selection = selection();
        BackendSettings settings = new SettingsReader(appEnvironment).readForWork(options.where, options.general);
        if (settings instanceof LocalSettings local && !Files.exists(local.stateDir())) {
            requireSomethingOfRun(List.of());
            return report(List.of());
        }
        begun.run();
        interruption.onSignal(Thread.currentThread()::interrupt);
        interruption.announce("stopping; Ctrl-C again ends at once");
        interruption.onAbandon("leftovers may remain");
        try (BackendSession session = starter.start(settings.forAllThatIsLeft())) {
            interruption.cancels(session::cancel);
            return report(sweep(session, selection, settings.costsMoney()));
        }
    }

    private Selection selection() {
        if (options.all && options.run.isPresent()) {
            throw new UsageException("--all and --run exclude each other");
        }
        Selection selection = options.run
                .map(Selection::ofRun)
                .orElse(options.all ? Selection.ofOwner(appEnvironment.owner()) : Selection.PAST_ITS_LEASE);
        return options.olderThan.map(selection::olderThan).orElse(selection);
    }

    private List<DeletedLeftover> sweep(BackendSession session, Selection selection, boolean costs) {
        Instant now = appEnvironment.clock().instant();
        List<DeletedLeftover> found = session.leftovers().stream()
                .map(left -> DeletedLeftover.found(left, now, selection.contains(left, now)))
                .toList();
        requireSomethingOfRun(found);
        if (!options.general.json) {
            int columns = appEnvironment.err().terminal().tableColumns();
            new LeftoverTable(new FittedPrinter(appEnvironment.out(), columns), costs).print(found, now);
            appEnvironment.out().flush();
        }
        List<DeletedLeftover> chosen =
                found.stream().filter(DeletedLeftover::chosen).toList();
        if (chosen.isEmpty()) {
            reportWhyNothingIsDeleted(found);
            return found;
        }
        if (!mayDelete(chosen)) {
            return found;
        }
        List<DeletedLeftover> result = new ArrayList<>();
        for (DeletedLeftover left : found) {
            boolean delete = left.chosen() && !Thread.currentThread().isInterrupted();
            result.add(delete ? delete(session, left, costs) : left);
        }
        return result;
    }

    private void reportWhyNothingIsDeleted(List<DeletedLeftover> found) {
        if (options.run.isEmpty() && !found.isEmpty()) {
            appEnvironment
                    .err()
                    .line("Nothing is deleted: the lease of each resource is still valid. --run RUN-ID deletes"
                            + " the resources of one run, --all all of yours.");
        }
    }

    private boolean mayDelete(List<DeletedLeftover> chosen) {
        String what = HumanFormat.count(chosen.size(), "thing") + " marked with *";
        if (options.dryRun) {
            appEnvironment.err().line("Nothing is deleted (--dry-run). Without it the " + what + " would be.");
            return false;
        }
        if (options.yes) {
            return true;
        }
        if (options.general.json || !appEnvironment.err().terminal().canAsk()) {
            appEnvironment
                    .err()
                    .line("Nothing is deleted, because there is no terminal to ask on; add --yes to delete the " + what
                            + ".");
            return false;
        }
        return new YesOrNo(appEnvironment.err(), appEnvironment.in()).ask("Delete the " + what + "?", false);
    }

    private DeletedLeftover delete(BackendSession session, DeletedLeftover left, boolean costs) {
        Leftover thing = left.leftover();
        String name = thing.resource().label() + " [" + thing.id() + "]";
        try {
            boolean deleted = session.delete(thing);
            appEnvironment
                    .err()
                    .line(
                            deleted
                                    ? DeletionText.of(thing.resource(), thing.id(), costs)
                                    : "Left " + name + ": it has changed meanwhile.");
            return deleted ? left.asDeleted() : left;
        } catch (BatchException e) {
            appEnvironment.err().line("Could not delete " + name + ": " + e.getMessage());
            return left.asFailed(e.getMessage());
        }
    }

    /** A misspelt id must not seem to have been deleted. */
    private void requireSomethingOfRun(List<DeletedLeftover> found) {
        options.run.filter(run -> isNothingOf(run, found)).ifPresent(run -> {
            String list = new NextCommands(options.where.backend, options.where.stateDir).leftovers();
            throw new UsageException("there is nothing of run " + run
                    + ": no job, pool or container is marked with that" + " id; " + list + " lists what there is");
        });
    }

    private static boolean isNothingOf(RunId run, List<DeletedLeftover> found) {
        return found.stream().noneMatch(left -> left.leftover().tags().run().equals(run));
    }

    private ExitCode report(List<DeletedLeftover> found) {
        boolean failed = found.stream().anyMatch(left -> left.failure().isPresent());
        Optional<ExitCode> signal = interruption.received();
        ExitCode exitCode = signal.orElse(failed ? ExitCode.PROVIDER : ExitCode.DONE);
        if (options.general.json) {
            String status = signal.isPresent() ? "interrupted" : failed ? "error" : "done";
            new JsonReport(appEnvironment.out())
                    .write("cleanup", status, exitCode, json -> LeftoverJson.write(json, found));
        } else if (options.run.isEmpty() && found.isEmpty()) {
            appEnvironment.out().println("There are no leftovers of earlier runs.");
        }
        return exitCode;
    }
}
