package io.twinbatch.azure.account;

import io.twinbatch.api.preflight.Preflight.Finding;
import io.twinbatch.azure.ManagedIdentity;
import io.twinbatch.azure.account.AccountUsage.PoolUse;
import java.util.Optional;

/**
 * Whether the nodes of a pool have the identity by which they are to reach the storage account. The service lets <a
 * href="https://learn.microsoft.com/azure/batch/managed-identity-pools">only its management interface</a> give identities
 * to pools, so that no client of the other interface can create such a pool.
 *
 * @param identity the identity that is named; empty when nodes use signed URLs
 */
record IdentityCheck(Optional<ManagedIdentity> identity) {
    private static final String SUBJECT = "identity of the nodes";

    /** The finding about a pool that exists; empty when no identity is named. */
    Optional<Finding> of(PoolUse pool) {
        return identity.map(wanted -> pool.has(wanted)
                ? Findings.passed(SUBJECT, "the nodes of " + pool.id() + " have it")
                : Findings.failed(
                        SUBJECT,
                        "the nodes of " + pool.id() + " do not have the identity that azure.node-identity names",
                        "assign it to the pool (userAssignedIdentities in az resource show), choose another pool by"
                                + " --pool-id, or unset azure.node-identity"));
    }

    /** The finding about a pool that would have to be created; empty when no identity is named. */
    Optional<Finding> ofNewPool() {
        return identity.map(wanted -> Findings.failed(
                SUBJECT,
                "azure.node-identity is set, and the pools that a run creates have no identity",
                "create the pool in the Azure portal or by a template, with the identity, and name it by --pool-id; or"
                        + " unset azure.node-identity"));
    }
}
