package io.twinbatch.app.doctor;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.api.preflight.Preflight.Result;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.api.workflow.model.RunTags;
import io.twinbatch.app.exit.UsageException;
import io.twinbatch.app.run.AzureSettings;
import io.twinbatch.app.run.BackendSession;
import io.twinbatch.azure.connection.ProxyCheck;
import io.twinbatch.azure.connection.ProxyFailures;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the accounts of the Azure backend, as a small run would use them. */
public final class AzureDoctor {
    /** The name of the check that fails when the configuration is wrong. */
    public static final String SETTINGS = "Settings";

    /** Long enough for what is made here, should it not be removed at once. */
    private static final Duration LEASE = Duration.ofHours(1);

    private final Supplier<AzureSettings> settings;
    private final BackendSession.Starter starter;
    private final Clock clock;

    /**
     * A doctor.
     *
     * @param settings reads the settings, and throws when they will not do
     * @param starter starts the backend
     */
    public AzureDoctor(Supplier<AzureSettings> settings, BackendSession.Starter starter, Clock clock) {
        this.settings = settings;
        this.starter = starter;
        this.clock = clock;
    }

    /**
     * Looks at everything; what it makes for that it removes again.
     *
     * @param plan a small run
     * @param file a small file
     */
    public List<Check> examine(RunPlan plan, Path file) {
        List<Check> checks = new ArrayList<>();
        checks.add(Check.ok("Java", Runtime.version() + " in " + System.getProperty("java.home")));
        Optional<AzureSettings> found = settings(checks);
        if (found.isPresent()) {
            List<Check> broken = proxies(found.get());
            checks.addAll(broken);
            if (!broken.isEmpty()) {
                return checks;
            }
            checks.addAll(accounts(found.get(), plan, file));
        }
        return checks;
    }

    private Optional<AzureSettings> settings(List<Check> checks) {
        try {
            AzureSettings found = settings.get();
            checks.add(Check.ok(SETTINGS, String.join(", ", found.origins())));
            checks.add(Check.ok("Batch account", found.batchSignIn()));
            checks.add(Check.ok("Storage account", found.storageSignIn()));
            found.routes()
                    .forEach(route ->
                            checks.add(Check.ok("Way to " + route.service(), route.endpoint() + " " + route.way())));
            return Optional.of(found);
        } catch (BatchException | UsageException e) {
            checks.add(Check.fail(
                    SETTINGS,
                    e.getMessage(),
                    "set or correct them in the environment; those of accounts may be in the configuration file"
                            + " (azure-batch-account=... and so on)"));
            return Optional.empty();
        }
    }

    /** What is wrong with proxies. Nothing else is asked then: each request through them would be tried again. */
    private static List<Check> proxies(AzureSettings found) {
        ProxyCheck check = new ProxyCheck(found.proxies());
        return found.routes().stream()
                .flatMap(route -> check.failure(route.endpoint()).stream()
                        .map(failure ->
                                Check.fail("Proxy for " + route.service(), failure.getMessage(), ProxyFailures.REMEDY)))
                .toList();
    }

    private List<Check> accounts(AzureSettings found, RunPlan plan, Path file) {
        BackendSession started;
        try {
            started = starter.start(found);
        } catch (BatchException e) {
            return List.of(Check.fail("Batch service", e.getMessage(), "start or correct what is named there"));
        }
        try (BackendSession session = started) {
            return accounts(session, found, plan, file);
        }
    }

    private List<Check> accounts(BackendSession session, AzureSettings found, RunPlan plan, Path file) {
        List<Finding> findings = session.preflight(plan);
        List<Check> checks = new ArrayList<>(findings.stream()
                .filter(finding -> found.costsMoney() || finding.result() != Result.UNKNOWN)
                .map(AzureDoctor::check)
                .toList());
        if (findings.stream().noneMatch(finding -> finding.result() == Result.FAILED)) {
            Instant lease = clock.instant().plus(LEASE);
            RunTags tags = new RunTags(plan.id(), plan.request().owner(), Optional.of(lease));
            checks.add(new SignedUrlCheck(session.store(), tags, found.proxies()).check(file));
        }
        return checks;
    }

    private static Check check(Finding finding) {
        return switch (finding.result()) {
            case PASSED -> Check.ok(capitalised(finding.subject()), finding.detail());
            case WARNING, UNKNOWN -> Check.warn(capitalised(finding.subject()), finding.detail(), finding.remedy());
            case FAILED -> Check.fail(capitalised(finding.subject()), finding.detail(), finding.remedy());
        };
    }

    private static String capitalised(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
