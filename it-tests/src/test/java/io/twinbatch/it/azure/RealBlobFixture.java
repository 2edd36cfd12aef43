package io.twinbatch.it.azure;

import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.it.contract.ObjectStoreFixture;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A blob store in a storage account of Azure. */
final class RealBlobFixture implements ObjectStoreFixture {
    private final BlobStoreConfig config;

    RealBlobFixture(BlobStoreConfig config) {
        this.config = config.withPageSize(PAGE_SIZE);
    }

    @Override
    public ObjectStore store() {
        return new BlobObjectStore(config);
    }

    @Override
    public ObjectStore withWrongSecret() {
        byte[] wrong = "not the key of this account".getBytes(StandardCharsets.UTF_8);
        AccountKey key = new AccountKey(Base64.getEncoder().encodeToString(wrong));
        return new BlobObjectStore(new BlobStoreConfig(config.endpoint(), config.account(), key));
    }

    @Override
    public ObjectStore unreachable() {
        // Nothing listens at the port of a service that was given up decades ago.
        URI nowhere = URI.create("http://127.0.0.1:1/" + config.account());
        return new BlobObjectStore(new BlobStoreConfig(nowhere, config.account(), config.credential()));
    }

    @Override
    public URI listing(SignedUrl container) {
        return URI.create(container.url() + "&restype=container&comp=list");
    }

    @Override
    public void close() {
        // The account stays.
    }
}
