package io.twinbatch.azure.account;

import java.util.List;

/** Knows what an account may have. Failures are {@link io.twinbatch.api.error.BatchException}s. */
interface QuotaSource {
    /** What the account may have. */
    AccountQuota quota();

    /** The sizes of virtual machine that pools in a region can have. */
    List<VmSize> vmSizes(String location);
}
