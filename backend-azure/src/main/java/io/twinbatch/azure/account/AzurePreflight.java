package io.twinbatch.azure.account;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.error.ErrorCode;
import io.twinbatch.api.job.JobSpec;
import io.twinbatch.api.preflight.Preflight;
import io.twinbatch.api.storage.ObjectKey;
import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.api.workflow.model.RunPlan;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.PoolOptions;
import io.twinbatch.azure.PoolOptions.CustomImage;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import io.twinbatch.azure.batch.ObjectAccess;
import io.twinbatch.azure.client.BatchRestClient;
import io.twinbatch.azure.connection.KeyRefusals;
import io.twinbatch.azure.connection.ProxyFailures;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Whether an account can carry out a plan: both services let the caller in, image and size exist, the quotas leave room,
 * and signed URLs live long enough. What the plan itself shows, such as legal names and distinct outputs, was checked
 * when it was made. Nothing is changed.
 */
public final class AzurePreflight implements Preflight {
    private static final String BATCH = "Azure Batch";
    private static final String STORAGE = "Azure Storage";
    private static final String LESS_TIME = "ask for less time (--timeout), or set AZURE_STORAGE_KEY";

    private final AccountUsage use;
    private final ObjectStore store;
    private final Optional<QuotaSource> quotas;
    private final Optional<CustomImage> image;
    private final IdentityCheck identity;
    private final Clock clock;

    /**
     * Looks at an account.
     *
     * @param client asks the Batch service
     * @param access how nodes reach objects
     * @param store the storage account
     * @param management knows the quotas; empty when nobody does
     * @param pools what new pools have
     * @param nodeIdentity the identity that the nodes need; empty when they need none
     */
    public AzurePreflight(
            BatchRestClient client,
            ObjectAccess access,
            ObjectStore store,
            Optional<ManagementClient> management,
            PoolOptions pools,
            Optional<ManagedIdentity> nodeIdentity) {
        this(
                new BatchAccountUsage(client, access),
                store,
                management.map(QuotaSource.class::cast),
                pools.image(),
                nodeIdentity,
                Clock.systemUTC());
    }

    AzurePreflight(
            AccountUsage use,
            ObjectStore store,
            Optional<QuotaSource> quotas,
            Optional<CustomImage> image,
            Optional<ManagedIdentity> nodeIdentity,
            Clock clock) {
        this.use = Objects.requireNonNull(use, "use");
        this.store = Objects.requireNonNull(store, "store");
        this.quotas = Objects.requireNonNull(quotas, "quotas");
        this.image = Objects.requireNonNull(image, "image");
        this.identity = new IdentityCheck(nodeIdentity);
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    @Override
    public List<Finding> check(RunPlan plan) {
        List<Finding> findings = new ArrayList<>();
        Optional<List<PoolUse>> pools = signInToBatch(findings);
        if (signInToStorage(plan, findings)) {
            Finding urls = signedUrls(plan);
            findings.add(urls);
            if (urls.result() == Result.PASSED) {
                findings.addAll(new TaskChecks(use, store).check(plan));
            }
        }
        pools.ifPresent(present -> findings.addAll(account(plan, present)));
        return findings;
    }

    private Optional<List<PoolUse>> signInToBatch(List<Finding> findings) {
        try {
            List<PoolUse> pools = use.pools();
            findings.add(Findings.passed(BATCH, "signed in"));
            return Optional.of(pools);
        } catch (BatchException e) {
            findings.add(Findings.failed(BATCH, e, remedy(e, AzurePreflight::batchRemedy)));
            return Optional.empty();
        }
    }

    /** Behind a proxy that fails nothing is known about the account. */
    private static String remedy(BatchException failure, Function<BatchException, String> ofAccount) {
        return ProxyFailures.matches(failure) ? ProxyFailures.REMEDY : ofAccount.apply(failure);
    }

    private static String batchRemedy(BatchException failure) {
        if (KeyRefusals.matches(failure)) {
            return "access with keys is switched off for the account (allowedAuthenticationModes in az batch account show has"
                    + " no SharedKey); unset AZURE_BATCH_ACCESS_KEY, and sign in by az login as an identity that has the role"
                    + " Azure Batch Data Contributor on the account";
        }
        return switch (failure.code()) {
            case UNAUTHENTICATED ->
                "check AZURE_BATCH_ACCOUNT and AZURE_BATCH_ACCESS_KEY (az batch account keys list), or the sign-in";
            case FORBIDDEN ->
                "let this network in (publicNetworkAccess and networkProfile in az batch account show); without a key, assign"
                        + " the identity the role Azure Batch Data Contributor on the account";
            default -> "check AZURE_BATCH_ENDPOINT (az batch account show) and the network";
        };
    }

    private static String storageRemedy(BatchException failure) {
        if (KeyRefusals.matches(failure)) {
            return "access with keys is switched off for the account (allowSharedKeyAccess in az storage account show);"
                    + " unset AZURE_STORAGE_KEY and AZURE_STORAGE_CONNECTION_STRING, set AZURE_STORAGE_ACCOUNT, and sign in"
                    + " by az login as an identity that has the role Storage Blob Data Contributor on the account";
        }
        return switch (failure.code()) {
            case UNAUTHENTICATED ->
                "check AZURE_STORAGE_ACCOUNT and AZURE_STORAGE_KEY (az storage account keys list), or"
                        + " AZURE_STORAGE_CONNECTION_STRING, or the sign-in";
            case FORBIDDEN ->
                "let this network in (networkRuleSet in az storage account show); without a key, assign the identity the role"
                        + " Storage Blob Data Contributor on the account";
            default -> "check AZURE_STORAGE_ACCOUNT, of which the host's name is made, and the network";
        };
    }

    /** Asks for a container that is not there: that needs a right, and changes nothing. */
    private boolean signInToStorage(RunPlan plan, List<Finding> findings) {
        try {
            store.containerExists(plan.containers().input());
            findings.add(Findings.passed(STORAGE, "signed in"));
            return true;
        } catch (BatchException e) {
            findings.add(Findings.failed(STORAGE, e, remedy(e, AzurePreflight::storageRemedy)));
            return false;
        }
    }

    private Finding signedUrls(RunPlan plan) {
        String subject = "signed URLs";
        Duration needed = lifetime(plan);
        Instant end = clock.instant().plus(needed);
        try {
            SignedUrl url = store.signRead(new ObjectKey(plan.containers().input(), "x"), needed);
            if (!url.expires().isBefore(end)) {
                return Findings.passed(subject, "valid until " + url.expires() + ", beyond the time limit");
            }
            return uploadsItself(plan, url)
                    ? Findings.failed(
                            subject,
                            "the program uploads by a signed URL, which expires at " + url.expires()
                                    + ", before the time limit",
                            LESS_TIME)
                    : Findings.passed(
                            subject, "valid until " + url.expires() + "; the nodes use an identity, which has no end");
        } catch (BatchException e) {
            String remedy = e.code() == ErrorCode.INVALID
                    ? LESS_TIME
                            + ", or, for a program of your own, a managed identity of the nodes (azure.node-identity)"
                    : "set AZURE_STORAGE_KEY, or see that the identity may get user delegation keys (the roles Storage"
                            + " Blob Data Contributor and Storage Blob Delegator allow it)";
            return Findings.failed(subject, e, remedy(e, code -> remedy));
        }
    }

    private static boolean uploadsItself(RunPlan plan, SignedUrl url) {
        return !plan.request().program().outputEnvironment(url).isEmpty();
    }

    /** The provider ends the job when nobody can need its files any more. */
    private static Duration lifetime(RunPlan plan) {
        JobSpec job = plan.job();
        return job.maxWallClockTime().orElse(plan.request().limits().timeLimit());
    }

    private List<Finding> account(RunPlan plan, List<PoolUse> pools) {
        List<Finding> findings = new ArrayList<>();
        Limits limits = Limits.ask(quotas);
        String id = plan.pool().id().value();
        try {
            Optional<PoolUse> existing = pools.stream()
                    .filter(pool -> pool.id().equalsIgnoreCase(id))
                    .findFirst();
            if (existing.isPresent()) {
                findings.add(
                        existing.get().windows()
                                ? Findings.failed(
                                        "pool",
                                        id + " exists, and its nodes run Windows, which has no /bin/sh for the tasks",
                                        "choose a pool of Linux nodes by --pool-id")
                                : Findings.passed("pool", id + " exists, and no new node is needed"));
                identity.of(existing.get()).ifPresent(findings::add);
            } else {
                identity.ofNewPool().ifPresent(findings::add);
                findings.addAll(new PoolChecks(use, limits, pools, image, clock).check(plan.pool()));
            }
            limits.quota()
                    .ifPresent(quota ->
                            findings.add(new QuotaChecks(quota, limits.sizes(), pools).jobs(use.activeJobs())));
        } catch (BatchException e) {
            findings.add(Findings.failed(BATCH, e, remedy(e, code -> "try again; it answered a moment ago")));
        }
        limits.unknown().ifPresent(findings::add);
        return findings;
    }
}
