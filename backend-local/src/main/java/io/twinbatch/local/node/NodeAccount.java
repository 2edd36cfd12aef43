package io.twinbatch.local.node;

import java.util.Objects;

/**
 * The Batch account to which nodes belong, as their tasks see it.
 *
 * @param name its name
 * @param url its URL, without a slash at the end
 * @param storage the storage account that belongs to it
 */
public record NodeAccount(String name, String url, NodeStorage storage) {
    /** No account: the engine is used by this process alone, and nothing answers at the URL. */
    public static final NodeAccount NONE = new NodeAccount("local", "http://127.0.0.1");

    public NodeAccount {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(storage, "storage");
    }

    /** An account without a storage account. */
    public NodeAccount(String name, String url) {
        this(name, url, NodeStorage.NONE);
    }

    /** The same account with a storage account. */
    public NodeAccount with(NodeStorage other) {
        return new NodeAccount(name, url, other);
    }
}
