package io.twinbatch.local.node;

import io.twinbatch.api.storage.SignedUrl;

/** The storage account that nodes have rights of their own to. */
@FunctionalInterface
public interface NodeStorage {
    /** No account: all URLs are used as they are. */
    NodeStorage NONE = url -> url;

    /**
     * A URL that works over HTTP.
     *
     * @param url the URL of an object or a container, or an {@link AccountUrl}
     * @return for an {@link AccountUrl}, one that is signed for a short time when it leads into the account, and the bare
     *     one otherwise; any other URL as it is
     * @throws io.twinbatch.api.error.BatchException {@code UNAVAILABLE} when the account could not be started
     */
    SignedUrl signed(SignedUrl url);
}
