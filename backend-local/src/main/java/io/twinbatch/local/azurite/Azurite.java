package io.twinbatch.local.azurite;

import io.twinbatch.azure.storage.BlobStoreConfig;

/** A running Azurite. Closing it ends what was started for it, and waits for the end. */
public interface Azurite extends AutoCloseable {
    /** Its address and credentials. */
    BlobStoreConfig blobConfig();

    /** Where it comes from and where it listens, in a few words without secrets. */
    String describe();

    /** Whether it still runs, as far as is known without a request to the blob service. */
    boolean isAlive();

    /** Ends it within seconds; its data stays. Closing it again does nothing. */
    @Override
    void close();
}
