package io.twinbatch.it.azure;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.JobQueueContract;

/** The contract of jobs on a real account; it costs money, and is skipped unless the environment names one. */
class RealAzureJobQueueIT extends JobQueueContract {
    @Override
    protected BatchFixture open() {
        return RealAccount.open();
    }
}
