package io.twinbatch.azure.account;

import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/** Holds what a new pool needs against what the account may have and has. */
final class QuotaChecks {
    private static final String MORE =
            "request more (Azure portal, the Batch account, Quotas; az batch account show tells what you have)";

    private final AccountQuota quota;
    private final VmSizes sizes;
    private final List<PoolUse> pools;

    QuotaChecks(AccountQuota quota, VmSizes sizes, List<PoolUse> pools) {
        this.quota = quota;
        this.sizes = sizes;
        this.pools = pools;
    }

    /** What the nodes of a new pool need, by kind of node; nothing for a kind that it has none of. */
    List<Finding> cores(PoolUse wanted) {
        List<Finding> findings = new ArrayList<>();
        if (wanted.dedicatedNodes() > 0) {
            findings.add(
                    cores("dedicated cores", quota.dedicatedCores(), wanted, PoolUse::dedicatedNodes, pool -> true));
            sizes.find(wanted.vmSize())
                    .filter(size -> quota.familyEnforced() && !size.family().isEmpty())
                    .ifPresent(size -> findings.add(family(wanted, size)));
            if (quota.familyEnforced() && !sizes.isKnown()) {
                findings.add(unknownFamily(wanted));
            }
        }
        if (wanted.spotNodes() > 0) {
            findings.add(cores("spot cores", quota.spotCores(), wanted, PoolUse::spotNodes, pool -> true));
        }
        return findings;
    }

    /** Whether there may be one pool more. */
    Finding pools() {
        return count(
                "pools", quota.pools(), pools.size(), "delete pools that are not needed (az batch pool list), or ");
    }

    /** Whether there may be one job more. */
    Finding jobs(int active) {
        return count(
                "active jobs",
                quota.jobs(),
                active,
                "end or delete jobs that are done (az batch job list --filter \"state eq 'active'\"), or ");
    }

    /** The account has a quota for each family, and only the subscription says of which family a size is. */
    private static Finding unknownFamily(PoolUse wanted) {
        return Findings.unknown(
                "dedicated cores of its family",
                "the family of " + wanted.vmSize() + " is not known, because the sizes of the region could not be read",
                "assign the identity the role Reader on the subscription, or compare with"
                        + " dedicatedCoreQuotaPerVMFamily in az batch account show");
    }

    private Finding family(PoolUse wanted, VmSize size) {
        String family = size.family();
        return cores(
                "dedicated cores of " + family,
                OptionalInt.of(quota.familyCores().getOrDefault(family, 0)),
                wanted,
                PoolUse::dedicatedNodes,
                pool -> sizes.find(pool.vmSize())
                        .filter(other -> other.family().equalsIgnoreCase(family))
                        .isPresent());
    }

    private Finding cores(
            String subject,
            OptionalInt allowed,
            PoolUse wanted,
            ToIntFunction<PoolUse> nodes,
            Predicate<PoolUse> counts) {
        OptionalInt cores = sizes.cores(wanted.vmSize());
        if (allowed.isEmpty() || cores.isEmpty()) {
            return Findings.unknown(
                    subject,
                    allowed.isEmpty()
                            ? "the account tells no number, because its pools count in your own subscription"
                            : "how many cores " + wanted.vmSize() + " has is not known",
                    "look at az vm list-usage --location " + quota.location());
        }
        int used = pools.stream()
                .filter(counts)
                .mapToInt(pool ->
                        nodes.applyAsInt(pool) * sizes.cores(pool.vmSize()).orElse(0))
                .sum();
        int needed = nodes.applyAsInt(wanted) * cores.getAsInt();
        int free = Math.max(0, allowed.getAsInt() - used);
        String sum = nodes.applyAsInt(wanted) + " x " + cores.getAsInt() + " = " + needed + " needed, "
                + allowed.getAsInt() + " allowed, " + used + " in use";
        if (needed <= free) {
            return Findings.passed(subject, sum);
        }
        return Findings.failed(subject, sum, remedy(free / cores.getAsInt(), used));
    }

    private static String remedy(int nodesThatFit, int used) {
        String fewer = nodesThatFit > 0 ? "--nodes=" + nodesThatFit + " fits, or " : "";
        String freed = used > 0 ? "delete pools that are not needed, or " : "";
        return fewer + freed + "take another --vm-size, or " + MORE;
    }

    private static Finding count(String subject, OptionalInt allowed, int used, String advice) {
        if (allowed.isEmpty()) {
            return Findings.unknown(subject, used + " in use; the account tells no limit", "");
        }
        String sum = "1 needed, " + allowed.getAsInt() + " allowed, " + used + " in use";
        return used < allowed.getAsInt() ? Findings.passed(subject, sum) : Findings.failed(subject, sum, advice + MORE);
    }
}
