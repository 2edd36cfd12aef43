package io.twinbatch.it.azure;

import io.twinbatch.it.contract.ObjectStoreContract;
import io.twinbatch.it.contract.ObjectStoreFixture;

/** The contract of object stores on a real account; it costs money, and is skipped unless the environment names one. */
class RealAzureObjectStoreIT extends ObjectStoreContract {
    @Override
    protected ObjectStoreFixture open() {
        return new RealBlobFixture(RealAccount.blobs());
    }
}
