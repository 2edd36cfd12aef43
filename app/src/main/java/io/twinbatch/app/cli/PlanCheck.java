package io.twinbatch.app.cli;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import io.twinbatch.api.workflow.model.RunEvent;
import io.twinbatch.api.workflow.model.RunListener;
import io.twinbatch.app.exit.PreflightRefusal;
import io.twinbatch.app.report.ErrorStream;
import io.twinbatch.app.report.PreflightReport;
import io.twinbatch.app.run.BackendSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says whether a backend can carry out a plan, before anything is created. */
final class PlanCheck {
    private final ErrorStream err;
    private final boolean verbose;

    PlanCheck(ErrorStream err, boolean verbose) {
        this.err = err;
        this.verbose = verbose;
    }

    /**
     * Ends a run that the provider cannot carry out, and passes warnings on.
     *
     * @throws PreflightRefusal when a check has failed
     */
    void requirePossible(List<Finding> findings, BackendSettings settings, RunListener listener) {
        print(findings.stream()
                .filter(finding -> finding.result() != Result.WARNING)
                .filter(finding -> isOfInterest(finding, settings))
                .toList());
        findings.stream()
                .filter(finding -> finding.result() == Result.WARNING)
                .forEach(finding -> listener.on(
                        new RunEvent.Warning(finding.subject() + " " + finding.detail() + "; " + finding.remedy())));
        if (hasFailed(findings)) {
            throw new PreflightRefusal(findings);
        }
    }

    /**
     * Checks a plan that is only shown, where the accounts are known and answer.
     *
     * @return what was found; nothing when nobody could be asked
     */
    List<Finding> ofDryRun(Optional<BackendSettings> settings, Function<BackendSettings, List<Finding>> preflight) {
        if (settings.isEmpty()) {
            err.note("Not checked against the accounts, whose settings are not complete; app/app doctor --backend=azure"
                    + " says what is missing.");
            return List.of();
        }
        BackendSettings found = settings.get();
        try {
            return preflight.apply(found).stream()
                    .filter(finding -> isOfInterest(finding, found))
                    .toList();
        } catch (BatchException e) {
            err.warning("the plan is not checked against the accounts: " + e.getMessage());
            return List.of();
        }
    }

    void print(List<Finding> findings) {
        new PreflightReport(err, verbose).print(findings);
    }

    static boolean hasFailed(List<Finding> findings) {
        return findings.stream().anyMatch(finding -> finding.result() == Result.FAILED);
    }

    /** What an emulator does not know, such as quotas, it does not have. */
    private boolean isOfInterest(Finding finding, BackendSettings settings) {
        return verbose || settings.costsMoney() || finding.result() != Result.UNKNOWN;
    }
}
