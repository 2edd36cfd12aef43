package io.twinbatch.app.exit;

import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import java.util.List;

/** The provider cannot carry out the plan, as was found out before anything was created. */
public final class PreflightRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Finding> findings;

    /** All checks, also those that passed. */
    public PreflightRefusal(List<Finding> findings) {
        super(message(findings));
        this.findings = List.copyOf(findings);
    }

    private static String message(List<Finding> findings) {
        long failed = findings.stream()
                .filter(finding -> finding.result() == Result.FAILED)
                .count();
        return "the run cannot succeed, and nothing was created: " + failed + " of the " + findings.size()
                + " preflight checks " + (failed == 1 ? "has" : "have") + " to be put right";
    }

    /** All checks, also those that passed. */
    public List<Finding> findings() {
        return findings;
    }
}
