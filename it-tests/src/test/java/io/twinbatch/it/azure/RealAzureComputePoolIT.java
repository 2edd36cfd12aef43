package io.twinbatch.it.azure;

import io.twinbatch.it.contract.BatchFixture;
import io.twinbatch.it.contract.ComputePoolContract;

/** The contract of pools on a real account; it costs money, and is skipped unless the environment names one. */
class RealAzureComputePoolIT extends ComputePoolContract {
    @Override
    protected BatchFixture open() {
        return RealAccount.open();
    }
}
