package io.twinbatch.local;

import io.twinbatch.api.error.BatchException;
import io.twinbatch.api.proxy.LoopbackHost;
import io.twinbatch.api.storage.AccessRight;
import io.twinbatch.api.storage.ContainerName;
import io.twinbatch.api.storage.SignedUrl;
import io.twinbatch.azure.storage.BlobObjectStore;
import io.twinbatch.azure.storage.BlobStoreConfig;
import io.twinbatch.local.node.AccountUrl;
import io.twinbatch.local.node.NodeStorage;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Signs what nodes reach in the storage account beside the engine, once that account answers. */
final class AccountStorage implements NodeStorage {
    /** All that a node does with a container. */
    private static final Set<AccessRight> RIGHTS = EnumSet.allOf(AccessRight.class);

    /** Longer than the transfer of the largest file. */
    private static final Duration LIFETIME = Duration.ofDays(1);

    private final Supplier<BlobStoreConfig> account;

    /**
     * Signs with the key of an account.
     *
     * @param account waits for the account, and may throw a {@link BatchException}
     */
    AccountStorage(Supplier<BlobStoreConfig> account) {
        this.account = account;
    }

    @Override
    public SignedUrl signed(SignedUrl link) {
        Optional<ContainerName> container = AccountUrl.autoStorage(link.url());
        if (container.isPresent()) {
            return signed(link, account.get(), container.get());
        }
        return AccountUrl.ofIdentity(link.url())
                .map(url -> byIdentity(link, url))
                .orElse(link);
    }

    /** An identity has rights in this account alone. */
    private SignedUrl byIdentity(SignedUrl link, URI url) {
        BlobStoreConfig config = account.get();
        String below = config.endpoint().getRawPath() + "/";
        SignedUrl bare = new SignedUrl(url, link.headers(), Instant.MAX);
        if (!isSameHost(url, config.endpoint()) || !url.getRawPath().startsWith(below)) {
            return bare;
        }
        String[] names = url.getPath().substring(below.length()).split("/", 2);
        ContainerName container;
        try {
            container = new ContainerName(names[0]);
        } catch (BatchException e) {
            // The account refuses it in its own words.
            return bare;
        }
        SignedUrl signed = signed(link, config, container);
        return names.length < 2 || names[1].isEmpty()
                ? signed
                : new SignedUrl(signed.ofObject(names[1]), signed.headers(), signed.expires());
    }

    private static SignedUrl signed(SignedUrl link, BlobStoreConfig config, ContainerName container) {
        SignedUrl signed = new BlobObjectStore(config).signContainer(container, RIGHTS, LIFETIME);
        return new SignedUrl(signed.url(), link.headers(), signed.expires());
    }

    private static boolean isSameHost(URI url, URI endpoint) {
        boolean sameName = endpoint.getHost().equalsIgnoreCase(url.getHost())
                || (LoopbackHost.matches(url.getHost()) && LoopbackHost.matches(endpoint.getHost()));
        return sameName && url.getPort() == endpoint.getPort();
    }
}
