package io.twinbatch.it.storage;

import io.twinbatch.api.storage.ObjectStore;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.azure.storage.AccountKey;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.it.contract.ObjectStoreFixture;
import io.twinbatch.local.azurite.Azurite;
import io.twinbatch.local.azurite.AzuriteConfig;
import io.twinbatch.local.azurite.AzuriteLauncher;
import io.twinbatch.local.azurite.AzuriteSource;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;

/** A blob store in an Azurite that is started for it. */
final class AzuriteFixture implements ObjectStoreFixture {
    private final Azurite azurite;
    private final BlobStoreConfig config;
    private final ObjectStore store;

    private AzuriteFixture(Azurite azurite) {
        this.azurite = azurite;
        this.config = azurite.blobConfig().withPageSize(PAGE_SIZE);
        this.store = new BlobObjectStore(config);
    }

    static AzuriteFixture start(AzuriteSource source, Path dataDir) {
        Path cacheDir = Path.of("target", "azurite-cache");
        AzuriteConfig config = AzuriteConfig.of(source, dataDir, cacheDir);
        return new AzuriteFixture(new AzuriteLauncher().start(config, System.err::println));
    }

    @Override
    public ObjectStore store() {
        return store;
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
        azurite.close();
    }
}
