package io.twinbatch.azure.account;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.preflight.Preflight.Finding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an account's limits.
 *
 * @param quota what it may have; empty when that could not be found out
 * @param sizes the sizes of its region; none when they could not be found out
 * @param unknown why something could not be found out
 */
record Limits(Optional<AccountQuota> quota, VmSizes sizes, Optional<Finding> unknown) {
    Limits {
        Objects.requireNonNull(quota, "quota");
        Objects.requireNonNull(sizes, "sizes");
        Objects.requireNonNull(unknown, "unknown");
    }

    /** Asks a source, if there is one. That it does not answer is no reason to refuse a run. */
    static Limits ask(Optional<QuotaSource> source) {
        if (source.isEmpty()) {
            return unknown(
                    "not asked for: AZURE_SUBSCRIPTION_ID and AZURE_RESOURCE_GROUP are not both set",
                    "set both, and run az login");
        }
        Optional<AccountQuota> quota = Optional.empty();
        try {
            quota = Optional.of(source.get().quota());
            List<VmSize> sizes = source.get().vmSizes(quota.get().location());
            return new Limits(quota, new VmSizes(sizes), Optional.empty());
        } catch (BatchException e) {
            Findings.requireNotInterrupted(e);
            Limits limits = unknown(e.getMessage(), "see that az batch account show works for you");
            return new Limits(quota, limits.sizes(), limits.unknown());
        }
    }

    private static Limits unknown(String reason, String remedy) {
        return new Limits(
                Optional.empty(), new VmSizes(List.of()), Optional.of(Findings.unknown("quotas", reason, remedy)));
    }
}
